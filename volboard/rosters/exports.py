"""The sheets of each export, and who is in them with their full number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _

from volboard.accounts.phones import is_number
from volboard.core.formats import as_date, clock_time, last_digits, masked_phone, moment, span
from volboard.hours.times_wording import WAYS
from volboard.rosters.export_wording import attendance, coming, kind, seat
from volboard.rosters.facts import Resident, Seat, Served
from volboard.rosters.workbooks import Cell, Column, Sheet

Row = tuple[Cell, ...]


@dataclass
class Numbers:
    """How numbers are written, and whose full ones were."""

    in_full: bool
    shown: set[int] = field(default_factory=set)
    """Accounts whose full number stands in the file; known once its rows were read."""

    def of(self, account_id: int, phone: str) -> str:
        """The number as it goes into a cell, as text."""
        if not self.in_full or not is_number(phone):
            return masked_phone(phone)
        self.shown.add(account_id)
        return phone.removeprefix("+86")


@dataclass
class Total:
    """What somebody served, and how much of it was entered afterwards."""

    name: str
    tail: str
    minutes: int = 0
    make_up: int = 0


def event_sheets(seats: Iterable[Seat], numbers: Numbers) -> tuple[Sheet, ...]:
    """The people of an event, shift by shift."""
    columns = (
        Column(_("岗位"), 16), Column(_("日期")), Column(_("时间"), 16), Column(_("姓名")),
        Column(_("手机号"), 14), Column(_("报名"), 14), Column(_("还来吗")), Column(_("到没到")),
        Column(_("几点到")), Column(_("几点走")), Column(_("分钟")),
    )  # fmt: skip
    rows = (
        (one.shift, as_date(one.starts_at).isoformat(), span(one.starts_at, one.ends_at), one.name,
         numbers.of(one.account_id, one.phone), seat(one), coming(one), attendance(one),
         clock_time(one.came_at) if one.came_at else None,
         clock_time(one.left_at) if one.left_at else None, one.minutes)
        for one in seats
    )  # fmt: skip
    return (Sheet(_("名单"), columns, rows),)


def people_sheets(residents: Iterable[Resident], numbers: Numbers) -> tuple[Sheet, ...]:
    """The people at home in a community, each account with its family."""
    columns = (
        Column(_("姓名")), Column(_("手机号"), 14), Column(_("家人"), 10), Column(_("服务队"), 20),
        Column(_("技能"), 24), Column(_("哪天来的")), Column(_("见过本人"), 10),
        Column(_("在本社区的分钟"), 16),
    )  # fmt: skip
    rows = (
        (one.name, numbers.of(one.account_id, one.phone),
         None if one.is_self else one.relation or _("家人"), one.teams, one.skills,
         as_date(one.since).isoformat(), _("见过") if one.is_verified else _("还没有"), one.minutes)
        for one in residents
    )  # fmt: skip
    return (Sheet(_("志愿者"), columns, rows),)


def hour_sheets(lines: Iterable[Served]) -> tuple[Sheet, ...]:
    """Each line of the ledger with its evidence; then the sum of each person, make-ups apart."""
    columns = (
        Column(_("姓名")), Column(_("手机尾号"), 10), Column(_("活动"), 20), Column(_("岗位"), 14),
        Column(_("日期")), Column(_("时间"), 16), Column(_("哪一种")), Column(_("分钟")),
        Column(_("其中夜间多记"), 14), Column(_("凭据"), 40), Column(_("谁记的")),
        Column(_("什么时候记的"), 18), Column(_("原因"), 24),
    )  # fmt: skip
    totals: dict[int, Total] = {}
    return (
        Sheet(_("每一条"), columns, _hour_rows(lines, totals)),
        Sheet(_("每个人的合计"), (
            Column(_("姓名")), Column(_("手机尾号"), 10), Column(_("合计分钟")),
            Column(_("其中补录的分钟"), 16),
        ), _later(lambda: ((t.name, t.tail, t.minutes, t.make_up) for t in totals.values()))),
    )  # fmt: skip


def _hour_rows(lines: Iterable[Served], totals: dict[int, Total]) -> Iterator[Row]:
    for one in lines:
        tail = last_digits(one.phone) or masked_phone(one.phone)
        total = totals.setdefault(one.volunteer_id, Total(one.name, tail))
        total.minutes += one.worth
        total.make_up += one.worth if one.is_make_up else 0
        yield (one.name, tail, one.event, one.shift, as_date(one.served_from).isoformat(),
               span(one.served_from, one.served_to), kind(one), one.worth, one.extra_minutes,
               _evidence(one), one.recorded_by, moment(one.recorded_at), one.reason)  # fmt: skip


def _evidence(one: Served) -> str:
    """Who saw the person, when and how."""
    words = {"when": moment(one.seen_at), "who": one.seen_by,
             "approved": moment(one.recorded_at), "approver": one.recorded_by}  # fmt: skip
    return str(WAYS.get(one.how, WAYS["gate"])) % words


def _later(rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """Rows that can be told only after the sheet before was written."""
    yield from rows()
