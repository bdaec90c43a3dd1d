"""Everything that writes accounts and households."""

from volboard.accounts.commands.consents import (
    agree_anew,
    agreed,
    give_consent,
    withdraw_consent,
)
from volboard.accounts.commands.desk_codes import (
    agree_to_help,
    issue_desk_code,
    refuse_held,
    use_desk_code,
)
from volboard.accounts.commands.family import (
    About,
    add_family,
    change_family,
    change_own_name,
    remove_family,
)
from volboard.accounts.commands.households import answer_household
from volboard.accounts.commands.joining import join, person_at_the_gate, quick_account
from volboard.accounts.commands.passwords import change_password, enter_anew
from volboard.accounts.commands.powers import appoint_admin, record_power
from volboard.accounts.commands.records import (
    confirm_email,
    record_phone_view,
    remember_display,
    remember_sign_in,
    set_email,
    verify,
)
from volboard.accounts.commands.sightings import note_sightings

__all__ = [
    "About",
    "add_family",
    "agree_anew",
    "agree_to_help",
    "agreed",
    "answer_household",
    "appoint_admin",
    "change_family",
    "change_own_name",
    "change_password",
    "confirm_email",
    "enter_anew",
    "give_consent",
    "issue_desk_code",
    "join",
    "note_sightings",
    "person_at_the_gate",
    "quick_account",
    "record_phone_view",
    "record_power",
    "refuse_held",
    "remember_display",
    "remember_sign_in",
    "remove_family",
    "set_email",
    "use_desk_code",
    "verify",
    "withdraw_consent",
]
