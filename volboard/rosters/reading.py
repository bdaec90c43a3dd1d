"""A file as sheets of rows, whatever kind it is: by what is in it, not by what it is called."""

from volboard.rosters.csv_text import read_csv
from volboard.rosters.errors import Encrypted, HasMacros, NotATable, OldExcel, TooBig
from volboard.rosters.rules import MOST_BYTES
from volboard.rosters.tables import Book
from volboard.rosters.xlsx import read_xlsx

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What an Excel file with a password to open it holds instead of its parts."""
WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")


def read(data: bytes, file_name: str) -> Book:
    """The sheets of an .xlsx or .csv; raises an `Unreadable` with its sentence for all else."""
    if len(data) > MOST_BYTES:
        raise TooBig
    if file_name.casefold().endswith(WITH_MACROS):
        raise HasMacros
    if data.startswith(OLE):
        raise Encrypted if ENCRYPTED in data else OldExcel
    if data.startswith(ZIP):
        return read_xlsx(data)
    if not data.strip() or data.lstrip().startswith((b"<", b"%PDF", b"{")):
        raise NotATable
    return read_csv(data)
