"""What the outbox holds for somebody; needs an app context."""

from sqlalchemy import select

from tests.support.cast import Person
from volboard.core.db import db
from volboard.messages.models import Message
from volboard.messages.wording import facts_of, sentence


def told(person: Person | None) -> list[str]:
    """The kinds of what this person is told and is still true, in order; none: the groups."""
    return [kind for kind, _facts in _rows(person)]


def words_to(person: Person | None) -> list[str]:
    """The sentences that this person is told."""
    return [sentence(kind, facts_of(facts)) for kind, facts in _rows(person)]


def _rows(person: Person | None) -> list[tuple[str, str]]:
    db.session.rollback()
    m, account_id = Message, person.id if person else None
    rows = db.session.execute(
        select(m.kind, m.facts).where(m.account_id == account_id, m.dropped_at.is_(None))
        .order_by(m.id)
    )  # fmt: skip
    return [(row.kind, row.facts) for row in rows]
