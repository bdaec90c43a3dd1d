"""What belongs to no slice: whether we are well."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from volboard.core.access import Access, GuardedBlueprint
from volboard.core.db import db

bp = GuardedBlueprint("core", __name__)


@bp.get("/healthz", access=Access.PUBLIC)
def healthz() -> ResponseReturnValue:
    """200 when the database answers; 503 by the busy page otherwise."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", database=db.engine.dialect.name)
