"""Resolve the dependencies into the two lock files: hashes, every platform, no URL."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = [
    sys.executable,
    "-m",
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--override",
    "requirements/overrides.txt",
    "pyproject.toml",
    "--extra",
    "postgres",
]


def compile_lock(*more: str) -> None:
    """Run uv's resolver from the repository's root."""
    subprocess.run([*BASE, *more], cwd=ROOT, check=True)  # noqa: S603


compile_lock("--extra", "dev", "--output-file", "requirements/dev.lock")
compile_lock("--constraint", "requirements/dev.lock", "--output-file", "requirements/run.lock")
