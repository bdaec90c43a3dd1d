"""Pinyin initials, by which the gate finds a name."""

import os


def initials(name: str) -> str:
    """First letters in lower case: 王小芳 is wxf; a Latin word gives its first letter."""
    # Imported here and without its phrases, which names do not need: 55 MB less in each worker.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    words = " ".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).split()
    return "".join(word[0].lower() for word in words if word[0].isalnum())
