"""Where chains and seals end: what was cut off there, or put behind."""

from collections.abc import Callable, Iterator
from typing import Any

from volboard.hours.faults import Fault, FaultKind

Row = tuple[Any, ...]
Read = Callable[[str], Iterator[Row]]
ENDS = """SELECT c.volunteer_id, c.length, c.digest, a.digest, z.position, z.digest, z.id
FROM hour_chains c
LEFT JOIN hour_entries a ON a.volunteer_id = c.volunteer_id AND a.position = c.length
LEFT JOIN hour_entries z ON z.volunteer_id = c.volunteer_id AND z.position = (
  SELECT MAX(e.position) FROM hour_entries e WHERE e.volunteer_id = c.volunteer_id)
WHERE COALESCE(z.position, 0) <> c.length OR COALESCE(z.digest, '') <> c.digest"""
UNCHAINED = """SELECT MIN(e.id), e.volunteer_id FROM hour_entries e
LEFT JOIN hour_chains c ON c.volunteer_id = e.volunteer_id
WHERE c.volunteer_id IS NULL GROUP BY e.volunteer_id"""
UNLIKE = """SELECT s.day, s.volunteer_id, s.length, e.id FROM sealed_chains s
LEFT JOIN hour_entries e ON e.volunteer_id = s.volunteer_id AND e.position = s.length
WHERE e.digest IS NULL OR e.digest <> s.digest ORDER BY s.day, s.volunteer_id"""
UNSEALED = """SELECT DISTINCT s.day FROM sealed_chains s
LEFT JOIN ledger_seals l ON l.day = s.day WHERE l.day IS NULL"""
LAST_SEAL = """SELECT x.seals, x.found FROM (
  SELECT d.seals, d.digest, (SELECT COUNT(*) FROM ledger_seals) AS found,
  (SELECT l.digest FROM ledger_seals l ORDER BY l.day DESC LIMIT 1) AS last
  FROM (SELECT 1 AS one) o LEFT JOIN ledger_ends d ON d.id = o.one) x
WHERE x.seals IS NULL OR x.seals <> x.found OR x.digest <> COALESCE(x.last, '')"""
NOBODY_S = """SELECT r.entry_id FROM entry_reasons r
LEFT JOIN hour_entries e ON e.id = r.entry_id WHERE e.id IS NULL"""


def _end(
    person: object, length: int, digest: str, at_length: str | None, last: int | None,
    last_digest: str | None, entry: object,
) -> Fault:  # fmt: skip
    """What the end of one chain tells, where it is not the last line."""
    if at_length is None and digest != last_digest:
        return Fault(FaultKind.CUT, f"应有 {length} 条，只到第 {last or 0} 位", entry, person)
    if at_length == digest:
        return Fault(FaultKind.ADDED, f"链只到第 {length} 位", entry, person)
    return Fault(FaultKind.CHAIN, "", entry, person)


def _unlike(day: object, person: object, length: int, entry: object) -> Fault:
    kind = FaultKind.CUT if entry is None else FaultKind.SEAL
    return Fault(kind, f"封存时第 {length} 位不是这样", entry, person, day)


CHECKS: tuple[tuple[str, Callable[..., Fault]], ...] = (
    (ENDS, _end),
    (UNCHAINED, lambda entry, person: Fault(FaultKind.CHAIN, "链尾没有了", entry, person)),
    (UNLIKE, _unlike),
    (UNSEALED, lambda day: Fault(FaultKind.SEALS, "只剩下它的链", day=day)),
    (LAST_SEAL, lambda seals, found: Fault(FaultKind.SEALS, f"应有 {seals} 天，有 {found} 天")),
    (NOBODY_S, lambda entry: Fault(FaultKind.REASON, "它的那一条没有了", entry)),
)
"""What to ask, and what each row of the answer means."""


def off_the_ends(read: Read) -> Iterator[Fault]:
    """What the rows that mark the ends say, against what there is."""
    for query, means in CHECKS:
        for row in read(query):
            yield means(*row)
