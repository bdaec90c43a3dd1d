"""Nobody is in two places at once; the refusal names the other one."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI, Person
from tests.support.town import NOON, seats
from volboard.accounts.commands import add_family

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]


def test_the_refusal_names_the_other_shift_and_its_time(
    app: Flask, on_phone: OnPhone, shift_of: Shift, event_of: Callable[..., int]
) -> None:
    shift_of(title="洗叶")
    other = event_of(title="划旱船")
    second = shift_of(event=other, starts_at=NOON + timedelta(hours=1))
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", within="main")
    for htmx in (False, True):
        page = mai.open(f"/events/{other}").press("报名", within="main", htmx=htmx)
        assert page.status == 409
        said = page.whole_text.replace(" ）", "）")  # the window is a part of its own on a page
        assert "端午包粽子·洗叶”（6 月 9 日 12:00–14:00）" in said
    assert page.response.headers["HX-Retarget"] == "#notices"
    with app.app_context():
        assert seats(second) == (0, 0)


def test_one_of_the_family_may_be_elsewhere_at_the_same_time(
    app: Flask, on_phone: OnPhone, shift_of: Shift, event_of: Callable[..., int]
) -> None:
    with app.app_context():
        add_family(MAI.id, "田桂芝", "妈妈")
    shift_of()
    other = event_of()
    shift_of(event=other)
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", within="main")
    assert mai.open(f"/events/{other}").press("给妈妈报名").texts(".seal") == ["已报名"]


def test_a_place_in_the_queue_counts_too(
    on_phone: OnPhone, shift_of: Shift, event_of: Callable[..., int], visitor: Visitor
) -> None:
    form = visitor.open(f"/shifts/{shift_of(capacity=1)}/sign-up")
    form.press("报名", within="main", name="王桂芳", phone="13912345678")
    other = event_of()
    shift_of(event=other)
    mai = on_phone(MAI)
    mai.open("/events/1").press("排候补")
    assert mai.open(f"/events/{other}").press("报名", within="main").status == 409
