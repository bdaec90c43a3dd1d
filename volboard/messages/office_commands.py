"""What a person says about a delivery: it came, send it again, I called, nobody answered."""

from typing import Any

from sqlalchemy import update

from volboard.accounts.commands import record_phone_view
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.messages.call_queries import call
from volboard.messages.channels import Channel
from volboard.messages.errors import AlreadySettled, TooLateToTell
from volboard.messages.models import Delivery
from volboard.messages.office_queries import managed_message

UNSETTLED = ("unsure", "failed")
CALLS = "/organize/calls"


def send_again(delivery_id: int, by: Viewer) -> None:
    """Let an unsure or failed one go out once more; raises AlreadySettled, TooLateToTell.

    The gateway gets the same key, so one that knows keys does not send it twice.
    """
    now = clock.now()
    with transaction():
        message = managed_message(delivery_id, by)
        if message.dropped_at or (message.expires_at and message.expires_at <= now):
            raise TooLateToTell
        _settle(delivery_id, state="waiting", next_at=now, ended_at=None, ended_by=None)


def say_delivered(delivery_id: int, by: Viewer) -> None:
    """Write that an unsure or failed one reached the person all the same; raises AlreadySettled."""
    with transaction():
        managed_message(delivery_id, by)
        _settle(delivery_id, state="delivered", ended_at=clock.now(), ended_by=by.id)


def say_called(delivery_id: int, by: Viewer) -> None:
    """Write that somebody was told by telephone; raises AlreadySettled."""
    with transaction():
        managed_message(delivery_id, by)
        _call_ended(delivery_id, state="delivered", ended_at=clock.now(), ended_by=by.id)


def say_not_reached(delivery_id: int, by: Viewer) -> None:
    """Write that nobody answered; the call goes to the end of the list. Raises AlreadySettled."""
    with transaction():
        managed_message(delivery_id, by)
        _call_ended(delivery_id, attempts=Delivery.attempts + 1, next_at=clock.now(),
                    fault="not_reached")  # fmt: skip


def show_phone(delivery_id: int, by: Viewer) -> str:
    """The full number of somebody on the list to call, as people dial it; who looked is kept.

    Raises NotFound for whoever is not on it.
    """
    with transaction():
        return record_phone_view(call(delivery_id, by).account_id, by.id, CALLS)


def _settle(delivery_id: int, **values: Any) -> None:
    _change(delivery_id, Delivery.state.in_(UNSETTLED), **values)


def _call_ended(delivery_id: int, **values: Any) -> None:
    d = Delivery
    _change(delivery_id, (d.state == "waiting") & (d.channel == Channel.TELEPHONE), **values)


def _change(delivery_id: int, still: Any, **values: Any) -> None:
    """Change the row if it still is so: two who press at once are one."""
    done = db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, still)
        .values(**values)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        raise AlreadySettled
