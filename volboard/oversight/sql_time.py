"""Arithmetic with instants inside a statement, in the words of either engine."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Within(FunctionElement[Any]):
    """Whether the first instant is at most so many seconds after the second."""

    inherit_cache = True


class NotBefore(FunctionElement[Any]):
    """Whether the first instant is at most so many seconds before the second; by an index."""

    inherit_cache = True


class Minutes(FunctionElement[int]):
    """How many whole minutes the first instant is after the second, rounded down."""

    type = Integer()
    inherit_cache = True


class Days(FunctionElement[int]):
    """How many days the first day is after the second."""

    type = Integer()
    inherit_cache = True


class BeijingDay(FunctionElement[date]):
    """The day in Beijing, which knows no summer time, of an instant."""

    type = Date()
    inherit_cache = True


def _words(element: Any, compiler: Any, kw: dict[str, Any]) -> list[str]:
    return [compiler.process(one, **kw) for one in element.clauses]


@compiles(Within, "sqlite")
def _within_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier, seconds = _words(element, compiler, kw)
    return f"(julianday({later}) - julianday({earlier}) <= ({seconds} + 0.0005) / 86400.0)"


@compiles(Within, "postgresql")
def _within_in_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier, seconds = _words(element, compiler, kw)
    return f"({later} - {earlier} <= {seconds} * INTERVAL '1 second')"


@compiles(NotBefore, "sqlite")
def _not_before_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    instant, other, seconds = _words(element, compiler, kw)
    return f"({instant} >= strftime('%Y-%m-%d %H:%M:%S', {other}, '-{seconds} seconds'))"


@compiles(NotBefore, "postgresql")
def _not_before_in_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    instant, other, seconds = _words(element, compiler, kw)
    return f"({instant} >= {other} - {seconds} * INTERVAL '1 second')"


@compiles(Minutes, "sqlite")
def _minutes_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = _words(element, compiler, kw)
    return f"((unixepoch({later}) - unixepoch({earlier})) / 60)"


@compiles(Minutes, "postgresql")
def _minutes_in_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = _words(element, compiler, kw)
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {later} - {earlier}) / 60) AS INTEGER)"


@compiles(Days, "sqlite")
def _days_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = _words(element, compiler, kw)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(Days, "postgresql")
def _days_in_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = _words(element, compiler, kw)
    return f"({later} - {earlier})"


@compiles(BeijingDay, "sqlite")
def _day_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({_words(element, compiler, kw)[0]}, '+8 hours')"


@compiles(BeijingDay, "postgresql")
def _day_in_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST({_words(element, compiler, kw)[0]} AT TIME ZONE 'UTC-8' AS DATE)"
