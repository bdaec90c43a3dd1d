"""A community with a dishonest organizer in it: who lives there, and what each really did."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.support.cast import LONG_AGO, gains
from tests.support.town import NOON
from volboard.accounts.models import Account, Volunteer
from volboard.communities.models import Community, Membership, Residency
from volboard.core.access import Viewer
from volboard.core.db import db, transaction

NUMBERS = count(1)


@dataclass(frozen=True)
class Said:
    """That somebody looked at what a closing saw, and said yes."""

    attendance: int
    account: int
    at: datetime


@dataclass
class Town:
    """The people of one book, and a diary of what nobody can read from a row."""

    community: int
    olga: Viewer
    """The dishonest organizer."""
    otto: Viewer
    """The honest one."""
    bao: Viewer
    """Her second account, with a phone of its own."""
    rui: Viewer
    """A neighbour whom Otto knows, who does nothing, and whose phone Olga does not hold."""
    now: datetime
    phones: list[Viewer]
    """The residents' accounts on which Olga can press."""
    people: list[int]
    """The volunteers whom she tries to make hours for."""
    invented: set[int] = field(default_factory=set)
    """Volunteers that no human being is."""
    shifts: list[int] = field(default_factory=list)
    public: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    """When a shift's times became public last, and who did that."""
    closings: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    said: list[Said] = field(default_factory=list)
    worth: list[tuple[datetime, int]] = field(default_factory=list)
    """What a night was to add from the next day on, in percent, once two had agreed or nothing
    was to be worth more."""
    refused: int = 0
    done: int = 0


def found_a_town() -> Town:
    """A new community with two organizers and two residents; needs a context."""
    with transaction():
        name = f"town-{next(NUMBERS)}"
        place = Community(slug=name, name=name, city="穆棱市", created_at=LONG_AGO)
        place.address, place.phone = "河畔路 1 号", "0453-3120001"
        db.session.add(place)
        db.session.flush()
        home = place.id
        olga, otto = (_settled(home, name, organizes=True) for name in ("欧阳兰", "奥志明"))
        bao, rui = (_settled(home, name) for name in ("鲍国强", "芮安"))
    return Town(home, olga, otto, bao, rui, NOON, phones=[olga, bao],
                people=[olga.volunteer_id, bao.volunteer_id, rui.volunteer_id])  # fmt: skip


def a_number() -> str:
    """A telephone number that nobody has yet."""
    return f"137{next(NUMBERS):08}"


def viewer_with(account: int, volunteer: int, homes: frozenset[int] = frozenset()) -> Viewer:
    return Viewer(id=account, volunteer_id=volunteer, name="", session_version=1,
                  is_admin=False, communities=homes)  # fmt: skip


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def _settled(home: int, name: str, organizes: bool = False) -> Viewer:
    account = Account(phone=f"+86{a_number()}", verified_at=LONG_AGO, created_at=LONG_AGO)
    db.session.add(account)
    db.session.flush()
    volunteer = Volunteer(account_id=account.id, name=name, is_self=True, initials="xx",
                          relation="", code=f"town-{account.id}", created_at=LONG_AGO)  # fmt: skip
    db.session.add_all([volunteer, Residency(account_id=account.id, community_id=home,
                                             since=LONG_AGO)])  # fmt: skip
    if organizes:
        gains(account.id, home)
        db.session.add(Membership(account_id=account.id, community_id=home,
                                  granted_at=LONG_AGO))  # fmt: skip
    db.session.flush()
    return viewer_with(account.id, volunteer.id, frozenset({home} if organizes else ()))
