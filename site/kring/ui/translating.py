"""Keeping the catalogues complete: collecting the texts, and saying what is missing or wrong in them."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command

# Without `locale` among them, texts beside a catalogue would be written there and nowhere else.
IGNORED = ["locale", ".venv", "tests", "bench", "build", "dist", "node_modules", "var"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}")


def can_collect() -> bool:
    """Whether gettext's tools are installed; only who changes texts needs them."""
    return all(shutil.which(tool) for tool in ("xgettext", "msgmerge", "msguniq"))


def collect(folder: Path) -> None:
    """Bring folder/<language>/LC_MESSAGES/django.po up to date with the texts below the current directory."""
    kept = settings.LOCALE_PATHS
    settings.LOCALE_PATHS = [folder]
    try:
        call_command(
            "makemessages",
            locale=[code for code, _ in settings.LANGUAGES if (folder / code).is_dir()],
            extensions=["html", "txt", "py"],
            ignore_patterns=IGNORED,
            no_location=True,
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
    finally:
        settings.LOCALE_PATHS = kept


def faults(folder: Path) -> Iterator[str]:
    """A line for each text that is missing, superfluous, not translated, or has other placeholders."""
    for po in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(po))}
        for entry in entries.values():
            yield from (f"{po.parts[-3]}: {fault}: {entry.msgid!r}" for fault in _faults_of(entry))
        if can_collect():
            yield from _differences(folder, po, set(entries))


def _faults_of(entry: polib.POEntry) -> Iterator[str]:
    if entry.obsolete:
        yield "nobody uses this text"
        return
    if not entry.translated() or entry.fuzzy:
        yield "not translated"
        return
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if text and not _placeholders(text) <= wanted:
            yield "placeholders that the text has not"
        if text and not entry.msgid_plural and _placeholders(text) != wanted:
            yield "placeholders are missing"


def _placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text or "")}


def _differences(folder: Path, po: Path, known: set[tuple[str | None, str]]) -> Iterator[str]:
    language = po.parts[-3]
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / po.relative_to(folder)
        copy.parent.mkdir(parents=True)
        shutil.copy(po, copy)
        collect(Path(temporary))
        found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy))}
    yield from (f"{language}: missing: {text!r}" for _, text in sorted(found - known, key=str))
    yield from (f"{language}: nobody uses: {text!r}" for _, text in sorted(known - found, key=str))
