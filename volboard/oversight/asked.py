"""What the one statement is asked with each time: communities, and how far back it looks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam

from volboard.core.db import UTCDateTime
from volboard.oversight.rules import A_MONTH, LOOK_BACK, NEAR, SOLE_FOR

SPANS = {
    "year_ago": LOOK_BACK,
    "near_a_year_ago": LOOK_BACK + NEAR,
    "quarter_ago": SOLE_FOR,
    "month_ago": A_MONTH,
}
PLACES = bindparam("places", expanding=True, type_=Integer)
YEAR_AGO, NEAR_A_YEAR_AGO, QUARTER_AGO, MONTH_AGO = (
    bindparam(name, type_=UTCDateTime) for name in SPANS
)


def asked(places: Collection[int], now: datetime) -> dict[str, Any]:
    """The values of these parameters."""
    return {"places": sorted(places)} | {name: now - span for name, span in SPANS.items()}
