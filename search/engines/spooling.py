"""Documents that wait in a file of this process, for making them costs more than reading them back."""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from kring.indexing.registry import Document

from ..compounds import Splitter
from ..text import words
from ..vocabulary import SHORTEST


def spooled(documents: Iterable[Document], spool: IO[bytes]) -> Splitter:
    """Write documents into the file; gives what splits compounds by their words."""
    counts: Counter[str] = Counter()
    number = 0
    for document in documents:
        pickle.dump(document, spool, pickle.HIGHEST_PROTOCOL)
        if "#" not in document.key:
            number += 1
        count_words(document, counts)
    return Splitter(counts, number)


def count_words(document: Document, counts: Counter[str]) -> None:
    """Count in how many things each word stands: a part says again what the whole says."""
    if "#" not in document.key:
        found = set(words(f"{document.title}\n{document.body}\n{document.beside}"))
        counts.update(word for word in found if len(word) >= SHORTEST and not word.isdigit())


def unspooled(spool: IO[bytes]) -> Iterator[Document]:
    """What spooled() wrote, read from where the file stands."""
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - what this process wrote a moment ago
        except EOFError:
            return
