"""Seals have a key of their own: a lost one never makes a genuine proof a changed one."""

import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.certificates.service import (
    CHANGE_FACTS,
    LATER,
    a_make_up,
    a_service,
    proof_of,
    stored,
    without_guard,
)
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OTTO
from tests.support.keys import SEAL_KEY, SITE_KEY
from tests.support.town import viewer_of
from volboard.certificates import keys
from volboard.certificates.errors import KeyChanged, KeyMissing
from volboard.certificates.models import SealKey
from volboard.certificates.queries import check, code_of, find
from volboard.certificates.rules import fingerprint, seal, seal_key
from volboard.certificates.verdicts import Verdict
from volboard.cli import main
from volboard.config import BadSetting
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.commands import correct
from volboard.hours.models import HourEntry

OTHER = "another key, which nobody knows 1"


def set_keys(app: Flask, **changed: str) -> None:
    """Let the installation have other secrets from now on."""
    app.extensions["settings"] = replace(app.extensions["settings"], **changed)
    if "secret_key" in changed:
        app.config["SECRET_KEY"] = changed["secret_key"]


def never_had_a_key() -> None:
    """A database that was upgraded a moment ago."""
    sqlite = db.engine.dialect.name == "sqlite"
    where = "" if sqlite else " ON seal_keys"
    with transaction():
        db.session.execute(text(f"DROP TRIGGER seal_keys_keep_their_rows{where}"))
        db.session.execute(text("DELETE FROM seal_keys"))


def sealed_by_the_site(number: str) -> None:
    """The proof as it was sealed before seals had a key of theirs."""
    row = stored(number)
    mark = seal(seal_key(SITE_KEY), row.number, row.code, row.facts)
    without_guard("UPDATE certificates SET key_id = NULL, seal = :seal", seal=mark)


def verdict(number: str) -> Verdict:
    return check(stored(number).code).verdict


