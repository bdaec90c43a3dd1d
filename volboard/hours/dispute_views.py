"""Disputing a line of one's own ledger; the organizers' list of disputes, and the answer."""

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.hours import dispute_commands as commands
from volboard.hours import dispute_wording as wording
from volboard.hours import times_wording
from volboard.hours.blueprint import bp
from volboard.hours.dispute_desk_queries import DisputeRow, dispute, dispute_desk
from volboard.hours.dispute_errors import AlreadyDisputed, OwnDispute, TooManyDisputes
from volboard.hours.dispute_forms import AnswerForm, DisputeForm
from volboard.hours.dispute_queries import OwnLine, disputable

LINE, DESK = "/me/hours/<id:entry_id>/dispute", "/organize/disputes"


@bp.get(LINE, access=Access.SIGNED_IN)
def show_dispute_form(entry_id: int) -> ResponseReturnValue:
    line = disputable(entry_id, viewer())
    return dispute_page(line, DisputeForm.blank().offer(line, request.args.get("claim", "")))


@bp.post(LINE, access=Access.SIGNED_IN)
def open_dispute(entry_id: int) -> ResponseReturnValue:
    line = disputable(entry_id, viewer())
    form = DisputeForm().offer(line)
    if not form.is_right():
        return dispute_page(line, form, 422)
    try:
        commands.open_dispute(entry_id, form["claim"].data, form.text("words"), viewer())
    except (AlreadyDisputed, TooManyDisputes) as refusal:
        form.form_errors.append(str(refusal))
        return dispute_page(line, form, 422)
    flash(_("提上去了。组织者必须答复，答复会写在这一条旁边。"), "done")
    return go_to(hours_url(line))


@bp.get(DESK, access=Access.ORGANIZER)
def show_disputes() -> ResponseReturnValue:
    return page("hours/disputes.html", desk=dispute_desk(viewer()), words=wording)


@bp.get(DESK + "/<id:dispute_id>", access=Access.ORGANIZER)
def show_dispute(dispute_id: int) -> ResponseReturnValue:
    return answer_page(dispute(dispute_id, viewer()), AnswerForm.blank())


@bp.post(DESK + "/<id:dispute_id>", access=Access.ORGANIZER)
def answer_dispute(dispute_id: int) -> ResponseReturnValue:
    found, form = dispute(dispute_id, viewer()), AnswerForm()
    if not form.is_right():
        return answer_page(found, form, 422)
    commands.answer_dispute(dispute_id, form.text("words"), viewer())
    flash(_("答复了，本人会在那一条旁边看到。"), "done")
    return go_to(DESK)


@bp.post(DESK + "/<id:dispute_id>/take-back", access=Access.ORGANIZER)
def take_back(dispute_id: int) -> ResponseReturnValue:
    found, form = dispute(dispute_id, viewer()), AnswerForm()
    if not form.is_right():
        return answer_page(found, form, 422)
    try:
        commands.take_back(dispute_id, form.text("words"), viewer())
    except OwnDispute as refusal:
        form.form_errors.append(str(refusal))
        return answer_page(found, form, 422)
    flash(_("这一条全部冲正了，答复也写上了。"), "done")
    return go_to(DESK)


def hours_url(line: OwnLine) -> str:
    """The ledger that the line stands in."""
    return "/me/hours" if line.is_self else f"/me/hours?person={line.volunteer_id}"


def dispute_page(line: OwnLine, form: DisputeForm, status: int = 200) -> Response:
    """The line, and the form beside it."""
    back = hours_url(line)
    return page("hours/dispute_line.html", status, line=line, form=form, back=back,
                times=times_wording)  # fmt: skip


def answer_page(found: DisputeRow, form: AnswerForm, status: int = 200) -> Response:
    """What was said, the line as it stands, and the form for the answer."""
    is_own = found.account_id == viewer().id
    return page("hours/dispute.html", status, found=found, form=form, is_own=is_own, words=wording,
                times=times_wording)  # fmt: skip
