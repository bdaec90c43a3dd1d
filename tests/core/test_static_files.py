"""Static files are named by their content, compressed once, and kept for a year."""

from flask import Flask

from tests.support.browser import Visitor


def test_the_style_sheets_are_immutable_and_compressed(visitor: Visitor) -> None:
    links = visitor.open("/sign-in").soup.select('head link[rel="stylesheet"]')
    size = 0
    for link in links:
        with visitor.client.get(str(link["href"]), headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200
            assert answer.headers["Content-Encoding"] == "br"
            assert "immutable" in answer.headers["Cache-Control"]
            assert "max-age=31536000" in answer.headers["Cache-Control"]
            size += len(answer.data)
    assert len(links) == 2
    assert size < 9000


def test_scripts_of_a_page_exist(visitor: Visitor) -> None:
    for script in visitor.open("/sign-in").soup.select("script[src]"):
        with visitor.client.get(str(script["src"])) as answer:
            assert answer.status_code == 200


def test_a_name_without_its_fingerprint_is_not_served(visitor: Visitor, app: Flask) -> None:
    assert visitor.client.get("/static/css/volboard.css").status_code == 404
