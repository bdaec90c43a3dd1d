"""Asks for one page again and again: with wrk where it is installed, else by itself."""

import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

CONNECTIONS = 8
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "zh-CN,zh;q=0.9"}


def rate(url: str, seconds: float, prefix: list[str]) -> float:
    """Requests a second; raises RuntimeError if an answer is not a 200."""
    if shutil.which("wrk"):
        return rate_of_wrk(url, seconds, prefix)
    done = subprocess.run(
        [*prefix, sys.executable, __file__, url, str(seconds)], check=True, capture_output=True
    )
    return float(done.stdout)


def rate_of_wrk(url: str, seconds: float, prefix: list[str]) -> float:
    headers = [word for name, value in HEADERS.items() for word in ("-H", f"{name}: {value}")]
    command = [*prefix, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    done = subprocess.run([*command, *headers, url], check=True, capture_output=True, text=True)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return float(found[1])


def ask(url: str, until: float) -> int:
    """Ask over one kept connection until the clock says so; answers how often."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    count = 0
    while time.monotonic() < until:
        connection.request("GET", parts.path, headers=HEADERS)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{url} answered {answer.status}")
        count += 1
    connection.close()
    return count


def main() -> None:
    url, seconds = sys.argv[1], float(sys.argv[2])
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        counts = list(crowd.map(lambda _: ask(url, until), range(CONNECTIONS)))
    print(sum(counts) / seconds)


if __name__ == "__main__":
    main()
