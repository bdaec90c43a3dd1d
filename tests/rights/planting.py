"""A household with a full life, and a word of its own in every column that people can reach."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from tests.support.cast import OLGA, OTTO, RIVER, Person
from tests.support.past import known_from_before
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import (
    About,
    add_family,
    change_own_name,
    give_consent,
    issue_desk_code,
    person_at_the_gate,
    quick_account,
    record_phone_view,
)
from volboard.accounts.commands.names import ask_for_name
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.rules import AgeBand, ConsentKind
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.attendance.excuses import answer, excuse
from volboard.attendance.models import Attendance
from volboard.certificates.commands import issue
from volboard.communities.commands import grant
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.hours.commands import correct
from volboard.hours.dispute_commands import answer_dispute, open_dispute
from volboard.hours.make_ups import approve, ask
from volboard.hours.models import HourEntry
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind
from volboard.oversight.models import AnomalyReview
from volboard.rosters.models import RosterDraft
from volboard.signups.commands import cancel, quick_sign_up, seat_person, sign_up
from volboard.signups.models import CalendarFeed, CoverAsk, HandOver, Signup
from volboard.teams.commands import TeamDraft, create_team, join_team
from volboard.teams.rules import TeamKind
from volboard.thanks.commands import thank

NAME, CHILD = "金丝雀红", "黄鹂小小"
PHONE = "13911117777"
CANARIES = (
    NAME, CHILD, PHONE, "jsqh", "hlxx", "canary", "9111-7777",
)  # fmt: skip
"""What may be found nowhere afterwards; every planted sentence holds `canary`."""
GATES = (OLGA, OTTO)
"""Whoever stands at the gate: on one organizer alone rest twelve hours at most."""
AFTER = NOON + timedelta(days=100)
ASKER, DECIDER = Phone("a" * 32, "微信 · aaaaaa"), Phone("b" * 32, "微信 · bbbbbb")


@dataclass(frozen=True)
class Household:
    """Whom the words are about."""

    account: int
    own: int
    child: int
    future: int
    """A full shift that lies ahead, in which the next in line waits."""

    @property
    def viewer(self) -> Viewer:
        return Viewer(id=self.account, volunteer_id=self.own, name=NAME, session_version=1)


def a_full_life(services: int = 8) -> Household:
    """Somebody and their child, who did everything that can be done here."""
    first = a_shift(starts_at=NOON + timedelta(days=-1), title="报名的")
    with clock.standing_at(NOON - timedelta(days=3)):
        account, place = quick_sign_up(NAME, PHONE, first, "canary-request-key")
        own = place.volunteer_id
        change_own_name(account, "canary 旧名")
        change_own_name(account, NAME, About(AgeBand.ADULT, "canary 会急救"))
        child = add_family(account, CHILD, "canary 女儿", About(AgeBand.CHILD, "canary 唱歌", True))
        ask_for_name(child, "canary 新名", "canary 写错了", account)
        person_at_the_gate("王小明", PHONE, OLGA.id)
        for kind in (ConsentKind.PUBLIC_NAME, ConsentKind.HAND_OVER):
            give_consent(child, kind, account)
        with transaction():
            mine = db.session.get_one(Account, account)
            mine.email, mine.password_hash = "canary@example.org", "canary-hash"
    known_from_before((own, child))
    home = Household(account, own, child, 0)
    with transaction():
        shifts = [a_service(home, number) for number in range(services)]
        _at_the_gate(home)
    _in_the_ledger(home, shifts)
    _in_the_books(home, shifts)
    return Household(account, own, child, _ahead(home))


def a_service(home: Household, number: int) -> int:
    """Both of them serve for two hours; answers the shift."""
    begins, gate = NOON + timedelta(days=number // 3, hours=number % 3 * 3), GATES[number % 2]
    event = an_event(starts_at=begins, ends_at=begins + timedelta(hours=2))
    shift = a_shift(event, starts_at=begins)
    with clock.standing_at(begins - timedelta(days=1)):
        for volunteer in (home.own, home.child):
            sign_up(volunteer, shift, home.account)
    with clock.standing_at(begins):
        for volunteer in (home.own, home.child):
            check_in(shift, volunteer, viewer_of(gate), "gate", "微信 · cccccc")
    with clock.standing_at(begins + timedelta(hours=3)):
        close_shift(shift, viewer_of(OTTO))
    return shift


def _at_the_gate(home: Household) -> None:
    """Seated out of turn, taken off a list, stayed away, and excused."""
    begins = NOON + timedelta(days=60)
    full = a_shift(capacity=1, starts_at=begins)
    with clock.standing_at(begins - timedelta(hours=4)):
        sign_up(OTTO.id, full, OTTO.id)
        seat_person(home.own, full, "canary 让他先上", viewer_of(OLGA))
        other = a_shift(starts_at=begins + timedelta(days=1))
        place = sign_up(home.own, other, home.account)
        cancel(place.signup_id, viewer_of(OLGA), "canary 身体不好")
    with clock.standing_at(begins + timedelta(hours=3)):
        close_shift(full, viewer_of(OLGA))
        away = db.session.scalars(
            select(Attendance.id).where(
                Attendance.shift_id == full, Attendance.volunteer_id == home.own
            )
        ).one()
        answer(away, "canary 我病了", home.account)
        excuse(away, "canary 他病了", viewer_of(OTTO))


def _in_the_ledger(home: Household, shifts: list[int]) -> None:
    """A correction, an answered and an open dispute, a make-up, proofs and a review."""
    lines = list(db.session.scalars(
        select(HourEntry.id).where(HourEntry.volunteer_id == home.own).order_by(HourEntry.id)
    ))  # fmt: skip
    with clock.standing_at(AFTER):
        correct(lines[0], NOON, NOON + timedelta(hours=1), "canary 早走了", viewer_of(OLGA))
        said = open_dispute(lines[1], "wrong_time", "canary 少记了", home.viewer)
        answer_dispute(said, "canary 没有少", viewer_of(OLGA))
        open_dispute(lines[2], "not_me", "canary 不是我", home.viewer)
        begins = NOON + timedelta(days=70)
        late = a_shift(starts_at=begins, closed_at=AFTER, closed_by=OLGA.id)
        asked = ask(late, home.own, begins, begins + timedelta(hours=1), "canary 忘了签",
                    viewer_of(OLGA), ASKER)  # fmt: skip
        approve(asked, viewer_of(OTTO), DECIDER)
        later = a_shift(starts_at=begins + timedelta(days=1), closed_at=AFTER, closed_by=OLGA.id)
        ask(later, home.child, begins + timedelta(days=1), begins + timedelta(days=1, hours=1),
            "canary 孩子忘了签", viewer_of(OLGA), ASKER)  # fmt: skip
        for volunteer in (home.own, home.child):
            issue(volunteer, RIVER, date(2027, 1, 1), date(2027, 9, 1), True, home.viewer)
        issue(home.own, RIVER, date(2027, 1, 1), date(2027, 8, 1), False, viewer_of(OLGA))
        with transaction():
            db.session.add(AnomalyReview(
                community_id=RIVER, key=f"outside-{lines[3]}", reviewed_by=OLGA.id,
                reviewed_at=AFTER, words="canary 问过了"))  # fmt: skip
            db.session.add(AnomalyReview(
                community_id=RIVER, key="crowded-1-2", reviewed_by=OLGA.id,
                reviewed_at=AFTER, words=f"{NAME}也在"))  # fmt: skip


def _in_the_books(home: Household, shifts: list[int]) -> None:
    """Teams, thanks, messages, looks at the number, a code, a feed, a draft, an office."""
    with clock.standing_at(NOON + timedelta(days=1)):
        team = create_team(RIVER, TeamDraft("看护队", TeamKind.RESIDENT, "看护"), viewer_of(OLGA))
        join_team(team, home.viewer)
        thank(shifts[0], "canary 谢谢大家", home.viewer)
        thank(shifts[0], f"谢谢{NAME}和{CHILD}", viewer_of(OLGA))
        record_phone_view(home.account, OLGA.id, "/organize/shifts/1/gate")
        issue_desk_code(home.account, OLGA.id)
        tell([
            Notice(f"canary:{number}", Kind.PROMOTED, "shift:1", home.account, RIVER,
                   {"姓名": NAME, "内容": "canary 有位置了"}, "/me", volunteer_id=home.own)
            for number in range(3)
        ])  # fmt: skip
    with transaction():
        db.session.add(CoverAsk(shift_id=shifts[0], volunteer_id=home.child, asked_by=OLGA.id,
                                asked_at=NOON))  # fmt: skip
        db.session.add(HandOver(signup_id=_a_signup(home), secret_hash="canary-hand-over",
                                made_at=NOON))  # fmt: skip
        db.session.add(CalendarFeed(account_id=home.account, secret_hash="canary-feed",
                                    made_at=NOON))  # fmt: skip
        db.session.add(RosterDraft(community_id=RIVER, made_by=OLGA.id, made_at=NOON, key="k",
                                   file_name="名单.xlsx", digest="d",
                                   rows=f'[["{NAME}", "{PHONE}", "canary"]]'))  # fmt: skip
        an_event(contact_name=NAME, contact_phone="139 1111-7777", created_by=home.account)
        grant(home.account, RIVER, OLGA.id)
        db.session.get_one(Community, RIVER).in_charge = NAME


def _a_signup(home: Household) -> int:
    query = select(func.min(Signup.id)).where(Signup.volunteer_id == home.child)
    return int(db.session.scalars(query).one() or 0)


def _ahead(home: Household) -> int:
    """They hold the two seats of a shift that lies ahead, and somebody waits."""
    begins = AFTER + timedelta(days=30)
    with clock.standing_at(AFTER):
        shift = a_shift(capacity=2, starts_at=begins)
        for volunteer in (home.own, home.child):
            sign_up(volunteer, shift, home.account)
        sign_up(OLGA.id, shift, OLGA.id)
        return shift


def a_neighbour(name: str, phone: str) -> Person:
    """Somebody with an account of their own; the id is the account's."""
    person = quick_account(name, phone)
    assert db.session.get_one(Volunteer, person.volunteer_id)
    return Person(person.account_id, name, phone)
