"""Pinyin initials, by which the gate finds a name."""

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """First letters in lower case: 王小芳 is wxf; a Latin word gives its first letter."""
    words = " ".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).split()
    return "".join(word[0].lower() for word in words if word[0].isalnum())
