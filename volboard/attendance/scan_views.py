"""What the gate's page fetches and sends by itself, for when the network goes."""

from hashlib import sha256

from flask import Response, jsonify, request
from flask_babel import gettext as _

from volboard.attendance import queries
from volboard.attendance.blueprint import bp
from volboard.attendance.gate_page import device
from volboard.attendance.rules import EARLY
from volboard.attendance.scan_forms import MOST_SCANS, nonce_of, read_scan
from volboard.attendance.scan_queries import Expected, expected
from volboard.attendance.scan_results import ScanResult
from volboard.attendance.scans import take_scan
from volboard.core import clock, formats
from volboard.core.access import Access, Viewer, viewer

SHIFT = "/organize/shifts/<id:shift_id>"
CODE_DIGITS = 32


@bp.get(f"{SHIFT}/gate/offline.json", access=Access.ORGANIZER)
def offline(shift_id: int) -> Response:
    by = viewer()
    managed = queries.gate(shift_id, by)
    shift = managed.shift
    return jsonify(
        shift={
            "id": shift.id,
            "title": shift.title,
            "event": managed.event.title,
            "starts_at": shift.starts_at.isoformat(),
            "ends_at": shift.ends_at.isoformat(),
            "opens_at": (shift.starts_at - EARLY).isoformat(),
        },
        account=by.id,
        now=now(),
        people=[as_listed(person, by) for person in expected(shift_id)],
    )


@bp.post(f"{SHIFT}/scans", access=Access.ORGANIZER)
def scans(shift_id: int) -> tuple[Response, int]:
    by, phone = viewer(), device(request.user_agent)
    queries.gate(shift_id, by)
    body = sent_body()
    sent = body.get("scans")
    if not isinstance(sent, list) or len(sent) > MOST_SCANS:
        return jsonify(sentence=_("这一批看不懂，没有存。请重新打开签到页。")), 422
    if body.get("account") != by.id:
        return jsonify(sentence=_("这些是另一个账号登记的。请用那个账号登录，再发。")), 409
    results = [as_told(taken(shift_id, one, by, phone)) for one in sent]
    return jsonify(now=now(), results=results), 200


def sent_body() -> dict[str, object]:
    """What was sent; empty for what is no JSON object, or is nested too deep to be read."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        return {}
    return body if isinstance(body, dict) else {}


def taken(shift_id: int, sent: object, by: Viewer, phone: str) -> ScanResult:
    """What came of one press as it was sent."""
    scan = read_scan(sent)
    if scan is None:
        return ScanResult(nonce_of(sent), "refused", _("这一条看不懂，没有存。请重新登记。"), None)
    return take_scan(shift_id, scan, by, phone)


def as_listed(person: Expected, by: Viewer) -> dict[str, object]:
    """A person as the phone keeps them: nothing that says who it is to whoever finds the phone."""
    since = person.since
    return {
        "id": person.volunteer_id,
        "name": formats.masked_name(person.name),
        "last4": formats.last_digits(person.phone),
        "initials": person.initials,
        "code": sha256(person.code.encode()).hexdigest()[:CODE_DIGITS],
        "place": person.place,
        "state": person.state if person.is_here else None,
        "since": formats.clock_time(since) if since else None,
        "own": person.account_id == by.id,
    }


def as_told(result: ScanResult) -> dict[str, object]:
    return {"nonce": result.nonce, "outcome": result.outcome, "sentence": result.sentence,
            "volunteer": result.volunteer_id}  # fmt: skip


def now() -> str:
    """The server's time, to the millisecond, from which the phone knows how wrong its own is."""
    return clock.now().isoformat(timespec="milliseconds")
