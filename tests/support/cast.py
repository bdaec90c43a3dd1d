"""The cast: Mai and Bao live by the river, Olga and Otto organize there, Tian beyond."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.support.past import known_from_before
from volboard.accounts.models import Account, PowerChange, Volunteer
from volboard.accounts.passwords import hashed_password
from volboard.communities.models import Community, Membership, Residency
from volboard.core.db import db, transaction

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "open-the-gate-7"
RIVER, RAIL = 1, 2


@dataclass(frozen=True)
class Person:
    """Somebody of the cast; account and volunteer share the id."""

    id: int
    name: str
    phone: str
    organizes: tuple[int, ...] = ()
    is_admin: bool = False
    lives_in: int = RIVER


MAI = Person(1, "麦小芳", "13800000001")
BAO = Person(2, "鲍国强", "13800000002")
OLGA = Person(3, "欧阳兰", "13800000003", organizes=(RIVER,))
OTTO = Person(4, "奥志明", "13800000004", organizes=(RIVER,))
TIAN = Person(5, "田铁生", "13800000005", organizes=(RAIL,), lives_in=RAIL)
ADA = Person(6, "艾达", "13800000006", is_admin=True)
EVERYBODY = (MAI, BAO, OLGA, OTTO, TIAN, ADA)


def settle_everybody() -> None:
    """Write two communities and the cast into an empty database."""
    secret = hashed_password(PASSWORD)
    with transaction():
        for slug, name in (("yanhe", "沿河社区"), ("tiebei", "铁北社区")):
            place = Community(slug=slug, name=name, city="穆棱市", created_at=LONG_AGO)
            place.address, place.phone = "河畔路 1 号", "0453-3120001"
            db.session.add(place)
            db.session.flush()
        for person in EVERYBODY:
            settle(person, secret)
        known_from_before(person.id for person in EVERYBODY)


def settle(person: Person, secret: str) -> None:
    """Write one person: account, volunteer, home and office."""
    add = db.session.add
    account = Account(
        phone="+86" + person.phone,
        password_hash=secret,
        verified_at=LONG_AGO,
        created_at=LONG_AGO,
    )
    add(account)
    db.session.flush()
    volunteer = Volunteer(
        account_id=account.id,
        name=person.name,
        is_self=True,
        code=f"code-{person.id}",
        created_at=LONG_AGO,
    )
    add(volunteer)
    db.session.flush()
    assert account.id == volunteer.id == person.id
    add(Residency(account_id=person.id, community_id=person.lives_in, since=LONG_AGO))
    for community in person.organizes:
        gains(person.id, community)
        add(Membership(account_id=person.id, community_id=community, granted_at=LONG_AGO))
    if person.is_admin:
        gains(person.id, None)
        account.is_admin = True


def gains(account_id: int, community: int | None) -> None:
    """Put on record that this account has power, without which nobody gets it."""
    change = PowerChange(account_id=account_id, community_id=community, change="gained",
                         how="before", at=LONG_AGO)  # fmt: skip
    db.session.add(change)
    db.session.flush()
