"""What holds on every page that a test opens. Read in one walk: the tests open thousands."""

import re
from collections import Counter, defaultdict

from bs4 import BeautifulSoup, Tag

from volboard.core.assets import FIRST_SHEET, styles

FIRST_STYLES = styles(FIRST_SHEET).decode()
POINTERS = ("aria-describedby", "aria-labelledby", "for")
FIELDS = ("input", "select", "textarea")
HAN = re.compile("[\u3400-\u9fff]")
WORDS_ALONE = ("script", "style", "title", "textarea", "option", "svg", "template")
LINES = ("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "summary", "label", "legend", "title")


def check_house_rules(soup: BeautifulSoup, url: str) -> None:
    """Fail with the place and the cure where a page breaks a rule of the house."""
    tags: list[Tag] = soup.find_all(True)
    named: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        named[tag.name].append(tag)
    if named["html"]:
        check_whole_page(soup, named, url)
        if named["html"][0].get("lang") == "en":
            check_languages(soup, url)
    check_sheets_and_scripts(soup, named, url)
    check_attributes(tags, url)
    check_forms(tags, named, url)
    check_fields(named, url)
    check_separators(named, url)


def check_languages(soup: BeautifulSoup, url: str) -> None:
    """On an English page every Chinese text says so, but in what takes no element inside."""
    for words in soup.find_all(string=HAN):
        around = [tag for tag in words.parents if "lang" in tag.attrs or tag.name in WORDS_ALONE]
        is_told = around and (around[0].name in WORDS_ALONE or around[0]["lang"] != "en")
        assert is_told, f"Chinese that does not say so on the English {url}: {words!r}"


def check_whole_page(soup: BeautifulSoup, named: dict[str, list[Tag]], url: str) -> None:
    """One h1, and a title that begins with it; a language; a way past the menu."""
    heads = named["h1"]
    assert len(heads) == 1, f"{len(heads)} h1 on {url}"
    head = " ".join(heads[0].get_text(" ").split())
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    assert title.startswith(head), f"the title {title!r} does not begin with the h1 {head!r}: {url}"
    assert named["html"][0].get("lang") in {"zh-CN", "en"}, f"no language on {url}"


def check_sheets_and_scripts(soup: BeautifulSoup, named: dict[str, list[Tag]], url: str) -> None:
    """None that the content policy refuses."""
    for sheet in named["style"]:
        allowed = sheet.parent is soup.head and sheet.get_text() == FIRST_STYLES
        assert allowed, f"a style sheet that the content policy refuses on {url}: {sheet}"
    inline = [script for script in named["script"] if not script.get("src")]
    assert not inline, f"inline script on {url}: {inline}"


def check_attributes(tags: list[Tag], url: str) -> None:
    """No style and no handler in the markup; no id twice, and none pointed at that is not there."""
    ids = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    twice = [name for name, count in ids.items() if count > 1]
    assert not twice, f"ids that stand twice on {url}: {twice}"
    for tag in tags:
        assert "style" not in tag.attrs, f"inline style on {url}: {tag}"
        handlers = [name for name in tag.attrs if name.startswith(("on", "hx-on"))]
        assert not handlers, f"inline handler on {url}: {tag}"
        for attribute in POINTERS:
            for target in str(tag.get(attribute, "")).split():
                assert target in ids, f"{attribute}={target!r} points nowhere on {url}: {tag}"


def check_forms(tags: list[Tag], named: dict[str, list[Tag]], url: str) -> None:
    """Every form works without JavaScript, and every write carries its token."""
    for tag in tags:
        asked = tag.get("hx-post") or tag.get("hx-get")
        plain = tag.get("action") if tag.name == "form" else tag.get("href")
        assert asked is None or plain == asked, f"dead without JavaScript on {url}: {tag}"
    for form in named["form"]:
        if form.get("method") == "post" and form.get("action") != "/display":
            assert form.select_one('[name="csrf_token"]'), f"no token on {url}: {form}"


def check_fields(named: dict[str, list[Tag]], url: str) -> None:
    """Every field that one sees has a label."""
    labelled = {label["for"] for label in named["label"] if "for" in label.attrs}
    for field in (field for name in FIELDS for field in named[name]):
        own = field.get("aria-label") or field.get("aria-labelledby")
        is_labelled = own or field.get("id") in labelled or field.find_parent("label")
        hidden = field.get("type") == "hidden"
        assert hidden or is_labelled, f"a field without a label on {url}: {field}"


def check_separators(named: dict[str, list[Tag]], url: str) -> None:
    """What stands between two parts stands at no end of a line, for there a part is missing."""
    for line in (line for name in LINES for line in named[name]):
        words = " ".join(line.get_text().split())
        lonely = words.startswith("· ") or words.endswith(" ·") or "· ·" in words or words == "·"
        assert not lonely, f"a separator without a part beside it on {url}: {line}"
