"""Write docs/acts.md from the table of acts: `.venv/bin/python scripts/acts.py`."""

from pathlib import Path

from volboard.oversight.acts import ACTS

PAGE = Path(__file__).parent.parent / "docs" / "acts.md"
HEAD = """# Acts that need a second person

Every command that writes to minutes, names, power or proofs, and whom it needs. Made from
`volboard/oversight/acts.py` by `scripts/acts.py`; a test holds that both say the same, that no
command is missing, and that each is tried by one person alone.

| command | touches | needs | what one alone gets | tried alone in |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (
        f"| `{name.removeprefix('volboard.')}` | {', '.join(sorted(act.touches))} | {act.needs} |"
        f" {act.alone} | `{act.tried}` |\n"
        for name, act in ACTS.items()
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page())
