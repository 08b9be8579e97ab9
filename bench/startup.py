"""python -m bench.startup: from the command to the first answer, on an empty folder and again.

The peer is `django.setup()` with the same apps, what no start can do without.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    data = tempfile.mkdtemp(prefix="kring-bench-")
    rows = [["loading the apps alone", *_loading()]]
    for name in ("first start, with demo content", "second start", "third start"):
        rows.append([name, *_start(data)])
    shutil.rmtree(data, ignore_errors=True)
    least = rows[0][1]
    from bench.table import show

    columns = ["start", "seconds", "× loading", "memory MB"]
    show(
        "From the command to the first answer",
        columns,
        [[n, s, s / least, m] for n, s, m in rows],
        options.json,
    )


def _loading() -> tuple[float, int]:
    start = time.perf_counter()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    subprocess.run([sys.executable, "-c", "import django; django.setup()"], env=environment, check=True)
    return time.perf_counter() - start, 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(data: str) -> tuple[float, int]:
    port = _free_port()
    environment = {**os.environ, "KRING_DATA": data, "PORT": str(port)}
    command = [str(Path(sys.executable).parent / "kring"), "demo"]
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - start > 300:
                raise SystemExit("kring demo did not start")
            time.sleep(0.05)
        return time.perf_counter() - start, _memory(process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _memory(process: subprocess.Popen[Any]) -> int:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return 0
    lines = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) // 1024


if __name__ == "__main__":
    main()
