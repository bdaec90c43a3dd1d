"""A machine asks whether we are well."""

from tests.conftest import both_engines
from tests.support.browser import Visitor


@both_engines
def test_health_is_ok_when_the_database_answers(visitor: Visitor, engine: str) -> None:
    answer = visitor.client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ok"
    assert engine.startswith(answer.json["database"][:5])
