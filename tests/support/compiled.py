"""What does not differ from app to app, made once a worker: every test has an app of its own."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

BUILDERS = ("_build", "_build_unknown")
OF_A_RULE = ("_parts", "_trace", "_converters", "arguments", *BUILDERS)


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
    """Let Werkzeug read each rule once: what it makes of it is the same in every application, and
    is most of the time that one takes to make."""
    compile_rule: Callable[[Rule], None] = Rule.compile
    known: dict[tuple[str, str, Any], dict[str, Any]] = {}

    def compile_once(rule: Rule) -> None:
        assert rule.map is not None
        key = (rule.rule, repr(rule.defaults), rule.map.converters.get("id"))
        if key not in known:
            compile_rule(rule)
            known[key] = {name: getattr(rule, name) for name in OF_A_RULE}
        vars(rule).update(known[key], arguments=set(known[key]["arguments"]))
        for name in BUILDERS:
            setattr(rule, name, known[key][name].__func__.__get__(rule))

    Rule.compile = compile_once  # type: ignore[assignment, method-assign]


def compile_statements_once() -> None:
    """Let all databases of an engine share the text of each statement, which SQLAlchemy keeps by
    the dialect, and each database has a dialect of its own."""
    make: Callable[..., Engine] = SQLAlchemy._make_engine
    known: dict[str, LRUCache[Any, Any]] = {}

    def make_alike(*arguments: Any) -> Engine:
        engine = make(*arguments)
        engine._compiled_cache = known.setdefault(engine.name, LRUCache(5000))
        return engine

    SQLAlchemy._make_engine = make_alike  # type: ignore[assignment, method-assign]
    by_kind = {
        "__hash__": lambda dialect: hash(type(dialect)),
        "__eq__": lambda dialect, other: type(dialect) is type(other),
    }
    for name, does in by_kind.items():
        setattr(DefaultDialect, name, does)
