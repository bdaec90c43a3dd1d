"""Pinyin initials, by which the gate finds a name."""

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """Lower-case first letters of the pinyin: 王小芳 is wxf; Latin words give their first letter."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda word: word.split())
    return "".join(letter[0].lower() for letter in letters if letter and letter[0].isalnum())
