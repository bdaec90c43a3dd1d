"""A proof to read, to print, and to keep as a picture."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from volboard.certificates import printing
from volboard.certificates.blueprint import bp
from volboard.certificates.errors import Revoked, Unprintable
from volboard.certificates.queries import Proof, find
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.qr import absolute, code
from volboard.core.security import limiter
from volboard.core.web import number_in, page

UNFIT = re.compile(r"[^\w·-]+")
MOST_PAGES = 999
per_account = limiter.limit("20/minute", key_func=lambda: f"account {viewer().id}")


@dataclass(frozen=True)
class ProofPage:
    """What `/certificates/<number>` shows."""

    proof: Proof
    url: str
    code: Markup
    is_corrected: bool
    can_print: bool


@bp.get("/certificates/<number>", access=Access.SIGNED_IN)
def show_proof(number: str) -> ResponseReturnValue:
    """The proof, for its household and the community's organizers."""
    proof = find(number, viewer())
    url = _url(proof)
    return page("certificates/proof.html", sheet=ProofPage(
        proof, url, code(url), proof.is_corrected, printing.can_print()
    ))  # fmt: skip


@bp.get("/certificates/<number>.pdf", access=Access.SIGNED_IN)
@per_account
def send_pdf(number: str) -> ResponseReturnValue:
    """The proof on A4; raises Revoked, Unprintable."""
    proof = _printable(number)
    return _file(proof, printing.pdf(proof, _url(proof)), "pdf")


@bp.get("/certificates/<number>.png", access=Access.SIGNED_IN)
@per_account
def send_picture(number: str) -> ResponseReturnValue:
    """One page of the proof as a picture, to be pressed long in a chat; `page` from 1."""
    asked = number_in(request.args.get("page", "1"))
    proof = _printable(number)
    pages = printing.pictures(proof, _url(proof)) if 1 <= asked <= MOST_PAGES else ()
    if not 1 <= asked <= len(pages):
        raise NotFound
    return _file(proof, pages[asked - 1], "png")


def _printable(number: str) -> Proof:
    proof = find(number, viewer())
    if proof.revoked_at is not None:
        raise Revoked
    if not printing.can_print():
        raise Unprintable
    return proof


def _url(proof: Proof) -> str:
    return absolute(request, f"/verify/{proof.code}")


def _file(proof: Proof, content: bytes, kind: str) -> Response:
    """The file under a name in Chinese, and in ASCII for those who cannot read it (RFC 6266)."""
    title = _("志愿服务记录证明")
    name = UNFIT.sub("_", f"{title}-{proof.facts.name}-{proof.number}") + f".{kind}"
    types = {"pdf": "application/pdf", "png": "image/png"}
    response = Response(content, mimetype=types[kind])
    response.headers["Content-Disposition"] = (
        f'inline; filename="certificate-{proof.number}.{kind}"; '
        f"filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
