"""What does not differ from app to app, made once a worker: every test has an app of its own."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Keeps what Jinja made of each source; another source, or another name, is another one."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self.codes[bucket.key, bucket.checksum] = bucket.code


def compile_templates_once() -> None:
    """Give each application that is made from here on the same compiled templates."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}


def compile_routes_once() -> None:
    """Let Werkzeug write the function that builds an address once for each rule: it takes the
    rule as its first argument, and is two thirds of the time that an app takes to make."""
    compile_builder: Callable[..., Any] = Rule._compile_builder
    known: dict[tuple[str, bool, str], Any] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, append_unknown, repr(rule.defaults))
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule._compile_builder = compile_once  # type: ignore[assignment, method-assign]
