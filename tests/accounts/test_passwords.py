"""What makes a password that will do."""

import pytest

from tests.support.unhurried import REAL_HASHER
from volboard.accounts import passwords
from volboard.accounts.passwords import hashed_password, password_matches
from volboard.accounts.rules import Weakness, weakness

PHONE = "+8613812345678"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.SHORT),
        ("1234567", Weakness.SHORT),
        ("x" * 64 + "y" * 65, Weakness.LONG),
        ("12345678", Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("hgfedcba", Weakness.COMMON),
        ("aaaaaaaa", Weakness.COMMON),
        ("abababab", Weakness.COMMON),
        ("PassWord", Weakness.COMMON),
        ("ｐａｓｓｗｏｒｄ", Weakness.COMMON),
        ("volboard", Weakness.COMMON),
        ("沿河社区沿河社区", Weakness.COMMON),
        ("woaini1314", Weakness.COMMON),
        ("13812345678", Weakness.OWN_PHONE),
        ("我13812345678", Weakness.OWN_PHONE),
        ("１３８１２３４５６７８", Weakness.OWN_PHONE),
        ("老王家的狗不会叫", None),
        ("correct horse", None),
        ("🐕🐈🐎🐂🐖🐓🐇🐁", None),
        (" spaces  count ", None),
        ("x" * 60 + "yz" * 34, None),
    ],
)
def test_a_password_is_long_enough_and_not_the_first_guess(
    password: str, why: Weakness | None
) -> None:
    assert weakness(password, PHONE) is why


@pytest.fixture(autouse=True)
def at_the_real_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", REAL_HASHER)


@pytest.mark.parametrize("password", ["sp ace ", "NUL\x00inside", "老王家的狗", "x" * 128])
def test_every_sign_of_a_password_counts(password: str) -> None:
    kept = hashed_password(password)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$"), "what OWASP asks for"
    assert password_matches(password, kept)
    for other in (password[:-1], password + "x", password.strip() + "!", password.upper() + "a"):
        assert not password_matches(other, kept)
