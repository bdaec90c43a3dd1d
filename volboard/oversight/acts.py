"""Every act that touches minutes, names, power or proofs, and whom it needs (docs/acts.md).

A command that writes to any of these and does not stand here fails the tests, whichever of them
makes it write (`tests.support.acts`); and each names the test in which one person tries it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Touch(StrEnum):
    """What an act can change of that for which people trust a community."""

    MINUTES = "minutes"
    NAMES = "names"
    POWER = "power"
    PROOFS = "proofs"


class Needs(StrEnum):
    """Whom an act needs besides the one who does it."""

    NOBODY = "nobody: alone it makes nothing that counts"
    ANOTHER = "another, before anything comes of it"
    UNTOUCHED = "somebody who had no hand in it, to add"
    LESS = "nobody: it only takes away"
    OWNER = "the person themself"


@dataclass(frozen=True)
class Act:
    """What a command touches, whom it needs, and what becomes of it where one is alone."""

    touches: frozenset[Touch]
    needs: Needs
    alone: str
    """What one person alone gets out of it, in a sentence."""
    tried: str
    """The test in which one person tries it alone: file and function below `tests/`."""


def _acts(
    names: str, touches: tuple[Touch, ...], needs: Needs, alone: str, tried: str
) -> dict[str, Act]:
    """The same for each of these commands, named below `volboard`."""
    act = Act(frozenset(touches), needs, alone, tried)
    return {f"volboard.{name}": act for name in names.split()}


_MINUTES, _NAMES, _POWER = (Touch.MINUTES,), (Touch.NAMES,), (Touch.POWER,)
_WAITS = "hours/test_confirming_what_waits.py::"
_HISTORY = "accounts/test_a_name_has_a_history.py::"
_POWERS = "communities/test_handing_over_power.py::"
_RULES = "communities/test_what_minutes_are_worth.py::"
_CODES = "accounts/test_who_came_in_by_a_code.py::"
_KEYS = "certificates/test_keys_of_seals.py::"
_MAKE_UPS = "hours/test_no_make_up_by_one_person_alone.py::"
ACTS: Mapping[str, Act] = (
    _acts("attendance.commands.check_in attendance.commands.check_out"
          " attendance.commands.come_back attendance.commands.undo"
          " attendance.commands.seat_waiting attendance.family_commands.check_in_family"
          " attendance.code_commands.walk_in_by_code attendance.arrival_commands.confirm"
          " attendance.arrival_commands.confirm_all attendance.excuses.excuse",
          _MINUTES, Needs.NOBODY, "A press. With nobody beside it, it is no line.",
          _WAITS + "test_what_one_organizer_made_alone_is_no_line")
    | _acts("attendance.commands.arrive_seen venue.commands.check_in venue.commands.check_out"
            " venue.commands.come_back",
            _MINUTES, Needs.NOBODY, "The volunteer's own sign, and one sign only.",
            "attendance/test_seen_by_an_organizer.py::"
            "test_both_are_on_record_and_the_organizer_in_the_ledger")
    | _acts("attendance.commands.walk_in attendance.scans.take_scan",
            (Touch.MINUTES, Touch.NAMES), Needs.NOBODY,
            "A press, and perhaps a person whom nobody else has seen: they wait for a second one.",
            _WAITS + "test_a_stranger_needs_a_second_organizer_whatever_their_phone_says")
    | _acts("attendance.paper.take_paper", _MINUTES, Needs.NOBODY,
            "Presses, marked with how late they are; six hours after the end they wait.",
            "hours/test_what_a_line_rests_on.py::test_what_came_six_hours_late_is_confirmed")
    | _acts("attendance.closing.close_shift", _MINUTES, Needs.ANOTHER,
            "What rests on one waits: closing stands for nothing.",
            _WAITS + "test_what_one_organizer_made_alone_is_no_line")
    | _acts("hours.confirming.confirm hours.confirming.confirm_all", _MINUTES, Needs.ANOTHER,
            "Refused for one's own presses and one's own household.",
            _WAITS + "test_who_pressed_confirms_nothing_nor_does_the_own_household")
    | _acts("hours.confirming.confirm_own", _MINUTES, Needs.ANOTHER,
            "One of two. Whom no other organizer has seen waits still.",
            _WAITS + "test_a_stranger_needs_a_second_organizer_whatever_their_phone_says")
    | _acts("hours.confirming.refuse", _MINUTES, Needs.LESS,
            "No line. The volunteer reads why, and can ask again.",
            _WAITS + "test_a_refusal_has_a_word_and_can_be_asked_again")
    | _acts("hours.confirming.ask_again", _MINUTES, Needs.OWNER, "It waits thirty days more.",
            _WAITS + "test_it_lapses_in_sight_and_can_be_asked_for_again")
    | _acts("hours.commands.correct", _MINUTES, Needs.UNTOUCHED, "Fewer minutes.",
            "hours/test_correcting_a_line.py::test_more_needs_another_organizer")
    | _acts("hours.dispute_commands.take_back", _MINUTES, Needs.LESS,
            "A reversal, with the answer beside it.",
            "hours/test_disputing_a_line.py::"
            "test_not_me_is_taken_back_wholly_and_answered_in_one_press")
    | _acts("hours.make_ups.ask hours.make_ups.approve", _MINUTES, Needs.ANOTHER,
            "A request. Who asked, the household and the same phone approve nothing.",
            _MAKE_UPS + "test_who_asked_is_offered_no_approval_and_forging_one_is_refused")
    | _acts("hours.make_ups.refuse hours.make_ups.withdraw", _MINUTES, Needs.LESS, "No line.",
            _MAKE_UPS + "test_the_database_refuses_an_approval_by_the_same_hand")
    | _acts("communities.worth_commands.propose communities.worth_commands.agree", _MINUTES,
            Needs.ANOTHER, "A proposal. Agreed, it holds from the next day on.",
            _RULES + "test_nobody_agrees_alone")
    | _acts("communities.worth_commands.refuse communities.worth_commands.withdraw", _MINUTES,
            Needs.LESS, "The rules stay as they are.", _RULES + "test_nobody_agrees_alone")
    | _acts("accounts.commands.joining.join accounts.commands.joining.quick_account"
            " accounts.commands.joining.person_at_the_gate accounts.commands.family.add_family"
            " communities.commands.join signups.commands.quick_sign_up"
            " signups.desk.sign_up_at_desk signups.hand_overs.take_over_quickly"
            " rosters.commands._take_in",
            _NAMES, Needs.NOBODY, "A person whom no organizer has seen: their word counts little.",
            _WAITS + "test_a_stranger_needs_a_second_organizer_whatever_their_phone_says")
    | _acts("accounts.commands.family.change_own_name accounts.commands.family.change_family",
            _NAMES, Needs.NOBODY, "Another name for somebody whom nobody has seen, in the history.",
            _HISTORY + "test_who_was_seen_does_not_change_alone")
    | _acts("accounts.commands.names.ask_for_name accounts.commands.names.decide_name"
            " rights.name_commands.ask_for_own rights.name_commands.ask_at_the_desk"
            " rights.name_commands.decide",
            _NAMES, Needs.ANOTHER, "A wish. The old name stands until another has agreed.",
            _HISTORY + "test_where_an_organizer_asked_another_one_agrees")
    | _acts("accounts.commands.names.withdraw_name rights.name_commands.withdraw", _NAMES,
            Needs.LESS, "The old name stays.",
            _HISTORY + "test_nobody_agrees_for_their_own_household")
    | _acts("accounts.commands.households.answer_household rights.household_commands.answer",
            _NAMES, Needs.OWNER, "Only the household with the number says who is of it.",
            "accounts/test_households_are_their_own.py::"
            "test_only_the_household_with_the_number_is_asked")
    | _acts("communities.power_commands.offer_office communities.power_commands.accept",
            _POWER, Needs.ANOTHER, "A code. Nobody has power before its holder has accepted.",
            _POWERS + "test_who_had_signed_up_first_with_the_number_gets_nothing")
    | _acts("communities.power_commands.offer_site", (Touch.POWER, Touch.NAMES), Needs.ANOTHER,
            "A code on the command line, which its holder accepts.",
            "accounts/test_the_first_admin.py::"
            "test_whoever_holds_the_number_gets_nothing_by_the_command")
    | _acts("communities.power_commands.withdraw communities.office_commands.revoke"
            " communities.forgetting.forget_old_power_codes",
            _POWER, Needs.LESS, "Less power, on record.",
            _POWERS + "test_the_admin_withdraws_a_code")
    | _acts("communities.office_commands.grant accounts.commands.powers.appoint_admin", _POWER,
            Needs.ANOTHER, "No page and no command line calls it; the database wants the record.",
            _POWERS + "test_the_database_refuses_power_without_a_record")
    | _acts("accounts.commands.desk_codes.issue_desk_code"
            " accounts.commands.desk_codes.use_desk_code",
            _POWER, Needs.NOBODY, "Into an account whose word then counts for nothing new.",
            _CODES + "test_for_three_days_it_does_nothing_that_lasts")
    | _acts("accounts.commands.desk_codes.agree_to_help communities.help_commands.agree_to_help",
            _POWER, Needs.ANOTHER, "Refused to who gave the code, and to whoever came in by it.",
            _CODES + "test_who_gave_the_code_is_not_the_second_nor_whoever_came_in")
    | _acts("accounts.commands.passwords.change_password", _POWER, Needs.OWNER,
            "It washes nothing: the account is as helped as before.",
            _CODES + "test_a_password_set_in_such_a_session_washes_nothing")
    | _acts("certificates.commands.issue", (Touch.PROOFS,), Needs.ANOTHER,
            "No proof of oneself before an organizer has seen one; it tells the names of before.",
            "certificates/test_under_which_name.py::test_nobody_proves_what_nobody_saw")
    | _acts("certificates.commands.revoke", (Touch.PROOFS,), Needs.LESS,
            "A proof that says that it was revoked.",
            "certificates/test_under_which_name.py::test_nobody_proves_what_nobody_saw")
    | _acts("certificates.keys.settle certificates.keys.renew", (Touch.PROOFS,), Needs.OWNER,
            "A key on the machine, told by date; older proofs are never called changed.",
            _KEYS + "test_a_lost_key_is_another_sentence_than_changed")
    | _acts("rights.commands._erase rights.retention._rehearsed"
            " accounts.commands.forgetting._count",
            (Touch.MINUTES, Touch.NAMES, Touch.POWER, Touch.PROOFS), Needs.OWNER,
            "Words go; lines, looks, codes and power stay as numbers.",
            _CODES + "test_an_old_code_is_never_forgotten_by_sweeping")
)  # fmt: skip
