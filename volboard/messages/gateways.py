"""Over HTTP: a gateway that brings words to a telephone number, and robots of chat groups."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from volboard.core import clock
from volboard.messages.posting import as_json, post
from volboard.messages.sending import Letter, NotTaken, Refused, Sender, public_key


def webhook(url: str, secret: str) -> Sender:
    """Posts each letter to the one gateway of this installation, signed where a key is set."""

    def send(letter: Letter) -> None:
        if not letter.phone:
            raise Refused("no_address")
        body = as_json(
            {"key": public_key(letter.key), "kind": letter.kind, "phone": letter.phone,
             "text": letter.words, "language": letter.language}
        )  # fmt: skip
        post(url, body, {"Idempotency-Key": public_key(letter.key), **signature(secret, body)})

    return send


def signature(secret: str, body: bytes) -> dict[str, str]:
    """The headers by which a gateway knows that a post is ours, and how old it is.

    HMAC-SHA256 over the seconds since 1970, a dot, and the body.
    """
    if not secret:
        return {}
    at = str(int(clock.now().timestamp()))
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Volboard-Timestamp": at, "X-Volboard-Signature": f"sha256={digest}"}


def robots(addresses: Mapping[str, str]) -> Sender:
    """Posts each letter to the robot of its community's group, as WeCom and DingTalk read it."""

    def send(letter: Letter) -> None:
        url = addresses.get(letter.community)
        if url is None:
            raise Refused("not_set_up")
        answer = post(url, as_json({"msgtype": "text", "text": {"content": letter.words}}), {})
        if code := errcode(answer.body):
            raise NotTaken(f"robot_{code}")

    return send


def errcode(body: bytes) -> int:
    """What a robot says went wrong, for it answers 200 to everything; 0 where it says nothing."""
    try:
        found = json.loads(body)
    except ValueError:
        return 0
    code = found.get("errcode", 0) if isinstance(found, dict) else 0
    return code if isinstance(code, int) else 0
