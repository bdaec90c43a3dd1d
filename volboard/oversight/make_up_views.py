"""Entering hours afterwards: asking from a closed shift, and deciding with another phone."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.queries import account_by_phone, person_named
from volboard.attendance import queries
from volboard.attendance.facts import GateRow
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.devices import Phone, this_phone
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import go_to, number_in, page
from volboard.events.queries import ManagedShift
from volboard.hours import make_up_wording as wording
from volboard.hours import make_ups
from volboard.hours.make_up_queries import Habit, Request, desk, habit
from volboard.hours.make_up_queries import request as the_request
from volboard.oversight.blueprint import bp
from volboard.oversight.make_up_forms import AnswerForm, MakeUpForm, StrangerForm

DESK = "/organize/make-ups"
ONE = f"{DESK}/<id:make_up_id>"


@dataclass(frozen=True)
class Deciding:
    """A request before the one who looks at it."""

    request: Request
    row: GateRow | None
    """What the gate knows; none for somebody who was on no list that day."""
    habit: Habit
    phone: Phone
    account_id: int

    @property
    def is_mine(self) -> bool:
        return self.request.asked_by == self.account_id

    @property
    def is_family(self) -> bool:
        return self.request.account_id == self.account_id

    @property
    def is_same_phone(self) -> bool:
        return self.request.asked_on == self.phone.id

    @property
    def waited(self) -> str:
        """How long ago somebody asked."""
        return wording.quick(int((clock.now() - self.request.asked_at).total_seconds()) // 60)


@bp.get(DESK, access=Access.ORGANIZER)
def show_make_ups() -> ResponseReturnValue:
    return page("oversight/make_ups.html", desk=desk(viewer()), words=wording)


@bp.get("/organize/shifts/<id:shift_id>/make-up/new", access=Access.ORGANIZER)
def show_new_make_up(shift_id: int) -> ResponseReturnValue:
    managed, row = queries.gate(shift_id, viewer()), asked_for(shift_id)
    return asking(managed, row, (MakeUpForm if row else StrangerForm).blank())


@bp.post("/organize/shifts/<id:shift_id>/make-up/new", access=Access.ORGANIZER)
def ask_for_make_up(shift_id: int) -> ResponseReturnValue:
    managed, row = queries.gate(shift_id, viewer()), asked_for(shift_id)
    form = MakeUpForm() if row else StrangerForm()
    if not form.is_right():
        return asking(managed, row, form, 422)
    volunteer_id = row.volunteer_id if row else named(form)
    if volunteer_id is None:
        form.refuse("name", _("没有找到这个姓名和手机号的人。请核对，或先请本人登记。"))
        return asking(managed, row, form, 422)
    came, left = form.times(managed.shift)
    try:
        make_ups.ask(
            shift_id, volunteer_id, came, left, form.text("reason"), viewer(), this_phone()
        )
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return asking(managed, row, form, 422)
    flash(_("申请好了。另一位组织者用自己的手机批准以后，时长才算数。"), "done")
    return go_to(DESK)


@bp.get(ONE, access=Access.ORGANIZER)
def show_make_up(make_up_id: int) -> ResponseReturnValue:
    return deciding(make_up_id, AnswerForm.blank())


@bp.post(f"{ONE}/approve", access=Access.ORGANIZER)
def approve_make_up(make_up_id: int) -> ResponseReturnValue:
    def approve() -> str:
        make_ups.approve(make_up_id, viewer(), this_phone())
        return _("批准了，时长已经记上。那一条会写明是补录的、谁申请、谁批准。")

    return decided(make_up_id, approve)


@bp.post(f"{ONE}/refuse", access=Access.ORGANIZER)
def refuse_make_up(make_up_id: int) -> ResponseReturnValue:
    form = AnswerForm()
    the_request(make_up_id, viewer())
    if not form.is_right():
        return deciding(make_up_id, form, status=422)

    def refuse() -> str:
        make_ups.refuse(make_up_id, form.text("answer"), viewer(), this_phone())
        return _("没有批准。申请的人会看到原因。")

    return decided(make_up_id, refuse)


@bp.post(f"{ONE}/withdraw", access=Access.ORGANIZER)
def withdraw_make_up(make_up_id: int) -> ResponseReturnValue:
    def withdraw() -> str:
        make_ups.withdraw(make_up_id, viewer(), this_phone())
        return _("撤回了。")

    return decided(make_up_id, withdraw)


def asked_for(shift_id: int) -> GateRow | None:
    """The person of the shift whom the address names; none for somebody of no list."""
    typed = request.args.get("volunteer", "")
    if not typed:
        return None
    if not (number := number_in(typed)):
        raise NotFound
    return queries.person(shift_id, number)


def named(form: MakeUpForm) -> int | None:
    """Whose name and number were typed; both must fit, so that neither alone tells anything."""
    account = account_by_phone(form.text("phone"))
    person = person_named(account.id, form.text("name")) if account else None
    return person.volunteer_id if person else None


def asking(
    managed: ManagedShift, row: GateRow | None, form: MakeUpForm, status: int = 200
) -> Response:
    """The form for one person of the shift, or for somebody who is on no list."""
    return page("oversight/make_up_new.html", status, managed=managed, row=row, form=form)


def deciding(
    make_up_id: int, form: AnswerForm, refused: str = "", status: int = 200
) -> Response:  # fmt: skip
    """A request with what the gate knows of that day."""
    by = viewer()
    found = the_request(make_up_id, by)
    try:
        row = queries.person(found.shift_id, found.volunteer_id)
    except NotFound:
        row = None
    whole = Deciding(found, row, habit(found.asked_by, by), this_phone(), by.id)
    return page("oversight/make_up.html", status, made=whole, form=form, refused=refused,
                words=wording)  # fmt: skip


def decided(make_up_id: int, decide: Callable[[], str]) -> ResponseReturnValue:
    """Decide, and go back to the list; a refusal is shown on the request's own page."""
    try:
        said = decide()
    except NotFound:
        raise
    except Refusal as refusal:
        return deciding(make_up_id, AnswerForm.blank(), str(refusal), refusal.status)
    flash(said, "done")
    return go_to(DESK)
