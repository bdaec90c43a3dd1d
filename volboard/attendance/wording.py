"""What the gate answers to a press, in one big line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.attendance.closing import Closing
from volboard.attendance.facts import GateCount, GateRow
from volboard.attendance.rules import AttendanceState
from volboard.core import clock, formats
from volboard.core.errors import Refusal
from volboard.events.queries import ShiftFact

SAYS: dict[str, tuple[str, LazyString, Callable[[GateRow], bool]]] = {
    "in": ("ok", _l("%(name)s 已签到"), lambda row: row.is_here),
    "again": ("warn", _l("%(name)s 早就签到了"), lambda row: row.is_here),
    "out": ("ok", _l("%(name)s 已签退"), lambda row: row.has_left),
    "back": ("ok", _l("%(name)s 回来了"), lambda row: row.is_here),
    "undo": ("info", _l("%(name)s：撤销了"),
             lambda row: row.is_here or row.state == AttendanceState.UNDONE),
    "undo_back": ("info", _l("%(name)s：撤销了"), lambda row: row.has_left),
}  # fmt: skip
"""What a press can have done, in words, and when that is still so: a page that is opened again
says it again."""


@dataclass(frozen=True)
class Verdict:
    """The level gives colour and sign (ok, warn, stop, info); the text alone says it all."""

    level: str
    text: str
    detail: str = ""


def refused(refusal: Refusal) -> Verdict:
    """The refusal's own sentence."""
    return Verdict("stop", str(refusal))


def verdict(did: str, row: GateRow) -> Verdict | None:
    """What was done for this person; none where that is not so (any more)."""
    level, words, is_so = SAYS[did]
    if not is_so(row):
        return None
    return Verdict(level, str(words) % {"name": formats.masked_name(row.name)}, standing(row))


def left_empty(verdict: Verdict) -> Verdict:
    """The same, with the warning that nobody keeps the post any more."""
    warning = _("岗位没有人了，请叫人来接，或请他回来。")
    return Verdict("warn", verdict.text, f"{verdict.detail} · {warning}")


def standing(row: GateRow) -> str:
    """Where the person stands: since when, and who saw it."""
    if row.has_left and row.checked_out_at:
        time, by = formats.clock_time(row.checked_out_at), row.checked_out_by or ""
        return _("%(time)s 由%(by)s签退", time=time, by=formats.masked_name(by))
    if row.is_here and row.back_at:
        return _("%(time)s 回来", time=formats.clock_time(row.back_at))
    if row.is_here and row.checked_in_at:
        time, by = formats.clock_time(row.checked_in_at), row.checked_in_by or ""
        return _("%(time)s 由%(by)s签到", time=time, by=formats.masked_name(by))
    return _("还没有签到")


def flag_notes(flag: str, at: datetime) -> tuple[str, ...]:
    """What an organizer should know of a press that a phone sent later."""
    time = formats.clock_time(at)
    notes = {
        "clock_wrong": _("那部手机的钟不准，记作 %(time)s。", time=time),
        "clamped": _("时间不在这个时段里，记作 %(time)s。", time=time),
        "after_closing": _("关门以后才收到。"),
        "clock_back": _("服务器的钟倒回去了，记作 %(time)s，排在前一下之后。", time=time),
    }
    named = set(flag.split()) - ({"clamped"} if "clock_wrong" in flag else set())
    return tuple(sentence for name, sentence in notes.items() if name in named)


def closed(done: Closing, came: int) -> str:
    """What closing did, in one or two sentences; first the number that was said before it."""
    credited = ngettext("%(num)s 人记了时长", "%(num)s 人记了时长", done.credited)
    absent = ngettext("%(num)s 人未到", "%(num)s 人未到", done.absent)
    said = _("关门了，到了 %(came)s 人：%(credited)s，%(absent)s。", came=came, credited=credited,
             absent=absent)  # fmt: skip
    if done.waiting:
        said += ngettext(
            "%(num)s 人的时长只有一个人作证，等本人或另一位组织者确认。",
            "%(num)s 人的时长只有一个人作证，等本人或另一位组织者确认。",
            done.waiting,
        )
    if not done.left_for_another:
        return said
    return said + ngettext(
        "还有 %(num)s 位是您自己或家人，或您在关门以后才送到的，请另一位组织者来记。",
        "还有 %(num)s 位是您自己或家人，或您在关门以后才送到的，请另一位组织者来记。",
        done.left_for_another,
    )


def closing_sentences(shift: ShiftFact, count: GateCount) -> tuple[str, ...]:
    """What closing this shift now will do: to those who came, who forgot, who did not come."""
    early = clock.now() < shift.ends_at
    end = formats.clock_time(min(clock.now(), shift.ends_at))
    return tuple(
        sentence
        for applies, sentence in (
            (early, _("还没到结束的 %(time)s。", time=formats.clock_time(shift.ends_at))),
            (shift.is_service, ngettext("到了 %(num)s 人，照实记时长；只有一个人作证的，先等确认。",
                                        "到了 %(num)s 人，照实记时长；只有一个人作证的，先等确认。",
                                        count.came)),
            (not shift.is_service, _("这是参加的活动，不记时长。")),
            (shift.is_service and count.here,
             ngettext("其中 %(num)s 人没有签退，算到 %(end)s，并注明“忘了签退”。",
                      "其中 %(num)s 人没有签退，算到 %(end)s，并注明“忘了签退”。",
                      count.here, end=end)),
            (count.absent, ngettext("%(num)s 人记为未到。", "%(num)s 人记为未到。", count.absent)),
            (True, _("关门以后不能再签到、签退、撤销，只能更正。")),
        )
        if applies
    )  # fmt: skip


def found_sentence(number: int) -> str:
    """How many were found."""
    return ngettext("找到 %(num)s 人", "找到 %(num)s 人", number) if number else _("没有找到")


def unanswered(number: int) -> tuple[str, ...]:
    """What an organizer should know before closing the gate."""
    return (
        ngettext(
            "%(num)s 人扫了纸码还没有确认，关门以后就不能确认了。",
            "%(num)s 人扫了纸码还没有确认，关门以后就不能确认了。",
            number,
        ),
    )
