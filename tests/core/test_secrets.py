"""A shared secret that somebody could guess is refused before anything starts."""

from pathlib import Path

import pytest

from tests.support.keys import GATEWAY_KEY, SEAL_KEY, SITE_KEY
from volboard.cli import main
from volboard.config import BadSetting, Settings

WEAK = ["", "secret", "a" * 64, "ab" * 40, "a key that is one sign too shor"]


def settings(folder: Path, **environ: str) -> Settings:
    return Settings.from_environ({"VOLBOARD_INSTANCE": str(folder)} | environ)


@pytest.mark.parametrize("weak", WEAK)
@pytest.mark.parametrize("name", ["VOLBOARD_SECRET_KEY", "VOLBOARD_SEAL_KEY"])
def test_a_weak_secret_is_refused_with_its_name(tmp_path: Path, name: str, weak: str) -> None:
    with pytest.raises(BadSetting, match=name):
        settings(tmp_path, **{name: weak})


@pytest.mark.parametrize("weak", WEAK)
def test_a_gateway_is_not_posted_to_without_a_secret(tmp_path: Path, weak: str) -> None:
    gateway = {"VOLBOARD_WEBHOOK_URL": "https://gateway.example.org"}
    with pytest.raises(BadSetting, match="VOLBOARD_WEBHOOK_KEY"):
        settings(tmp_path, VOLBOARD_WEBHOOK_KEY=weak, **gateway)
    with pytest.raises(BadSetting, match="VOLBOARD_WEBHOOK_KEY"):
        settings(tmp_path, **gateway)
    assert settings(tmp_path, VOLBOARD_WEBHOOK_KEY=GATEWAY_KEY, **gateway).webhook_key
    assert settings(tmp_path).webhook_key == ""


@pytest.mark.parametrize("kept", WEAK)
def test_a_file_that_was_emptied_or_cut_is_refused(tmp_path: Path, kept: str) -> None:
    (tmp_path / "secret_key").write_text(kept)
    with pytest.raises(BadSetting, match="secret_key"):
        settings(tmp_path)


def test_strong_ones_are_taken(tmp_path: Path) -> None:
    taken = settings(tmp_path, VOLBOARD_SECRET_KEY=SITE_KEY, VOLBOARD_SEAL_KEY=SEAL_KEY)
    assert (taken.secret_key, taken.seal_key) == (SITE_KEY, SEAL_KEY)
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize("command", ["prepare", "serve"])
def test_a_command_says_it_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("VOLBOARD_INSTANCE", str(tmp_path))
    monkeypatch.setenv("VOLBOARD_SECRET_KEY", "short")
    with pytest.raises(SystemExit) as ended:
        main([command])
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "VOLBOARD_SECRET_KEY 太短或太简单" in said
    assert "Traceback" not in said
