"""What is looked at before anything in an Excel file is unpacked."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from volboard.rosters.errors import Encrypted, HasLinks, HasMacros, Packed, Unreadable
from volboard.rosters.rules import FREE_OF_RATIO, MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED

ENTRY = b"PK\x01\x02"
"""How each entry of a zip file's table of contents begins."""
TYPES = "[Content_Types].xml"
PROGRAMS = ("vbaproject", "/activex/", "/embeddings/", "/macrosheets/", "/dialogsheets/")


@dataclass
class Archive:
    """The parts of an Excel file by their names in small letters, as Excel itself finds them."""

    packed: ZipFile
    entries: dict[str, ZipInfo]
    left: int = MOST_UNPACKED
    """Bytes that may still be unpacked."""

    def __contains__(self, path: str) -> bool:
        return path.casefold() in self.entries

    def open(self, path: str) -> IO[bytes]:
        """A part, once its size is known to be harmless; raises KeyError if there is none.

        Only what is opened counts: styles and pictures may be as many as they like. No part
        gives more than its entry says: `zipfile` stops reading there. Raises Packed, Encrypted.
        """
        entry = self.entries[path.casefold()]
        self.left -= entry.file_size
        most = entry.compress_size * MOST_RATIO + FREE_OF_RATIO
        if self.left < 0 or entry.file_size > most:
            raise Packed
        if entry.flag_bits & 1:
            raise Encrypted
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable
        return self.packed.open(entry)


def archive_of(data: bytes) -> Archive:
    """The parts of an Excel file, none of them unpacked but the table of their types.

    Raises Packed, Encrypted, HasMacros, HasLinks, or Unreadable for what is no such file.
    """
    if data.count(ENTRY) > MOST_ENTRIES:
        raise Packed
    with broken_is_unreadable():
        packed = ZipFile(BytesIO(data))
        entries = {_path(entry.filename): entry for entry in packed.infolist()}
        archive = Archive(packed, entries)
        _refuse_programs(archive)
    return archive


@contextmanager
def broken_is_unreadable() -> Iterator[None]:
    """Whatever a damaged file raises while it is read becomes one sentence."""
    try:
        yield
    except (BadZipFile, zlib.error, ExpatError, EOFError, KeyError, IndexError, ValueError,
            RuntimeError, NotImplementedError, OverflowError, OSError):  # fmt: skip
        raise Unreadable from None


def _path(name: str) -> str:
    """The name of a part as relations write it; some programs part folders with a backslash."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _refuse_programs(archive: Archive) -> None:
    names = ["/" + name for name in archive.entries]
    if any(sign in name for name in names for sign in PROGRAMS):
        raise HasMacros
    with archive.open(TYPES) as types:
        if b"macroenabled" in types.read().lower():
            raise HasMacros
    if any("/externallinks/" in name for name in names):
        raise HasLinks
