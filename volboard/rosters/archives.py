"""What is looked at before anything in an Excel file is unpacked."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from volboard.rosters.errors import Encrypted, HasLinks, HasMacros, Packed, Unreadable
from volboard.rosters.rules import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED

ENTRY = b"PK\x01\x02"
"""How each entry of a zip file's table of contents begins."""
TYPES = "[Content_Types].xml"
PROGRAMS = ("vbaproject", "/activex/", "/embeddings/", "/macrosheets/", "/dialogsheets/")


def archive_of(data: bytes) -> ZipFile:
    """The parts of an Excel file that is safe to unpack.

    Raises Packed, Encrypted, HasMacros, HasLinks, or Unreadable for what is no such file.
    """
    if data.count(ENTRY) > MOST_ENTRIES:
        raise Packed
    with broken_is_unreadable():
        archive = ZipFile(BytesIO(data))
        _refuse_size(archive.infolist(), len(data))
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


def _refuse_size(entries: list[ZipInfo], packed: int) -> None:
    """No entry gives more than it says here: `zipfile` stops reading there."""
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > min(MOST_UNPACKED, packed * MOST_RATIO):
        raise Packed
    if any(entry.flag_bits & 1 for entry in entries):
        raise Encrypted
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise Unreadable


def _refuse_programs(archive: ZipFile) -> None:
    names = [name.casefold() for name in archive.namelist()]
    if any(sign in name for name in names for sign in PROGRAMS):
        raise HasMacros
    if b"macroenabled" in archive.read(TYPES).lower():
        raise HasMacros
    if any("/externallinks/" in name for name in names):
        raise HasLinks
