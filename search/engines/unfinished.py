"""A new build that is not in use yet, as it stands on disk: whoever was interrupted goes on with it.

`begun` says what is built, and for what; `documents` is what was read of it, and `written` how many of these
the build holds. Without `begun` there is no such build, whatever else may lie there. What is told to the live
index is written down for this one as long as it stands, also while nobody builds; and what was read of that
before is wiped, since it is read again.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import Error as DatabaseError

from ..compounds import Splitter
from ..likeness.storage import read_json, write_json
from .base import AwayError, Half, Reached, Source
from .embedded.storage import keep_names
from .journal import FIELDS, FORMAT, Journal, reach, wipe
from .spooling import count_words

TOO_OLD_SECONDS = 24 * 3600
# Nothing is wrong with a build that ends with one of these.
INTERRUPTIONS = (KeyboardInterrupt, SystemExit, AwayError, DatabaseError)


@dataclass(frozen=True, slots=True)
class Begun:
    """build: its name. form: what must be the same for it to be gone on with. kept: see Source.begins()."""

    build: str
    form: str
    at: float
    kept: Any


class Unfinished:
    """The one in a folder of its own. All but reading is done under the locks for building or writing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stands(self) -> bool:
        return (self.folder / "begun").exists()

    def begun(self) -> Begun | None:
        """None where none stands."""
        try:
            return Begun(**read_json(self.folder / "begun"))
        except (OSError, ValueError, TypeError):
            return None

    def is_of(self, form: str) -> bool:
        """Whether one stands that this program may go on with."""
        begun = self.begun()
        return begun is not None and begun.form == form and not is_old(begun.at)

    def half(self, form: str, written: Callable[[str], int]) -> Half | None:
        """What is there, without a change of it. written: how many documents the build of a name has."""
        begun = self.begun()
        if begun is None:
            return None
        try:
            found = reach(self.folder / "documents", written(begun.build))
        except (OSError, ValueError):
            # Something of it is missing, so nobody can go on with it.
            return Half(Reached(begun.at, "", False, 0, 0), usable=False)
        return Half(Reached(begun.at, *found), self.is_of(form))

    def begin(self, begun: Begun) -> None:
        self.forget()
        self.folder.mkdir(parents=True)
        write_json(self.folder / "begun", asdict(begun))
        keep_names(self.folder)

    def forget(self) -> None:
        """From now on none stands, whatever happens to this machine."""
        if self.stands():
            (self.folder / "begun").unlink()
            keep_names(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def journal(self) -> Journal:
        return Journal(self.folder / "documents")

    def wipe(self, things: Collection[str]) -> None:
        """Keep nothing of what was read of these; they must be noted already, to be read again at the end."""
        wipe(self.folder / "documents", things)

    def wrote(self, documents: int) -> None:
        """So many documents are in the build; known for good on return."""
        write_json(self.folder / "written", documents)
        keep_names(self.folder)

    def written(self) -> int:
        """How many documents are in the build for certain."""
        try:
            return int(read_json(self.folder / "written"))
        except (OSError, ValueError, TypeError):
            return 0


def form_of(*own: Any) -> str:
    """own: what the engine adds, such as the number of its schema."""
    return repr((version("kring"), FIELDS, FORMAT, *own))


def is_old(at: float) -> bool:
    """Whether nobody should go on with what began then; in seconds of the epoch."""
    return not 0 <= time.time() - at < TOO_OLD_SECONDS


def reached(begun: Begun, journal: Journal, written: int) -> Reached:
    return Reached(begun.at, *reach(journal.path, written))


def read_rest(journal: Journal, source: Source) -> Splitter:
    """Read what was not read yet; gives what splits compounds, which takes the words of all of it."""
    words: Counter[str] = Counter()
    for document in journal.read():
        count_words(document, words)
    if not journal.whole:
        for last, documents in source.steps():
            journal.add(last, documents)
            for document in documents:
                count_words(document, words)
        journal.end()
    # No part of a compound stands in one document alone.
    return Splitter({word: number for word, number in words.items() if number > 1}, journal.things)


@contextmanager
def thrown_away_unless_interrupted(throw_away: Callable[[], None]) -> Iterator[None]:
    """What failed by itself would fail again at the same place."""
    try:
        yield
    except INTERRUPTIONS:
        raise
    except BaseException:
        with suppress(AwayError):
            throw_away()
        raise
