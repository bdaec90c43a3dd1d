"""Numbers come out of address books with signs that nobody sees, and begin as new ones do."""

import pytest

from volboard.accounts.phones import normalised

NOBODYS = {194}
"""No operator has it yet."""
UNSEEN = {
    "left to right override": "\u202d{}\u202c", "left to right embedding": "\u202a{}\u202c",
    "isolate": "\u2066{}\u2069", "mark": "\u200e{}", "zero width space": "\u200b{}",
    "byte order mark": "\ufeff{}", "no-break space": "{}\u00a0", "ideographic space": "\u3000{}",
}  # fmt: skip


@pytest.mark.parametrize("pattern", UNSEEN.values(), ids=UNSEEN.keys())
def test_signs_that_nobody_sees_are_no_part_of_a_number(pattern: str) -> None:
    assert normalised(pattern.format("138 0000 0001")) == "+8613800000001"
    assert normalised(pattern.format("+86 138-0000-0001")) == "+8613800000001"


@pytest.mark.parametrize("prefix", sorted(set(range(190, 200)) - NOBODYS))
def test_the_youngest_prefixes_are_mobile_numbers(prefix: int) -> None:
    assert normalised(f"{prefix}12345678") == f"+86{prefix}12345678"


@pytest.mark.parametrize("typed", ["19012345", "190123456789", "29012345678", "0453-3120001"])
def test_what_is_none_is_none(typed: str) -> None:
    assert normalised(typed) is None
