"""No test depends on how busy the machine is: what waits for seconds is found by its words."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SECONDS = re.compile(
    r"\bsleep\(|wait_for_timeout\(|perf_counter|process_time|\.wait\([\d.]+\)"
    r"|(timeout|deadline|delay)=[\d.]|set_default_timeout\(\d|wait_for_load_state\(.networkidle"
)
KNOWN = {
    "support/waiting.py": ("time.sleep(LOOK)", "between two looks"),
    "messages/gateway.py": ("over.wait(", "a slow gateway is slow, and a dripping one never ends"),
    "messages/test_mail.py": ("asyncio.sleep(0.05)", "a server that hangs until the test is over"),
    "reception/test_nobody_outlives.py": ("sleep(100_000)", "lives until somebody ends it"),
    "core/test_writing.py": ("time.sleep(0.02)", "makes a race longer; who waits is in order"),
    "drills/test_killed_workers.py": ("random.random()", "dies at any moment of its work"),
    "browser/test_a_proof.py": ("networkidle", "nothing is asked for; longer only asks more"),
    "browser/test_the_gate_without_network.py": ("delay=100", "a thumb types while a list is read"),
}
"""What waits for seconds and lets nothing depend on them, with the reason."""


def found(path: Path) -> list[str]:
    """The lines that count seconds."""
    return [line.strip() for line in path.read_text().splitlines() if SECONDS.search(line)]


@pytest.mark.parametrize(
    "line",
    ["time.sleep(1)", "page.wait_for_timeout(500)", "server.wait(20)", "Barrier(4, timeout=20)",
     "began = time.perf_counter()", "page.goto(gate, timeout=8_000)", "settings(deadline=200)"],
)  # fmt: skip
def test_a_wait_for_seconds_is_noticed(line: str) -> None:
    assert SECONDS.search(line)


def test_every_test_waits_for_a_thing_that_happens() -> None:
    """The cure is `until`, `PATIENCE` or a fact that is counted: tests/support/waiting.py."""
    here = {str(path.relative_to(TESTS)): path for path in TESTS.rglob("*.py")}
    del here[Path(__file__).name]
    unknown = {
        name: lines for name, path in here.items()
        if (lines := [line for line in found(path) if KNOWN.get(name, ("\0",))[0] not in line])
    }  # fmt: skip
    assert unknown == {}
    assert {name for name in KNOWN if not found(here[name])} == set(), "delete what is gone"
