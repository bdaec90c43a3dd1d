"""The events that name somebody who is deleted as the one to ask."""

from sqlalchemy import func, select, update

from volboard.accounts.leaving import Leaving
from volboard.communities.models import Community
from volboard.core.db import db
from volboard.events.models import Event

DESK = "社区服务台"


def forget(leaving: Leaving) -> None:
    """Let the community's desk be asked instead; inside the caller's transaction."""
    if leaving.skips_account:
        return
    e, digits = Event, leaving.phone.removeprefix("+86")
    typed = func.replace(func.replace(e.contact_phone, " ", ""), "-", "")
    desk = select(Community.phone).where(Community.id == e.community_id).scalar_subquery()
    own = e.contact_name.in_(leaving.names) & (e.created_by == leaving.account_id)
    asked = update(e).where(typed.contains(digits) | own)
    db.session.execute(
        asked.values(contact_name=DESK, contact_phone=desk).execution_options(
            synchronize_session=False
        )
    )
