"""Whom an organizer may help with a lost password."""

NAME_LENGTH = 40
CITY_LENGTH = 40
ADDRESS_LENGTH = 120
PHONE_LENGTH = 30
SLUG_LENGTH = 40
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*\Z"
"""A short name for files and the command line."""


def may_help(
    manages: frozenset[int], homes: frozenset[int], offices: frozenset[int], is_admin: bool
) -> bool:
    """Whether an organizer of `manages` may issue a code for somebody who lives in `homes`.

    Never for an admin or for anybody who organizes anything (`offices`): a code signs in, so
    it would hand one person another one's power.
    """
    return bool(manages & homes) and not offices and not is_admin
