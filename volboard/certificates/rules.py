"""Numbers that catch a slip of the pen, what a proof says, and the seal over it."""

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

VERSION = 2
"""Since 2 a proof says under which names its minutes were served."""
NUMBER = re.compile(r"([0-9]{3,10})-([0-9]{4})-([0-9]{6,9})-([0-9]{2})")
UNBROKEN = re.compile(r"([0-9]{3,10})([0-9]{4})([0-9]{6})([0-9]{2})")
DASHES = re.compile(r"[‐‑‒–—―−－ー_]")
CODE = re.compile(r"[0-9a-f]{32}")
LONGEST_NUMBER = 40
FIRST_DAY = date(2020, 1, 1)
"""Before this day nothing is on record, and no arithmetic with days goes out of range after it."""


@dataclass(frozen=True)
class ServiceLine:
    """One service as the proof lists it; times on Beijing's clocks, whole minutes."""

    day: str
    came: str
    left: str
    title: str
    content: str
    place: str
    minutes: int
    """All that the line is worth, what is added for the night included."""
    extra_minutes: int
    make_up: bool
    """Entered afterwards by two organizers; marked, and summed apart."""


@dataclass(frozen=True)
class FormerName:
    """That the holder was called `old` until this ISO day, and `new` from then on."""

    old: str
    new: str
    day: str


@dataclass(frozen=True)
class Facts:
    """Everything that a proof says, as it was on the day of issue. Days are ISO dates."""

    version: int
    name: str
    volunteer_id: int
    shows_name: bool
    community_id: int
    community: str
    city: str
    address: str
    phone: str
    in_charge: str
    """Empty where the community named nobody: a line is left to be filled in by hand."""
    handler: str
    """The organizer who issued it at the desk; empty where the household did it itself."""
    first_day: str
    last_day: str
    issued_on: str
    minutes: int
    extra_minutes: int
    make_up_minutes: int
    ledger_digest: str
    seal_day: str
    """The day of the last published head over all chains; empty before the first one."""
    seal_digest: str
    lines: tuple[ServiceLine, ...]
    former: tuple[FormerName, ...] = ()
    """What the holder was called since the first of these services, in order; empty where it
    is the name above, and in proofs of version 1, which say nothing of it."""

    def text(self) -> str:
        """The facts as the JSON that is stored and sealed; the same facts give the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts_of(text: str) -> Facts:
    """The facts of a stored text whose seal holds."""
    told: dict[str, Any] = json.loads(text)
    lines = tuple(ServiceLine(**line) for line in told.pop("lines"))
    former = tuple(FormerName(**name) for name in told.pop("former", ()))
    return Facts(**told, lines=lines, former=former)


def fingerprint(secret: str) -> str:
    """By what a key is known that nobody may read: 64 hex digits."""
    return hmac.digest(seal_key(secret), b"volboard seal key fingerprint 1", "sha256").hex()


def seal_key(secret: str) -> bytes:
    """The key of the seals, derived from the site's secret and good for nothing else."""
    return hmac.digest(secret.encode(), b"volboard certificate seal 1", "sha256")


def seal(key: bytes, number: str, code: str, facts: str) -> str:
    """HMAC-SHA-256 of number, code and facts, in hex."""
    return hmac.new(key, "\n".join((number, code, facts)).encode(), hashlib.sha256).hexdigest()


def holds(key: bytes, number: str, code: str, facts: str, claimed: str) -> bool:
    """Whether the seal is the one of these words; the time taken tells nothing."""
    return hmac.compare_digest(seal(key, number, code, facts).encode(), claimed.encode())


def certificate_number(community_id: int, year: int, running: int) -> str:
    """001-2027-000042-53: community, year, running number, and two digits that check them."""
    body = f"{community_id:03}-{year:04}-{running:06}"
    return f"{body}-{check_digits(body)}"


def check_digits(body: str) -> str:
    """ISO 7064 MOD 97-10: any one digit wrong, and any two digits swapped, do not pass."""
    return f"{98 - int(body.replace('-', '')) * 100 % 97:02}"


def is_number(text: str) -> bool:
    """Whether this is a certificate's number as we write it, with the right check digits."""
    found = NUMBER.fullmatch(text)
    return found is not None and check_digits("-".join(found.groups()[:3])) == found[4]


def read_number(typed: str) -> str:
    """The number that somebody typed from a sheet of paper; empty if it cannot be one.

    Full-width digits, any dash or space, and no dashes at all are understood.
    """
    text = unicodedata.normalize("NFKC", typed[: 2 * LONGEST_NUMBER])
    text = DASHES.sub("-", "".join(text.split()))
    unbroken = UNBROKEN.fullmatch(text)
    text = "-".join(unbroken.groups()) if unbroken else text
    return text if is_number(text) else ""


def may_be_code(text: str) -> bool:
    """Whether a text may be the code of a proof at all."""
    return CODE.fullmatch(text) is not None
