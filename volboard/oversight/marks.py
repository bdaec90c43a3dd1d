"""What the statement marks, and what becomes of it: the values that the rules are read in."""

from dataclasses import dataclass
from datetime import date, datetime

from volboard.oversight.rules import Rule

LINE, MAKE_UP, PRESS = "line", "make_up", "press"
ACTS = {"asked": MAKE_UP, "approved": MAKE_UP, "corrected": LINE, "paper": PRESS}
"""What counts as an entry made by an account, and which row tells of it."""
ROWS = {Rule.HASTY: MAKE_UP, Rule.SOLE_ASKER: MAKE_UP, Rule.SOLE_APPROVER: MAKE_UP,
        Rule.PHONE: PRESS}  # fmt: skip
Row = tuple[str, int]
"""line, make_up or press, and its id."""


@dataclass(frozen=True)
class Mark:
    """One row that a rule found."""

    rule: str
    community_id: int
    subject: int
    """Whom or what the rule groups by: a volunteer, an account, a shift, a line."""
    number: int
    """The id of the row."""
    at: datetime
    other: int = 0
    amount: int = 0
    till: datetime | None = None
    what: str = ""
    count: int = 0
    """How many rows there are in all, where only the newest are marked."""
    of: int = 0
    """Of how many minutes the amount is a part; of a correction, the line that it corrects; of a
    rule, who proposed it."""


@dataclass(frozen=True)
class Anomaly:
    """Something odd in one community, by a name that stays."""

    rule: Rule
    community_id: int
    key: str
    at: datetime
    """When the newest of its rows was made: the list's order."""
    rows: tuple[Row, ...]
    amount: int = 0
    """What the sentence counts: minutes, or seats."""
    people: int = 0
    who: int = 0
    """The account whose entries these are, where the rule is about one."""
    since: datetime | None = None
    day: date | None = None
    other: int = 0
    """The second account, where the rule is about two."""
    count: int = 0
    """How many rows it rests on in all, where not all of them are among `rows`."""
    of: int = 0
    """Of how many minutes the amount is a part."""
    hands: frozenset[int] = frozenset()
    """The accounts that made it, where no row tells of them."""
