"""What a phone sends when it is back: JSON, read field by field, for it may hold anything."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from volboard.attendance.scans import WALK_IN, Scan
from volboard.core.reading import has_lone_half
from volboard.core.web import LAST_ID

MOST_SCANS = 200
ACTIONS = ("in", "out", "back", "undo_in", "undo_out", "undo_back", WALK_IN)
WAYS = ("gate", "code")
NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
LONGEST_TEXT = 100
YEARS = range(2020, 2100)
LONGEST_SKEW = 10 * 366 * 24 * 3600
"""Ten years of seconds: a phone without a battery begins in 1970, but then `at` is too old."""


def read_scan(sent: object) -> Scan | None:
    """The press, if every part of it will do."""
    if not isinstance(sent, Mapping):
        return None
    nonce, action, volunteer = nonce_of(sent), sent.get("action"), sent.get("volunteer")
    at, skew = _instant(sent.get("at")), _seconds(sent.get("skew", 0))
    name, phone = sent.get("name") or "", sent.get("phone") or ""
    if not nonce or action not in ACTIONS or at is None or skew is None:
        return None
    if not _is_text(name) or not _is_text(phone):
        return None
    if action == WALK_IN:
        return Scan(nonce, action, None, name, phone, at, skew, WALK_IN)
    if not _is_id(volunteer):
        return None
    how = sent.get("how")
    return Scan(nonce, action, volunteer, "", "", at, skew, how if how in WAYS else WAYS[0])


def nonce_of(sent: object) -> str:
    """What the phone calls this press; empty where that is no name."""
    nonce = sent.get("nonce") if isinstance(sent, Mapping) else None
    return nonce if isinstance(nonce, str) and NONCE.fullmatch(nonce) else ""


def _instant(sent: object) -> datetime | None:
    """An aware instant in ISO 8601 of a year in which volboard is used."""
    if not isinstance(sent, str) or len(sent) > LONGEST_TEXT:
        return None
    try:
        instant = datetime.fromisoformat(sent)
        return instant.astimezone(UTC) if instant.tzinfo and instant.year in YEARS else None
    except (ValueError, OverflowError):
        return None


def _seconds(sent: object) -> int | None:
    is_number = isinstance(sent, int | float) and not isinstance(sent, bool)
    if not is_number or not -LONGEST_SKEW <= sent <= LONGEST_SKEW:  # type: ignore[operator]
        return None
    return round(sent)  # type: ignore[call-overload,no-any-return]


def _is_id(sent: object) -> bool:
    return isinstance(sent, int) and not isinstance(sent, bool) and 0 < sent <= LAST_ID


def _is_text(sent: object) -> bool:
    return isinstance(sent, str) and len(sent) <= LONGEST_TEXT and not has_lone_half(sent)
