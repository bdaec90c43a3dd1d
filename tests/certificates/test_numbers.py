"""A number catches a slip of the pen, and is understood however it is typed."""

from itertools import pairwise

import pytest

from volboard.certificates.rules import certificate_number, check_digits, is_number, read_number

NUMBERS = [certificate_number(*parts) for parts in
           ((1, 2026, 1), (1, 2027, 42), (12, 2027, 999_999), (987, 2031, 1_000_000),
            (2_147_483_647, 2099, 123_456))]  # fmt: skip


def test_a_number_tells_community_year_and_running_number() -> None:
    assert certificate_number(1, 2027, 42) == "001-2027-000042-53"
    assert int("001202700004253") % 97 == 1


@pytest.mark.parametrize("number", NUMBERS)
def test_any_one_digit_wrong_is_refused(number: str) -> None:
    assert is_number(number)
    for place, sign in enumerate(number):
        for digit in "0123456789" if sign != "-" else ():
            changed = number[:place] + digit + number[place + 1 :]
            assert is_number(changed) == (changed == number), changed


@pytest.mark.parametrize("number", NUMBERS)
def test_any_two_neighbours_swapped_are_refused(number: str) -> None:
    digits = [place for place, sign in enumerate(number) if sign != "-"]
    for one, other in pairwise(digits):
        signs = list(number)
        signs[one], signs[other] = signs[other], signs[one]
        changed = "".join(signs)
        assert is_number(changed) == (changed == number), changed


@pytest.mark.parametrize(
    "typed",
    [
        "001-2027-000042-53", " 001-2027-000042-53 ", "001 - 2027 - 000042 - 53",
        "００１－２０２７－００００４２－５３", "001—2027—000042—53", "001–2027–000042–53",
        "001202700004253", "001 2027 000042 53", "001‑2027‑000042‑53", "001_2027_000042_53",
    ],
)  # fmt: skip
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert read_number(typed) == "001-2027-000042-53"


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", "001-2027-000042-37", "1-2027-42-53", "001-2027-000042", "0001-2027-000042-7",
        "٠٠١-٢٠٢٧-٠٠٠٠٤٢-٥٣", "001-2027-000042-53\n' OR 1=1", "9" * 5000, "\x00", "第一张",
        "001-2027-000042-53-00", "-001-2027-000042-53", "²²²-2027-000042-53",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) == ""


def test_the_check_digits_are_two_and_never_one_for_all() -> None:
    found = {check_digits(f"001-2027-{running:06}") for running in range(2000)}
    assert {len(digits) for digits in found} == {2}
    assert len(found) == 97
