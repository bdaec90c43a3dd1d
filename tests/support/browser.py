"""A visitor: opens pages, reads them, and submits forms exactly as they were rendered."""

from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.house_rules import check_house_rules


@dataclass
class Page:
    """An answer, parsed; `press` needs the visitor who got it."""

    visitor: "Visitor"
    response: TestResponse
    url: str

    def __post_init__(self) -> None:
        self.status = self.response.status_code
        is_html = self.response.mimetype == "text/html"
        html = self.response.get_data(as_text=True) if is_html else ""
        self.soup = BeautifulSoup(html, "html.parser")
        if is_html:
            check_house_rules(self.soup, self.url)

    @property
    def whole_text(self) -> str:
        """All words of the page, whitespace folded."""
        return " ".join(self.soup.get_text(" ").split())

    def text(self, selector: str) -> str:
        """The words of the first match; fails with the selector where nothing matches."""
        found = self.soup.select_one(selector)
        assert found is not None, (
            f"nothing matches {selector} on {self.url}: {self.whole_text[:400]}"
        )
        return " ".join(found.get_text(" ").split())

    def texts(self, selector: str) -> list[str]:
        """The words of each match."""
        return [" ".join(found.get_text(" ").split()) for found in self.soup.select(selector)]

    def form(self, label: str, within: str = "") -> Tag:
        """The one form with a button of this label (inside `within`, a selector)."""
        forms = [
            form
            for form in self.soup.select(f"{within} form".strip())
            if any(label in button.get_text() for button in form.select("button"))
        ]
        assert forms, f"no form has a button {label!r} on {self.url}: {self.whole_text[:600]}"
        return forms[0]

    def press(self, label: str, within: str = "", htmx: bool = False, **values: str) -> "Page":
        """Fill the form of the button `label` and submit it as a browser would."""
        form = self.form(label, within)
        button = next(b for b in form.select("button") if label in b.get_text())
        action = str(button.get("formaction") or form.get("action") or self.url)
        data = fields(form, button) | as_sent(form, values)
        url = urljoin(self.url, action)
        if str(form.get("method", "get")).lower() == "get":
            return self.visitor.open(url, htmx=htmx, query=data)
        return self.visitor.post(url, data, htmx=htmx)

    def follow(self, words: str) -> "Page":
        """Follow the first link with these words."""
        for link in self.soup.select("a[href]"):
            if words in link.get_text():
                return self.visitor.open(urljoin(self.url, str(link["href"])))
        raise AssertionError(f"no link says {words!r} on {self.url}: {self.whole_text[:600]}")


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def open(self, url: str, htmx: bool = False, query: object = None) -> Page:
        """Open a page, following redirects."""
        headers = {"HX-Request": "true"} if htmx else {}
        response = self.client.get(
            url,
            headers=headers,
            query_string=query,
            follow_redirects=True,
        )
        return Page(self, response, response.request.full_path.rstrip("?"))

    def post(self, url: str, data: dict[str, object], htmx: bool = False) -> Page:
        """Send a form as it is, following redirects."""
        headers = {"HX-Request": "true"} if htmx else {}
        response = self.client.post(url, data=data, headers=headers, follow_redirects=True)
        return Page(self, response, response.request.full_path.rstrip("?"))

    def sign_in(self, phone: str, password: str) -> "Visitor":
        """Sign in through the page."""
        page = self.open("/sign-in").press("登录", within="main", phone=phone, password=password)
        assert page.status == 200, page.whole_text[:400]
        return self


def as_sent(form: Tag, values: dict[str, str]) -> dict[str, object]:
    """The values, after checking that the form really offers these fields."""
    for name in values:
        assert form.select_one(f'[name="{name}"]'), f"the form has no field {name!r}: {form}"
    return dict(values)


def fields(form: Tag, button: Tag) -> dict[str, object]:
    """What the browser would send if nothing were typed."""
    data: dict[str, object] = {}
    for field in form.select("input[name]"):
        for name, value in as_left(field).items():
            data[name] = [*as_list(data[name]), value] if name in data else value
    for area in form.select("textarea[name]"):
        data[str(area["name"])] = area.get_text().removeprefix("\r\n").removeprefix("\n")
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        data[str(select["name"])] = str(chosen.get("value", "")) if chosen else ""
    if button.get("name"):
        data[str(button["name"])] = str(button.get("value", ""))
    return data


def as_list(value: object) -> list[object]:
    """The values of a name that stands in a form several times."""
    return value if isinstance(value, list) else [value]


def as_left(field: Tag) -> dict[str, object]:
    """What an input sends if nobody touches it."""
    kind = str(field.get("type", "text"))
    silent = kind in ("checkbox", "radio") and not field.has_attr("checked")
    if silent or kind in ("submit", "button", "file"):
        return {}
    return {str(field["name"]): str(field.get("value", "on" if kind == "checkbox" else ""))}
