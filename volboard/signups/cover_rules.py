"""What somebody can do, in their own words, beside what a post needs, in the organizer's."""

import re

BETWEEN = re.compile(r"[,，、;；/\s]+")
FIRST_FEW = 5
"""How many are asked by one press."""


def words_of(text: str) -> tuple[str, ...]:
    """The things that are named, one by one."""
    return tuple(word for word in BETWEEN.split(text.casefold()) if word)


def fitting(wanted: str, skills: str) -> tuple[str, ...]:
    """Those of a person's skills that meet what is wanted: one word says the other.

    会写毛笔字 is met by 毛笔字, and 毛笔 by 写毛笔字.
    """
    needs = words_of(wanted)
    return tuple(
        skill for skill in words_of(skills) if any(skill in need or need in skill for need in needs)
    )
