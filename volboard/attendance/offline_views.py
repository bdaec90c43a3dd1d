"""What the gate needs without a network: its service worker, an empty gate, and a knock."""

import hashlib

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from volboard.attendance.blueprint import bp
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.formats import masked_name
from volboard.core.web import page

SHELL = "attendance/offline.html"


@bp.get("/organize/gate-worker.js", access=Access.PUBLIC)
def worker() -> ResponseReturnValue:
    """The service worker, other bytes for another gate, language or text size.

    Open to all, as the page that it keeps: a worker that looks for its successor after a
    sign-out must find it, and neither holds anything of a person.
    """
    version = "gate-" + hashlib.sha256(render_template(SHELL).encode()).hexdigest()[:12]
    script = render_template("attendance/offline_worker.js", version=version)
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/organize/offline", access=Access.PUBLIC)
def kept_gate() -> ResponseReturnValue:
    """The gate without a shift and without a person, for the worker to keep."""
    return page(SHELL)


@bp.get("/organize/offline/hello.json", access=Access.ORGANIZER)
def hello() -> ResponseReturnValue:
    """Who is signed in on this phone, what time it is, and the token for what waits there."""
    return jsonify(
        account=viewer().id,
        name=masked_name(viewer().name),
        now=clock.now().isoformat(),
        csrf=generate_csrf(),
    )
