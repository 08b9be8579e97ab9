"""The command `kring` in processes of its own, each on a folder of its own."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 400
OURS = {"HOST", "PORT", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MEILISEARCH_URL"}


def environment(data: Path, **more: str) -> dict[str, str]:
    """This process's without any setting of Kring's, and with these."""
    kept = {
        name: value for name, value in os.environ.items() if name.split("_")[0] not in {"KRING", "DJANGO"}
    }
    kept = {name: value for name, value in kept.items() if name not in OURS}
    paths = os.pathsep.join(str(ROOT / part) for part in ("site", "."))
    return kept | {"KRING_DATA": str(data), "PORT": "0", "PYTHONPATH": paths} | more


def kring(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "kring.cli", *words],
        env=environment(data, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )


@dataclass
class Running:
    """A site that runs; `lines` grows while it speaks."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return next(line.split()[-1] for line in self.lines if line.startswith("Kring is ready: "))

    def wait_until_ready(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not any(line.startswith("Ctrl+C") for line in self.lines):
            assert self.process.poll() is None, self.lines
            assert time.monotonic() < end, self.lines
            time.sleep(0.05)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)
