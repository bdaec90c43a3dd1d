"""Static files: joined, named by their content, compressed once, and kept for a year."""

import base64
import hashlib
import importlib.util
import os
import re
from functools import cache, partial
from pathlib import Path

import brotli
from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

from volboard.config import ROOT

FIRST_SHEET, REST_SHEET = "css/first.css", "css/rest.css"
SHEETS = {
    FIRST_SHEET: ("tokens", "base", "frame", "board"),
    REST_SHEET: ("layout", "components", "pages", "print"),
}
"""What the first screen of the board needs, and all other rules; each of them in one of the two."""
TEXT = {".css", ".js", ".svg", ".webmanifest"}
YEAR = 365 * 24 * 3600


def sources() -> dict[str, bytes]:
    """Every static file by its public name; the style sheets are joined into two."""
    static = ROOT / "static"
    files = {
        str(path.relative_to(static)): path.read_bytes()
        for path in sorted(static.rglob("*"))
        if path.is_file() and path.suffix != ".css" and not path.name.startswith(".")
    }
    files |= {sheet: styles(sheet) for sheet in SHEETS}
    files["js/htmx.min.js"] = htmx_file().read_bytes()
    return files


@cache
def styles(sheet: str) -> bytes:
    """One of `SHEETS` as it is sent, in a file or inside a page."""
    parts = (ROOT / f"static/css/{name}.css" for name in SHEETS[sheet])
    return squeezed(b"".join(part.read_bytes() for part in parts))


def styles_hash() -> str:
    """The first sheet's source expression: a page that holds its very bytes may apply them."""
    digest = hashlib.sha256(styles(FIRST_SHEET)).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def squeezed(css: bytes) -> bytes:
    """The style sheet without its comments, line breaks and the spaces around signs."""
    lines = re.sub(rb"\s+", b" ", re.sub(rb"/\*.*?\*/", b"", css, flags=re.DOTALL))
    lines = re.sub(rb" ?([{};,]) ?", rb"\1", lines)
    return re.sub(rb"([{;(][\w-]+): ", rb"\1:", lines).replace(b";}", b"}")


def htmx_file() -> Path:
    """The official htmx, as the django-htmx package ships it (Django itself is not needed)."""
    spec = importlib.util.find_spec("django_htmx")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("django-htmx, which carries htmx, is not installed")
    return Path(spec.submodule_search_locations[0]) / "static/django_htmx/htmx-2.min.js"


def fingerprinted(name: str, content: bytes) -> str:
    """The file's name with twelve hex digits of its content in it."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"


@cache
def compressed(content: bytes) -> bytes:
    """The smallest brotli form; a tenth of a second for htmx, so it is made once a process."""
    return bytes(brotli.compress(content))


def build(folder: Path) -> dict[str, str]:
    """Write what is missing into `folder`; answers public name to fingerprinted name."""
    manifest = {}
    for name, content in sources().items():
        manifest[name] = fingerprinted(name, content)
        target = folder / manifest[name]
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.suffix in TEXT:
                _place(target.with_name(target.name + ".br"), compressed(content))
            _place(target, content)
    return manifest


def _place(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, for other workers may be looking."""
    passing = target.with_name(f"{target.name}.{os.getpid()}")
    passing.write_bytes(content)
    passing.replace(target)


def init_app(app: Flask, instance: Path) -> None:
    """Serve `/static/…` in front of Flask; templates get `static_url(name)` and `first_styles`."""
    folder = instance / "static"
    urls = {name: f"/static/{public}" for name, public in build(folder).items()}
    app.jinja_env.globals["static_url"] = partial(dict.__getitem__, urls)
    own = styles(FIRST_SHEET).decode()
    app.jinja_env.globals["first_styles"] = Markup(own)  # noqa: S704 - our own file
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=YEAR,
        immutable_file_test=lambda path, url: True,
    )
