"""What belongs to no slice: whether we are well."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from volboard.core.access import Access, GuardedBlueprint
from volboard.core.db import db
from volboard.core.site import SiteFact

bp = GuardedBlueprint("core", __name__)


@bp.get("/healthz", access=Access.PUBLIC)
def healthz() -> ResponseReturnValue:
    """200 when the database answers and is ours; 503 by its page otherwise."""
    db.session.execute(select(SiteFact.name).limit(1))
    return jsonify(status="ok", database=db.engine.dialect.name)
