"""What a worker does with one delivery: take it, say it in words, hand it over, write it down."""

from collections.abc import Mapping
from contextlib import suppress
from time import perf_counter

from flask import current_app

from volboard.config import Settings
from volboard.core.logs import log
from volboard.messages import gateways, mail, taking, wording
from volboard.messages.channels import Channel
from volboard.messages.resting import Rests
from volboard.messages.sending import Letter, NoAnswer, NotTaken, Refused, Sender, Unreachable
from volboard.messages.taking import Taken

rests = Rests()
"""Which gateways this process leaves alone for the moment."""


def senders(settings: Settings) -> Mapping[Channel, Sender]:
    """How each way out is walked in this installation; a way that is not set up is not there."""
    found = {Channel.GROUP: gateways.robots(settings.robots)}
    if settings.webhook_url:
        found[Channel.WEBHOOK] = gateways.webhook(settings.webhook_url, settings.webhook_key)
    if settings.smtp_url:
        found[Channel.EMAIL] = mail.mail(settings.smtp_url, settings.mail_from)
    return found


def due(limit: int) -> tuple[int, ...]:
    """The ids of what should go out now, without the gateways that are left alone."""
    return taking.due(limit, rests.now())


def deliver(delivery_id: int) -> None:
    """Bring one delivery as far as it goes now, at most once to its gateway.

    The log has ids and states, and never a word, a name, a number or an address.
    """
    began = perf_counter()
    if not rests.lets_in(taking.channel_of(delivery_id)):
        return
    taken = taking.take(delivery_id)
    if taken is None:
        return
    state, fault = handed_over(taken)
    log.info("delivery", delivery=delivery_id, channel=taken.channel, attempt=taken.attempts,
             state=state, fault=fault, ms=round((perf_counter() - began) * 1000, 1))  # fmt: skip


def handed_over(taken: Taken) -> tuple[str, str]:
    """Hand it to its gateway and write what came of it; answers the state, and why."""
    try:
        send(taken)
    except NotTaken as fault:
        rests.missed(taken.channel, isinstance(fault, Unreachable))
        return taking.put_back(taken, fault.code), fault.code
    except Refused as fault:
        rests.reached(taken.channel)
        return ended(taken, "failed", fault.code)
    except NoAnswer as fault:
        rests.missed(taken.channel, True)
        return ended(taken, "unsure", fault.code)
    except Exception:
        rests.missed(taken.channel, True)
        return ended(taken, "unsure", "no_answer")
    rests.reached(taken.channel)
    return ended(taken, "delivered")


def send(taken: Taken) -> None:
    """Make the words and hand them over; raises as a sender does."""
    settings: Settings = current_app.extensions["settings"]
    sender = senders(settings).get(taken.channel)
    if sender is None:
        raise Refused("not_set_up")
    sender(letter(taken, settings.base_url))


def letter(taken: Taken, base_url: str) -> Letter:
    """The message in words; raises Refused where none can be made, for nothing was sent yet."""
    with suppress(ValueError, KeyError, TypeError), wording.in_language(taken.language):
        words = wording.sentence(taken.kind, wording.facts_of(taken.facts), taken.template)
        link = f"{base_url}{taken.path}" if base_url and taken.path else ""
        title = f"{taken.community_name}：{wording.TITLES[taken.kind]}"
        return Letter(taken.key, taken.kind, taken.channel, "\n".join(filter(None, (words, link))),
                      title, taken.language or "zh", taken.phone, taken.email,
                      taken.community)  # fmt: skip
    raise Refused("no_words")


def ended(taken: Taken, state: str, fault: str = "") -> tuple[str, str]:
    """Write the end of it, and answer it for the log."""
    taking.end(taken, state, fault)
    return state, fault
