"""Which language a part of a page is in: what neighbours wrote in Chinese on an English page.

A screen reader speaks each part with the voice of its language (WCAG 2.2, 3.1.2). Every Chinese
word of an English page is somebody's own word or one that the page explains, so they are found
where the page is finished, and no template has to think of it.
"""

import re

from flask import Flask, Response

from volboard.core.i18n import language

HAN = "\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BETWEEN = "*\u3000-\u303f\ufe30-\ufe4f\uff00-\uffef“”‘’…—–·0-9 "
OPENING = "“‘\uff08\u3008\u300a\u300c\u300e\u3010"
CHINESE = re.compile(
    f"[{OPENING}]*[{HAN}](?:[{HAN}{BETWEEN}]*[{HAN}\u3000-\u303f\uff00-\uffef”’])?"
)
PIECES = re.compile(
    r"<(script|style|title|textarea|option|svg|template)\b.*?</\1\s*>"  # takes no element inside
    r"|<!--.*?-->"
    r"""|<(?:[^<>"']|"[^"]*"|'[^']*')*>"""
    r"|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
MARKED = r'<span lang="zh-CN">\g<0></span>'


def parts_told(html: str) -> str:
    """The page with every run of Chinese in its text marked as such; the text stays the same.

    A text of both languages stays one box in a row of boxes: it gets a box around the runs.
    """
    return PIECES.sub(_told, html)


def _told(piece: re.Match[str]) -> str:
    text = piece["text"]
    if not text or not CHINESE.search(text):
        return piece[0]
    words = text.strip()
    marked = CHINESE.sub(MARKED, words)
    if not CHINESE.fullmatch(words):
        marked = f"<span>{marked}</span>"
    before = text[: len(text) - len(text.lstrip())]
    return f"{before}{marked}{text[len(before) + len(words) :]}"


def init_app(app: Flask) -> None:
    """Mark the parts of each English page; after what compresses it and keeps it is there."""
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    is_page = response.mimetype == "text/html" and not response.is_streamed
    if is_page and language() == "en":
        response.set_data(parts_told(response.get_data(as_text=True)))
    return response
