"""Compiled translations, made at start so that no gettext needs to be installed."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_catalogues(source: Path, spare: Path) -> list[Path]:
    """Compile each source/<language>/LC_MESSAGES/*.po whose .mo is missing or older; returns what was made.

    The .mo stands beside its .po, or in `spare` under the same name when that folder cannot be written.
    """
    written = []
    for po in sorted(source.glob("*/LC_MESSAGES/*.po")):
        places = (po.with_suffix(".mo"), spare / po.relative_to(source).with_suffix(".mo"))
        if not _fresh(places, po):
            written.append(_write_first(places, polib.pofile(str(po)).to_binary()))
    return written


def _fresh(places: Iterable[Path], po: Path) -> bool:
    newest = max((place.stat().st_mtime for place in places if place.exists()), default=0.0)
    return newest >= po.stat().st_mtime


def _write_first(places: tuple[Path, Path], content: bytes) -> Path:
    """Written whole or not at all: another process may be reading."""
    beside, spare = places
    try:
        written = _write(beside, content)
    except OSError:
        return _write(spare, content)
    spare.unlink(missing_ok=True)
    return written


def _write(place: Path, content: bytes) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(place)
    return place
