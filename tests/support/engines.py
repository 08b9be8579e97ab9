"""Engines for tests: on an index of their own, in this process and in others."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from search.engines.embedded import EmbeddedEngine
from search.engines.meilisearch import MeilisearchEngine

ROOT = Path(__file__).parents[2]
CLASSES = {"embedded": EmbeddedEngine, "meilisearch": MeilisearchEngine}
BEFORE = """
import django, sys
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from kring.indexing.registry import Document
from search.engines.{name} import {made_by}
engine = {made_by}(*sys.argv[1:-1], Path(sys.argv[-1]))
"""


@dataclass(frozen=True)
class Maker:
    """Makes engines on one index, whose words are never old."""

    name: str
    folder: Path
    words: tuple[str, ...] = ()

    def __call__(self) -> Any:
        return CLASSES[self.name](*self.words, self.folder, vocabulary_seconds=0)

    def elsewhere(self, program: str) -> "subprocess.Popen[str]":
        """Run a program in a process of its own, on the suite's database; `engine` is on the same index."""
        before = BEFORE.format(name=self.name, made_by=CLASSES[self.name].__name__)
        return subprocess.Popen(
            [sys.executable, "-c", before + program, *self.words, str(self.folder)],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "kring.settings.test",
                "DATABASE_URL": database_url(),
                "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("site", ".")),
            },
            stdout=subprocess.PIPE,
            text=True,
        )


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    server = f"{settings['USER']}{password}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    return f"postgres://{server}"
