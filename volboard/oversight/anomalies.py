"""The database's marks become odd things to look at; values in, values out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from volboard.oversight.marks import ACTS, LINE, ROWS, Anomaly, Mark
from volboard.oversight.rules import (
    BURST,
    HASTE,
    STRANGERS,
    STRANGERS_FOR,
    Rule,
    Stay,
    day_of,
    key_of,
    long_days,
    overlap,
    runs,
)


def anomalies(marks: Iterable[Mark], places: frozenset[int]) -> tuple[Anomaly, ...]:
    """Everything odd in these communities, the newest first."""
    by_rule: dict[Rule, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_rule[Rule(mark.rule)].append(mark)
    found = (one for rule, rows in by_rule.items() for one in READ[rule](rule, rows))
    mine = {(one.community_id, one.key): one for one in found if one.community_id in places}
    return tuple(sorted(mine.values(), key=lambda one: (one.at, one.key), reverse=True))


def _single(rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
    kind = ROWS.get(rule, LINE)
    for mark in marks:
        key = key_of(rule, mark.number)
        yield Anomaly(rule, mark.community_id, key, mark.at, ((kind, mark.number),))


def _near(_rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
    """Lines of one person that overlap, and days that hold too much."""
    for (_volunteer, last), near in _grouped(marks, lambda one: (one.subject, one.number)):
        yield from _clashes(last, near)
    yield from _days(marks)


def _clashes(last: int, near: list[Mark]) -> Iterator[Anomaly]:
    begun = next((one for one in near if one.other == last), None)
    for other in near:
        if begun is None or other is begun or not overlap(_stay(begun), _stay(other)):
            continue
        first, second = sorted((last, other.other))
        rows = tuple((LINE, one.other) for one in sorted((begun, other), key=_order))
        for place in {begun.community_id, other.community_id}:
            yield Anomaly(Rule.TWO_PLACES, place, key_of(Rule.TWO_PLACES, first, second),
                          begun.at, rows)  # fmt: skip


def _days(marks: list[Mark]) -> Iterator[Anomaly]:
    """The fullest account of each day: of several lines that end it, the last has seen all."""
    fullest: dict[tuple[int, date], tuple[int, list[Mark]]] = {}
    for (volunteer, _last), near in _grouped(marks, lambda one: (one.subject, one.number)):
        for day, minutes in long_days([_stay(one) for one in near]).items():
            if minutes > fullest.get((volunteer, day), (0, []))[0]:
                fullest[volunteer, day] = (minutes, [one for one in near if _touches(one, day)])
    for (volunteer, day), (minutes, near) in fullest.items():
        lines = sorted(near, key=_order)
        key = key_of(Rule.LONG_DAY, volunteer, day.toordinal(), max(one.other for one in near))
        rows = tuple((LINE, one.other) for one in lines)
        for place in {one.community_id for one in near}:
            yield Anomaly(Rule.LONG_DAY, place, key, lines[-1].at, rows, minutes, day=day)


def _stay(mark: Mark) -> Stay:
    return mark.at, mark.till or mark.at, mark.amount


def _order(mark: Mark) -> tuple[datetime, int]:
    return mark.at, mark.other


def _touches(mark: Mark, day: date) -> bool:
    return day_of(mark.at) <= day <= day_of(mark.till or mark.at)


def _in_runs(count: int, within: timedelta) -> Callable[[Rule, list[Mark]], Iterator[Anomaly]]:
    def read(rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
        for (place, who), acts in _grouped(marks, lambda one: (one.community_id, one.subject)):
            acts.sort(key=lambda one: (one.at, one.what, one.number))
            for group in runs([one.at for one in acts], count, within):
                rows = tuple((ACTS.get(acts[n].what, LINE), acts[n].number) for n in group)
                last = acts[group[-1]]
                what = list(ACTS).index(last.what) if last.what else 0
                key = key_of(rule, who, what, last.number, len(group))
                yield Anomaly(rule, place, key, last.at, rows, who=who, since=acts[group[0]].at)

    return read


def _whole(rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
    kind = ROWS.get(rule, LINE)
    for (place, subject), rows in _grouped(marks, lambda one: (one.community_id, one.subject)):
        newest = max(rows, key=lambda one: one.number)
        yield Anomaly(rule, place, key_of(rule, subject, newest.number),
                      max(one.at for one in rows),
                      tuple((kind, one.number) for one in sorted(rows, key=lambda one: one.number)),
                      newest.amount, newest.other)  # fmt: skip


def _leaning(rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
    """The minutes of one account, or of two; counted by the database, whatever is shown."""
    for (place, who), of_one in _grouped(marks, lambda one: (one.community_id, one.subject)):
        for (other, _none), rows in _grouped(of_one, lambda one: (one.other, 0)):
            newest = max(rows, key=lambda one: one.number)
            told = sorted(rows, key=lambda one: one.number)
            numbers = (who, other, newest.number) if other else (who, newest.number)
            pairs = rule is Rule.PAIR
            lines = [(LINE, n) for one in told for n in ((one.of, one.number) if pairs
                                                          else (one.number,))]  # fmt: skip
            yield Anomaly(
                rule, place, key_of(rule, *numbers), newest.at, tuple(dict.fromkeys(lines)),
                newest.amount, who=who, other=other, count=newest.count,
                of=0 if pairs else newest.of,
            )  # fmt: skip


def _short_rules(rule: Rule, marks: list[Mark]) -> Iterator[Anomaly]:
    """The rules of a community that were short-lived; their page tells what each said."""
    for (place, _place), rows in _grouped(marks, lambda one: (one.community_id, one.subject)):
        newest = max(rows, key=lambda one: one.number)
        hands = frozenset(who for one in rows for who in (one.of, one.other) if who)
        yield Anomaly(rule, place, key_of(rule, newest.number), newest.at, (),
                      sum(one.amount for one in rows), count=newest.count,
                      hands=hands)  # fmt: skip


def _grouped(
    marks: Iterable[Mark], by: Callable[[Mark], tuple[int, int]]
) -> Iterable[tuple[tuple[int, int], list[Mark]]]:
    groups: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[by(mark)].append(mark)
    return groups.items()


READ: dict[Rule, Callable[[Rule, list[Mark]], Iterator[Anomaly]]] = {
    Rule.TWO_PLACES: _near,
    Rule.BURST: _in_runs(BURST, HASTE),
    Rule.STRANGERS: _in_runs(STRANGERS, STRANGERS_FOR),
    Rule.CROWDED: _whole,
    Rule.SOLE_ASKER: _whole,
    Rule.SOLE_APPROVER: _whole,
    Rule.OUTSIDE: _single,
    Rule.HASTY: _single,
    Rule.PHONE: _single,
    Rule.ALONE: _leaning,
    Rule.FORGOTTEN: _leaning,
    Rule.LATE: _leaning,
    Rule.ADMIN: _leaning,
    Rule.PAIR: _leaning,
    Rule.SHORT_RULES: _short_rules,
}
