"""What holds on every page that a test opens."""

from collections import Counter

from bs4 import BeautifulSoup

from volboard.core.assets import FIRST_SHEET, styles

FIRST_STYLES = styles(FIRST_SHEET).decode()


def check_house_rules(soup: BeautifulSoup, url: str) -> None:
    """Fail with the place and the cure where a page breaks a rule of the house."""
    if soup.select_one("html"):
        check_whole_page(soup, url)
    check_forms(soup, url)
    assert not soup.select("[style]"), f"inline style on {url}"
    for sheet in soup.select("style"):
        allowed = sheet.parent is soup.head and sheet.get_text() == FIRST_STYLES
        assert allowed, f"a style sheet that the content policy refuses on {url}: {sheet}"
    inline = [script for script in soup.select("script") if not script.get("src")]
    assert not inline, f"inline script on {url}: {inline}"
    handlers = [
        t for t in soup.find_all(True) if any(a.startswith(("on", "hx-on")) for a in t.attrs)
    ]
    assert not handlers, f"inline handler on {url}: {handlers}"
    ids = Counter(str(tag["id"]) for tag in soup.select("[id]"))
    twice = [name for name, count in ids.items() if count > 1]
    assert not twice, f"ids that stand twice on {url}: {twice}"
    for tag in soup.select("[aria-describedby], [aria-labelledby], label[for]"):
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for target in str(tag.get(attribute, "")).split():
                assert target in ids, f"{attribute}={target!r} points nowhere on {url}: {tag}"


def check_whole_page(soup: BeautifulSoup, url: str) -> None:
    """One h1, and a title that begins with it; a language; a way past the menu."""
    heads = soup.select("h1")
    assert len(heads) == 1, f"{len(heads)} h1 on {url}"
    head = " ".join(heads[0].get_text(" ").split())
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    assert title.startswith(head), f"the title {title!r} does not begin with the h1 {head!r}: {url}"
    assert soup.select_one('html[lang="zh-CN"], html[lang="en"]'), f"no language on {url}"


def check_forms(soup: BeautifulSoup, url: str) -> None:
    """Every form works without JavaScript, and every write carries its token."""
    for form in soup.select("[hx-post], [hx-get]"):
        plain = form.get("action") if form.name == "form" else form.get("href")
        asked = form.get("hx-post") or form.get("hx-get")
        assert plain == asked, f"dead without JavaScript on {url}: {form}"
    for form in soup.select('form[method="post"]'):
        open_to_all = form.get("action") == "/display"
        assert open_to_all or form.select_one('[name="csrf_token"]'), f"no token on {url}: {form}"
    for field in soup.select("input:not([type=hidden]), select, textarea"):
        named = field.get("aria-label") or field.get("aria-labelledby")
        label = soup.select_one(f'label[for="{field.get("id")}"]') or field.find_parent("label")
        assert named or label, f"a field without a label on {url}: {field}"
