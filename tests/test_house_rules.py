"""What every opened page is held against is itself seen to fail, rule by rule."""

import pytest
from bs4 import BeautifulSoup

from tests.support.house_rules import check_house_rules

GOOD = """<html lang="zh-CN"><head><title>活动板 · 社区</title></head><body><h1>活动板</h1>
<form method="post" action="/a" hx-post="/a"><input type="hidden" name="csrf_token" value="t">
<label for="name">姓名</label><input id="name" aria-describedby="help"><p id="help">说明</p>
<label>人数 <select></select></label></form><a href="/b" hx-get="/b">更多</a></body></html>"""
BROKEN = {
    "two heads": ("<h1>活动板</h1>", "<h1>活动板</h1><h1>活动板</h1>", "2 h1"),
    "another title": ("<title>活动板", "<title>首页", "does not begin with the h1"),
    "no language": (' lang="zh-CN"', "", "no language"),
    "style": ("<p ", '<p style="color: red" ', "inline style"),
    "style sheet": ("</head>", "<style>p {}</style></head>", "content policy"),
    "script": ("</head>", "<script>x()</script></head>", "inline script"),
    "handler": ("<p ", '<p onclick="x()" ', "inline handler"),
    "htmx handler": ("<p ", '<p hx-on:click="x()" ', "inline handler"),
    "id twice": ("<p ", '<p id="name"></p><p ', "stand twice"),
    "description": ('id="help"', 'id="other"', "'help' points nowhere"),
    "label": ('for="name"', 'for="other"', "'other' points nowhere"),
    "form for htmx only": ('action="/a"', 'action="/c"', "dead without JavaScript"),
    "link for htmx only": ('href="/b"', "", "dead without JavaScript"),
    "token": ('name="csrf_token"', 'name="other"', "no token"),
    "field without label": ("人数 <select></select></label>", "人数</label><select></select>",
                            "without a label"),
}  # fmt: skip


def test_a_good_page_passes() -> None:
    check_house_rules(BeautifulSoup(GOOD, "html.parser"), "/")


@pytest.mark.parametrize("case", BROKEN)
def test_each_rule_is_kept(case: str) -> None:
    whole, broken, said = BROKEN[case]
    assert GOOD.count(whole) == 1
    with pytest.raises(AssertionError, match=said):
        check_house_rules(BeautifulSoup(GOOD.replace(whole, broken), "html.parser"), "/")