@both_engines
def test_a_database_that_never_had_a_key_gets_one(
    inside: Flask, engine: str, tmp_path: Path
) -> None:
    never_had_a_key()
    set_keys(inside, seal_key="")
    made = keys.settle()
    path = tmp_path / "seal_key"
    assert made == fingerprint(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.settle() == ""
    rows = {row.origin: row.fingerprint for row in db.session.query(SealKey)}
    assert rows == {"own": made, "site": fingerprint(SITE_KEY)}


@both_engines
@pytest.mark.parametrize("here", ["", OTHER, SITE_KEY])
def test_a_database_whose_key_is_not_here_does_not_start(
    inside: Flask, engine: str, tmp_path: Path, here: str
) -> None:
    a_service(MAI)
    set_keys(inside, seal_key=here)
    with pytest.raises(BadSetting, match=r"new-seal-key"):
        keys.settle()
    with pytest.raises(KeyMissing):
        proof_of()
    assert not (tmp_path / "seal_key").exists()
    set_keys(inside, seal_key=SEAL_KEY)
    assert keys.settle() == ""
    assert verdict(proof_of()) == Verdict.GENUINE


def test_the_start_says_what_to_restore(app: Flask) -> None:
    set_keys(app, seal_key="")
    for command in ("prepare", "serve"):
        told = app.test_cli_runner().invoke(main, [command])
        assert told.exit_code == 1
        assert "instance/seal_key" in told.output
        assert fingerprint(SEAL_KEY)[:8] in told.output


@both_engines
def test_after_a_change_of_keys_on_purpose_old_proofs_stand(
    app: Flask, engine: str, tmp_path: Path
) -> None:
    with app.app_context():
        never_had_a_key()
        set_keys(app, seal_key="")
        keys.settle()
        a_service(MAI)
        a_service(BAO, days=1)
        old = proof_of()
    told = app.test_cli_runner().invoke(main, ["new-seal-key"])
    assert told.exit_code == 0
    with app.app_context():
        new = proof_of(BAO)
        assert (verdict(old), verdict(new)) == (Verdict.GENUINE, Verdict.GENUINE)
        assert stored(old).key_id != stored(new).key_id
        assert keys.settle() == ""
        assert len(list(tmp_path.glob("seal_key*"))) == 2
        assert db.session.query(SealKey).filter_by(origin="own").count() == 2


@both_engines
def test_a_lost_key_is_another_sentence_than_changed(
    app: Flask, engine: str, visitor: Visitor, number: str
) -> None:
    set_keys(app, seal_key=OTHER)
    with app.app_context():
        keys.renew()
        real = stored(number).code
        assert check(real).verdict == Verdict.KEY_CHANGED
        assert code_of(number, 120) == real
        with pytest.raises(KeyChanged):
            find(number, viewer_of(MAI))
        assert verdict(proof_of(shows_name=True)) == Verdict.GENUINE
    page = visitor.open(f"/verify/{real}")
    assert (page.status, page.text("h1")) == (200, "记录对得上，封记核对不了")
    assert page.text(".notice__title") == "这台服务器换过钥匙"
    assert "台账里的记录对得上" in page.whole_text
    assert not page.soup.select(".seal")


@both_engines
def test_without_its_key_the_ledger_still_tells_what_was_changed(
    app: Flask, engine: str, number: str
) -> None:
    set_keys(app, seal_key=OTHER)
    with app.app_context():
        keys.renew()
        told, real = stored(number).facts, stored(number).code
        more = json.loads(told) | {"minutes": 720}
        without_guard("UPDATE certificates SET facts = :facts, minutes = 720",
                      facts=json.dumps(more))  # fmt: skip
        assert check(real).verdict == Verdict.UNKNOWN
        without_guard("UPDATE certificates SET minutes = 120")
        end = json.loads(told) | {"ledger_digest": "0" * 64}
        nameless = json.loads(told) | {"name": 5}
        for facts in (
            json.dumps(end),
            json.dumps(nameless),
            "{}",
            "not JSON",
            "[]",
            "1",
            told[:-1],
        ):
            without_guard(CHANGE_FACTS, facts=facts)
            assert check(real).verdict == Verdict.UNKNOWN, facts
        without_guard(CHANGE_FACTS, facts=told)
        assert check(real).verdict == Verdict.KEY_CHANGED


def test_later_lines_and_corrections_do_not_make_it_changed(app: Flask, number: str) -> None:
    set_keys(app, seal_key=OTHER)
    with app.app_context():
        keys.renew()
        a_make_up(MAI, days=2)
        line = db.session.query(HourEntry).filter_by(volunteer_id=MAI.id).first()
        assert line is not None
        with clock.standing_at(LATER + timedelta(days=1)):
            half = line.served_from + timedelta(minutes=30)
            correct(line.id, line.served_from, half, "走得早", viewer_of(OTTO))
        assert verdict(number) == Verdict.KEY_CHANGED


@both_engines
def test_proofs_from_before_are_checked_with_the_site_s_own_secret(
    app: Flask, engine: str, number: str
) -> None:
    with app.app_context():
        sealed_by_the_site(number)
        assert verdict(number) == Verdict.GENUINE
        set_keys(app, seal_key=OTHER)
        keys.renew()
        assert verdict(number) == Verdict.GENUINE
        told = stored(number).facts
        without_guard(CHANGE_FACTS, facts=told.replace("麦", "鲍"))
        assert verdict(number) == Verdict.UNKNOWN
        without_guard(CHANGE_FACTS, facts=told)
        set_keys(app, secret_key=OTHER + "2")
        assert verdict(number) == Verdict.KEY_CHANGED


@pytest.mark.parametrize("secret", [SITE_KEY, OTHER])
def test_an_upgraded_database_knows_whether_the_site_s_secret_is_still_that_one(
    app: Flask, number: str, secret: str
) -> None:
    with app.app_context():
        sealed_by_the_site(number)
        never_had_a_key()
        set_keys(app, secret_key=secret)
        keys.settle()
        is_same = secret == SITE_KEY
        assert db.session.query(SealKey).filter_by(origin="site").count() == is_same
        assert verdict(number) == (Verdict.GENUINE if is_same else Verdict.KEY_CHANGED)


@both_engines
def test_the_database_keeps_which_key_sealed_what(inside: Flask, engine: str) -> None:
    a_service(MAI)
    proof_of()
    for guard, statement in (
        ("seal_key_stays", "UPDATE seal_keys SET fingerprint = 'x'"),
        ("seal_keys_keep_their_rows", "DELETE FROM seal_keys"),
        ("certificate_keeps_its_key", "UPDATE certificates SET key_id = NULL"),
        ("one_seal_key_of_the_site|UNIQUE", "INSERT INTO seal_keys (fingerprint, origin, made_at)"
         " VALUES ('y', 'site', '2027-01-01 00:00:00')"),
        ("seal_key_origin_known", "INSERT INTO seal_keys (fingerprint, origin, made_at)"
         " VALUES ('y', 'mine', '2027-01-01 00:00:00')"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=guard), transaction():
            db.session.execute(text(statement))
