"""What people and programs type who mean harm, or whose phone does."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.support.browser import Page, Visitor, fields
from volboard.core.security import limiter

TEXTS = {
    "empty": "",
    "blank": "   \u3000 ",
    "endless": "长" * 10_000,
    "NUL": "王\x00芳",
    "line break": "王\r\nSet-Cookie: a=b",
    "emoji": "👨‍👩‍👧‍👦" * 9,
    "script": "<script>alert(1)</script>",
    "template": "{{7*7}}{%for x in y%}",
    "format": "%(x)s %s {0.__class__}",
    "sql": "' OR 1=1 --",
    "right to left": "\u202e13922223333\u202c",
    "zero width": "\u200b\ufeff",
    "full width": "１３９２２２２３３３３",
}
"""Name to text. None of them may be answered with a 500, and none may run."""

BROKEN = {"GBK": b"\xcd\xf5", "half a pair": b"\xed\xa0\x80", "no letter": b"\xff\xfe"}
"""Bytes that are no UTF-8: each is refused with a sentence, wherever it stands."""

REDIRECTS = (
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example",
    "////evil.example/%2e%2e", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
    "/%09/evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hi", "vbscript:x",
    "//evil.example\\@localhost/", "https://localhost@evil.example/", "//localhost:80@evil.example",
    "https://localhost.evil.example/", "//[::1]/", "http://[::1", "?next=//evil.example",
    "evil.example", ".evil.example", "/\x00/evil.example", "//％65vil.example", "//evil。example",
    "/" + "x" * 5000 + "\\", "\u2028//evil.example",
)  # fmt: skip
"""What an attacker hangs on `next`; all of them must end on this site."""

EXTRA = {
    "id": "6", "account_id": "6", "role": "admin", "is_admin": "1", "community_id": "2",
    "verified_at": "2026-01-01", "verified_by": "1", "session_version": "99", "is_self": "1",
    "minutes": "9999", "password_hash": "x", "code_hash": "x", "initials": "zzz",
}  # fmt: skip
"""Fields that no form has: columns that must stay as they are."""


class Attack(NamedTuple):
    """One hostile text in one field, and the answer."""

    field: str
    kind: str
    answer: Page


def attacked(
    visitor: Visitor, url: str, button: str, good: dict[str, str], leave: str = ""
) -> Iterator[Attack]:
    """Send the form of `button` on `url` once for each field and hostile text, the rest good.

    Also with fields that no form has. The field `leave` stays good; the limits are forgotten
    before each attempt.
    """
    form = visitor.open(url).form(button, "main")
    data = fields(form, form.select("button")[0]) | good | EXTRA
    for field in [name for name in good if name != leave]:
        for kind, text in TEXTS.items():
            limiter.reset()
            sent: dict[str, object] = {**data, field: text}
            answer = visitor.post(str(form["action"]), sent)
            assert answer.status in (200, 422, 409), f"{field} = {kind}: {answer.status}"
            assert not answer.soup.select("main script"), f"{field} = {kind} runs"
            yield Attack(field, kind, answer)
        for kind, raw in BROKEN.items():
            answer = visitor.post(str(form["action"]), {**data, field: raw})
            assert answer.status == 400, f"{field} = {kind}: {answer.status}"
            assert answer.text("h1") == "文字坏了"
