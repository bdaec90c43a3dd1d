"""Everything about me: what I agreed to, who looked at my number, and a copy at once."""

import json
from dataclasses import asdict

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts import commands as accounts
from volboard.accounts.rules import ConsentKind
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.security import limiter
from volboard.core.web import go_to, page
from volboard.rights import wording
from volboard.rights.blueprint import bp
from volboard.rights.export_queries import copy_of
from volboard.rights.queries import doors_of, looks_at, own_consents
from volboard.rights.workbook import workbook

DATA = "/me/data"
JSON_TYPE = "application/json; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
copies = limiter.limit("10/minute; 60/hour", key_func=lambda: f"copy {viewer().id}")


@bp.get(DATA, access=Access.SIGNED_IN)
def show_data() -> ResponseReturnValue:
    mine = viewer().id
    return page("rights/data.html", people=own_consents(mine), looks=looks_at(mine),
                doors=doors_of(mine), words=wording, kinds=ConsentKind)  # fmt: skip


@bp.get("/me/data.json", access=Access.SIGNED_IN)
@copies
def download_json() -> ResponseReturnValue:
    """PIPL art. 45: a copy, at once, in a form that other programs read."""
    copy = asdict(copy_of(viewer().id))
    text = json.dumps(copy, ensure_ascii=False, indent=1, default=str)
    return _file(text.encode(), "json", JSON_TYPE)


@bp.get("/me/data.xlsx", access=Access.SIGNED_IN)
@copies
def download_workbook() -> ResponseReturnValue:
    return _file(workbook(copy_of(viewer().id)), "xlsx", XLSX_TYPE)


@bp.post("/me/data/<id:volunteer_id>/consents/<kind>", access=Access.SIGNED_IN)
def give_consent(volunteer_id: int, kind: str) -> ResponseReturnValue:
    accounts.give_consent(volunteer_id, known_kind(kind), viewer().id)
    flash(_("记下了。以后随时可以收回。"), "done")
    return go_to(DATA)


@bp.post("/me/data/<id:volunteer_id>/consents/<kind>/withdraw", access=Access.SIGNED_IN)
def withdraw_consent(volunteer_id: int, kind: str) -> ResponseReturnValue:
    accounts.withdraw_consent(volunteer_id, known_kind(kind), viewer().id)
    flash(_("收回了，从现在起不再这样用。"), "done")
    return go_to(DATA)


@bp.post("/me/data/notice", access=Access.SIGNED_IN)
def agree_anew() -> ResponseReturnValue:
    """Agree to the notice as it reads today, for the whole household."""
    accounts.agree_anew(viewer().id)
    flash(_("记下了。"), "done")
    return go_to(DATA)


def known_kind(kind: str) -> ConsentKind:
    """The kind of consent in an address; raises NotFound."""
    if kind not in list(ConsentKind):
        raise NotFound
    return ConsentKind(kind)


def _file(content: bytes, ending: str, kind: str) -> Response:
    answer = Response(content, content_type=kind)
    name = f"{_('我的信息')}-{clock.today().isoformat()}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
