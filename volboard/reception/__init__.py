"""Takes requests from granian: what people send is read before a thread is given (ADR 37).

granian --interface rsgi --factory volboard.reception:served
"""

import os

from volboard.app import create_app
from volboard.core import parents
from volboard.reception.desk import Desk


def served() -> Desk:
    """The product, in a worker of granian, which ends when its master does."""
    parents.end_with(os.getppid())
    app = create_app()
    is_sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    return Desk(app, looks_itself=is_sqlite and app.extensions["settings"].front_cache)
