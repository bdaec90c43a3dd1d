"""Parts of an Excel file, element by element, with a limit and without entities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers.expat import ParserCreate, XMLParserType

from volboard.rosters.archives import Archive
from volboard.rosters.errors import Packed
from volboard.rosters.rules import MOST_ELEMENTS

CHUNK = 64 * 1024
Begin = Callable[[Mapping[str, str]], None]
Start = Callable[[str, Mapping[str, str]], None]


@dataclass
class Handler:
    """What is done where an element of a name begins and ends; whose text is read."""

    starts: dict[str, Begin]
    ends: dict[str, Callable[[], None]] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    words: list[str] = field(default_factory=list)
    """The text collected so far."""


@dataclass
class Budget:
    """How many elements may still come, over all parts of a file."""

    left: int = MOST_ELEMENTS


def walk(archive: Archive, path: str, handler: Handler, budget: Budget) -> None:
    """Read a part from beginning to end without keeping it (docs/adr/0030).

    Raises Packed over the budget, and for a document type: only that can define entities, and no
    spreadsheet writes one.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _start(parser, handler, budget)
    parser.EndElementHandler = _end(parser, handler)
    parser.StartDoctypeDeclHandler = _refuse_entities
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _start(parser: XMLParserType, handler: Handler, budget: Budget) -> Start:
    starts, texts, collect = handler.starts, handler.texts, handler.words.append

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        budget.left -= 1
        if budget.left < 0:
            raise Packed
        name = tag.rpartition(":")[2]
        if name in starts:
            starts[name](attributes)
        if name in texts:
            parser.CharacterDataHandler = collect

    return start


def _end(parser: XMLParserType, handler: Handler) -> Callable[[str], None]:
    ends, texts = handler.ends, handler.texts

    def end(tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in texts:
            parser.CharacterDataHandler = None
        if name in ends:
            ends[name]()

    return end


def _refuse_entities(*_declaration: Any) -> NoReturn:
    raise Packed
