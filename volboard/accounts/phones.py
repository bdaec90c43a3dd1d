"""Mobile numbers of mainland China."""

import phonenumbers

APART = "apart-"
"""What stands where a number would, for somebody who is no household's and has no number."""
GONE_NUMBER = "gone-"
"""What stands where the number of a deleted account stood."""
LONGEST = 40
"""Signs: a number with every space and bracket that people put into one."""


def is_number(phone: str) -> bool:
    """Whether what is stored is a number that can be dialled."""
    return phone.startswith("+")


def normalised(typed: str) -> str | None:
    """The mobile number in E.164; none if it is not a mobile number of mainland China.

    Full-width digits, spaces, hyphens and +86 all mean the same; letters, which
    some keypads stand for digits, are no number.
    """
    if len(typed) > LONGEST or any(sign.isalpha() for sign in typed):
        return None
    try:
        number = phonenumbers.parse(typed, "CN")
    except phonenumbers.NumberParseException:
        return None
    is_mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if number.country_code != 86 or number.extension or not is_mobile:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
