"""Learning what is alike, from what the database says now: once a day, and when there is much more of it."""

import time
from collections.abc import Iterator

from kring.indexing.registry import Document, searchables

from .alike import root, shelf
from .draining import made
from .engines import STEP
from .likeness import storage
from .likeness.doubles import update_doubles
from .likeness.terms import KINDS
from .likeness.writing import FEWEST, LearningRunningError, rebuild
from .rebuilding import replay

OLD_SECONDS = 22 * 3600
GROWN = 0.2


def learn_when_due() -> int:
    """Learn anew where there is nothing, it is a day old, or the collection has grown by a fifth; look for
    doubles among what changed. How many things were learnt from."""
    number = learn() if _is_due() else 0
    if not number and (held := shelf()):
        update_doubles(root(), held)
    return number


def learn(*, fewest: int = FEWEST) -> int:
    """Learn from everything, and look for doubles; 0 for too few things, or where another learns already."""
    try:
        number = rebuild(root(), _documents(), replay, fewest=fewest)
    except LearningRunningError:
        return 0
    held = shelf() if number else None
    if held:
        update_doubles(root(), held)
    return number


def _is_due() -> bool:
    if shelf() is None:
        return True
    at, number = storage.learnt(root())
    present = sum(len(ids) for ids in _ids().values())
    return time.time() - at > OLD_SECONDS or present > (1 + GROWN) * number


def _ids() -> dict[str, list[int]]:
    return {kind: list(one.all_ids()) for kind, one in searchables().items() if kind in KINDS}


def _documents() -> Iterator[Document]:
    for kind, ids in _ids().items():
        for start in range(0, len(ids), STEP):
            yield from made((kind, pk) for pk in ids[start : start + STEP])[0]
