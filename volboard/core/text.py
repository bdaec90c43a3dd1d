"""Text that people type: what is folded away before it is stored, and what is refused."""

import unicodedata


def tidy(text: str) -> str:
    """The text as it is stored: spaces folded, and no invisible sign that only deceives the eye.

    Direction marks and zero-width signs are left out; control characters are kept, so that
    `is_plain` sees them.
    """
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    shown = "".join(" " if kind == "Zs" else sign for sign, kind in kinds if kind != "Cf")
    return " ".join(part for part in unicodedata.normalize("NFC", shown).split(" ") if part)


def one_paragraph(text: str) -> str:
    """The text with its line breaks turned into spaces, tidy."""
    return tidy(text.replace("\r\n", " ").replace("\n", " "))


def is_plain(text: str) -> bool:
    """Whether the text is free of control characters, which no keyboard types into one line."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text)
