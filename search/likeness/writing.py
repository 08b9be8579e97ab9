"""Writing where things lie: a new build beside the live one, and changes into its journal."""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from kring.indexing.registry import Document

from ..compounds import Splitter
from ..engines.embedded.storage import locked, make_live, note_for_rebuild, take_notes
from ..engines.spooling import spooled, unspooled
from . import storage
from .files import Placed, load_model, packed, save_model, save_places
from .learning import learn
from .model import Model
from .terms import KINDS, Compounds, telling_words, terms_of, text_of

# Of fewer things words alone tell as much.
FEWEST = 30
SAMPLE = 10_000

Replay = Callable[[Collection[str]], Iterable[Document]]


class LearningRunningError(RuntimeError):
    """Somebody learns already."""


def follow(root: Path, things: Collection[str], documents: Iterable[Document]) -> None:
    """Replace what is held of these things by where these documents lie; where nothing was learnt there is
    nothing to do. The same again changes nothing."""
    own = [thing for thing in things if thing.partition(":")[0] in KINDS]
    if not own or not root.exists():
        return
    with locked(root, "write"):
        note_for_rebuild(root, own)
        if name := storage.current(root):
            model = load_model(root / name)
            storage.append(root / name, packed(own, list(placed(model, documents))))


def rebuild(root: Path, documents: Iterable[Document], replay: Replay, *, fewest: int = FEWEST) -> int:
    """Learn from these documents, place them all, and swap; how many there are, 0 for too few to learn from.

    The live build answers and follows until then. `replay` gives the present documents of the things that
    changed meanwhile. Raises LearningRunningError; whatever else it raises, the live build stays.
    """
    with locked(root, "rebuild", wait=False) as mine:
        if not mine:
            raise LearningRunningError
        with locked(root, "write"):
            take_notes(root)
        folder = storage.new_build(root)
        try:
            number = _fill(folder, documents, fewest)
            if number:
                _catch_up(root, folder, replay)
            else:
                shutil.rmtree(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return number


def _catch_up(root: Path, folder: Path, replay: Replay) -> None:
    """Bring in what changed since, and swap, while nobody else writes."""
    with locked(root, "write"):
        if missed := take_notes(root):
            found = placed(load_model(folder), replay(missed))
            storage.append(folder, packed(missed, list(found)))
        make_live(root, folder.name)
        storage.prune(root)


def wholes(documents: Iterable[Document]) -> Iterator[Document]:
    """Those of whole things that are compared."""
    return (one for one in documents if "#" not in one.key and one.kind in KINDS)


def placed(model: Model, documents: Iterable[Document]) -> Iterator[Placed]:
    """Without a known word a thing lies nowhere."""
    found = ((one, model.place_of(one)) for one in wholes(documents))
    return (one for one in found if one[1].is_known)


def _fill(folder: Path, documents: Iterable[Document], fewest: int) -> int:
    """Documents wait in a file, for they are gone through several times; see the embedded engine."""
    with tempfile.TemporaryFile(dir=folder) as spool:
        splitter = spooled(wholes(documents), spool)
        number = sum(1 for _one in _again(spool))
        if number < max(fewest, 2):
            return 0
        compounds = _compounds(_again(spool), splitter)
        model = learn(_sample(_again(spool), number, compounds), compounds)
        save_model(folder, model)
        save_places(folder, placed(model, _again(spool)), number, model.space.shape[1])
    storage.seal(folder, number)
    return number


def _again(spool: IO[bytes]) -> Iterator[Document]:
    spool.seek(0)
    return unspooled(spool)


def _compounds(documents: Iterable[Document], splitter: Splitter) -> dict[str, tuple[str, ...]]:
    dutch = (one for one in documents if one.language != "en")
    known = {word for one in dutch for word in telling_words(text_of(one))}
    return {word: parts for word in sorted(known) if (parts := splitter.split(word))}


def _sample(documents: Iterable[Document], number: int, compounds: Compounds) -> list[list[str]]:
    """Terms of every so many-th, which for up to SAMPLE is all of them."""
    every = -(-number // SAMPLE)
    some = (one for count, one in enumerate(documents) if count % every == 0)
    return [terms_of(text_of(one), one.language, compounds) for one in some]
