"""How the lines of a ledger are chained and sealed (SHA-256; values in, values out).

No name goes into a digest: a person is a number, a reason is a salted digest of its own. So
a person can be deleted and every chain still verifies.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

VERSION, WITNESSED = 1, 2
SIGNED = ("id", "volunteer_id", "position", "previous_digest", "kind", "community_id", "shift_id",
          "attendance_id", "make_up_id", "minutes", "night_minutes", "extra_minutes",
          "planned_minutes", "served_from", "served_to", "away_seconds", "breaks", "how", "seen_by",
          "seen_at", "device", "rule", "recorded_by", "recorded_at",
          "reason_digest", "reverses", "replaces", "witness_digest")  # fmt: skip
"""The columns of a line that its digest covers, in this order: all but the digest itself."""


def line_digest(values: Iterable[object]) -> str:
    """The digest of a line whose columns SIGNED have these values.

    A line without witnesses of its own is of version 1, as all were before they were kept.
    """
    *payload, witnesses = map(_plain, values)
    payload = [WITNESSED, *payload, witnesses] if witnesses else [VERSION, *payload]
    return _sha256(_compact(payload))


def witness_digest(witnesses: Iterable[Iterable[object]]) -> str:
    """What stands in a line for those on whom it rests.

    Each is an account's number, role, sign, instant and minutes of lateness; their order tells
    nothing.
    """
    rows = sorted(_compact([_plain(value) for value in row]) for row in witnesses)
    return _sha256("\n".join(rows))


def reason_digest(salt: str, words: str) -> str:
    """What stands in a line for its reason; without the salt nobody can guess the words."""
    return _sha256(f"{salt}\n{words}")


def seal_digest(
    previous: str, day: date, sealed_at: object, entries: int,
    chains: Iterable[tuple[int, int, str]],
) -> str:  # fmt: skip
    """The head over all chains: the head before, and every chain that has grown since.

    A chain is its volunteer's number, its length and its last digest; they come in the order
    of the numbers. `entries` counts the lines of all chains; `sealed_at` is an instant, also as
    a digest writes it.
    """
    head = hashlib.sha256(f"{previous}\n{day}\n{_plain(sealed_at)}\n{entries}".encode())
    for volunteer, length, digest in chains:
        head.update(f"\n{volunteer}:{length}:{digest}".encode())
    return head.hexdigest()


def _compact(values: list[object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=repr)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, str) else value


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
