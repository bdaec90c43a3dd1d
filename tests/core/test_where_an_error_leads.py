"""An error page leads back to where it can be tried again, and nowhere else."""

import pytest

from tests.support.browser import Visitor

HERE = "http://localhost"
AGAIN = "回去再试一次"


def refused(visitor: Visitor, referrer: str) -> str:
    """What a form without its token is answered, sent from a page that the browser tells."""
    answer = visitor.client.post("/verify", headers={"Referer": referrer})
    assert answer.status_code == 400
    return answer.get_data(as_text=True)


def test_a_form_that_failed_leads_back_to_its_page(visitor: Visitor) -> None:
    html = refused(visitor, f"{HERE}/verify?a=1")
    assert AGAIN in html
    assert 'href="/verify?a=1"' in html


@pytest.mark.parametrize("said", ["", "https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_led_to_another_site(visitor: Visitor, said: str) -> None:
    html = refused(visitor, said)
    assert AGAIN not in html
    assert "evil" not in html


def test_what_is_not_there_is_not_tried_again(visitor: Visitor) -> None:
    page = visitor.open("/nothing-here")
    assert page.status == 404
    assert AGAIN not in page.text("main")
    assert "编号" not in page.text("main")
