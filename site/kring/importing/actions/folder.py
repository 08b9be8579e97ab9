"""A folder of files of several kinds, each imported after what it needs."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ..registry import importers
from .reading import UnusableError, check_file, read_lines
from .reporting import Report
from .running import import_files

SUFFIXES = {".jsonl", ".ndjson"}
# How the names of files begin, and what records call their own type.
NAMES = {
    "skills": "skills",
    "esco_skills": "skills",
    "people": "people",
    "communities": "communities",
    "lessons": "lessons",
    "pages": "pages",
    "wiki": "pages",
    "threads": "threads",
    "questions": "threads",
}
TYPES = {
    "skill": "skills",
    "skill_group": "skills",
    "person": "people",
    "community": "communities",
    "lesson": "lessons",
    "page": "pages",
    "wiki_page": "pages",
    "article": "pages",
    "thread": "threads",
    "question": "threads",
    "discussion": "threads",
}
LOOKED_AT = 20


@dataclass
class Contents:
    """The files of a folder by kind, in the order of import; and the others, each with why."""

    files: dict[str, list[Path]] = field(default_factory=dict)
    others: list[tuple[Path, str]] = field(default_factory=list)


@dataclass
class Loaded:
    """What became of the files of one kind."""

    kind: str
    files: int
    report: Report
    seconds: float


def look_through(folder: Path) -> Contents:
    """Recognise each file of JSON lines by its name's beginning, else by its first record's type.

    Raises UnusableError when there is no such folder, or nothing in it to load.
    """
    if not folder.is_dir():
        wrong = _("%(path)s is no folder") if folder.exists() else _("%(path)s: there is no such folder")
        raise UnusableError(wrong % {"path": folder})
    found: dict[str, list[Path]] = {}
    others: list[tuple[Path, str]] = []
    for path in sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file()):
        check_file(path)
        kind, record_type = _recognise(path)
        if kind:
            found.setdefault(kind, []).append(path)
        elif record_type:
            others.append(
                (path, _("records of type “%(type)s” are not supported yet") % {"type": record_type})
            )
        else:
            others.append((path, _("it is not clear what this file holds; begin its name with a kind")))
    if not found:
        known = ", ".join(f"{kind}_….jsonl" for kind in _kinds())
        raise UnusableError(
            _("%(path)s holds no files to load; their names begin like %(known)s")
            % {"path": folder, "known": known}
        )
    return Contents({kind: found[kind] for kind in _kinds() if kind in found}, others)


def load_folder(
    contents: Contents,
    *,
    community: str = "",
    create_community: str = "",
    titles: dict[str, str] | None = None,
    dry_run: bool = False,
    make_report: Callable[[str], Report] | None = None,
    on_kind: Callable[[Loaded], None] | None = None,
) -> list[Loaded]:
    """Import all files, kind after kind. Without a community, one for each source holds what names none.

    `make_report` gives the report of each kind, `on_kind` is told when it is done. A dry run is one
    transaction that is rolled back, so that later kinds find what earlier ones would have made.
    """
    loaded = []
    with transaction.atomic() if dry_run else nullcontext():
        for kind, files in contents.files.items():
            began = time.monotonic()
            report = import_files(
                kind=kind,
                files=files,
                community=community,
                create_community=create_community,
                titles=titles or {},
                report=make_report(kind) if make_report else None,
            )
            loaded.append(Loaded(kind, len(files), report, time.monotonic() - began))
            if on_kind:
                on_kind(loaded[-1])
        if dry_run:
            transaction.set_rollback(True)
    return loaded


def _kinds() -> list[str]:
    return [kind for kind, importer in importers().items() if importer.offered]


def _recognise(path: Path) -> tuple[str, str]:
    """(kind or "", the type its records name or "")."""
    stem = path.stem.lower()
    for beginning in sorted(NAMES, key=len, reverse=True):
        if stem == beginning or stem.startswith((f"{beginning}_", f"{beginning}-", f"{beginning}.")):
            return NAMES[beginning], ""
    for line in islice(read_lines(path), LOOKED_AT):
        record_type = line.record.get("type") if line.record else None
        if isinstance(record_type, str) and record_type:
            return TYPES.get(record_type, ""), record_type[:60]
    return "", ""
