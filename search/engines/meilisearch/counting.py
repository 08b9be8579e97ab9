"""How many things that a reader may read hold a word, asked for in bulk."""

import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ...text import stem
from ...thesaurus import Beside
from .documents import initial_of
from .server import Server, quoted
from .shape import BEGIN, STEMS, WRITTEN

# More things with one phrase are not told one by one.
MOST_WITH_PHRASE = 500
MEMORY_SECONDS = 5.0
MOST_HELD = 20_000


def begins_like(prefix: str) -> str:
    """The condition on things with a word that begins like this."""
    return f"{BEGIN}.{initial_of(prefix)} STARTS WITH {quoted(prefix)}"


class Memory:
    """Counts that any question of this process asked for within the last seconds; what is typed is asked
    letter by letter."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._held: dict[tuple[str, str], tuple[float, int]] = {}

    def recall(self, readable: str, token: str) -> int | None:
        at, count = self._held.get((readable, token), (-math.inf, 0))
        return count if time.monotonic() - at < self.seconds else None

    def keep(self, readable: str, found: Mapping[str, int]) -> None:
        if not self.seconds:
            return
        if len(self._held) > MOST_HELD:
            self._held.clear()
        now = time.monotonic()
        self._held |= {(readable, token): (now, count) for token, count in found.items()}


class Counts:
    """Answers for one reader and one question. readable: the condition on what this reader may read.

    somewhere: the tokens that stood in anything a moment ago; guesses that are none of them aren't asked for.
    """

    def __init__(
        self, server: Server, index: str, readable: str, somewhere: Collection[str], memory: Memory
    ) -> None:
        self.server, self.index, self.readable = server, index, readable
        self.somewhere, self.memory = somewhere, memory
        self._counts: dict[str, int] = {}
        self._phrases: dict[tuple[str, ...], list[str] | None] = {}

    def know(self, tokens: Iterable[str]) -> None:
        """Ask for all of these at once."""
        wanted = [token for token in dict.fromkeys(tokens) if token not in self._counts]
        recalled = {token: self.memory.recall(self.readable, token) for token in wanted}
        new = [token for token, count in recalled.items() if count is None]
        found = dict(zip(new, self._ask(f"terms = {quoted(token)}" for token in new), strict=True))
        self.memory.keep(self.readable, found)
        self._counts |= found | {token: count for token, count in recalled.items() if count is not None}

    def guess(self, tokens: Iterable[str]) -> None:
        """Ask for those of these that stand anywhere; the others are 0."""
        wanted = [token for token in dict.fromkeys(tokens) if token not in self._counts]
        self.know(token for token in wanted if token in self.somewhere)
        self._counts |= dict.fromkeys([token for token in wanted if token not in self.somewhere], 0)

    def of(self, token: str) -> int:
        if token not in self._counts:
            self.know([token])
        return self._counts[token]

    def beginning(self, word: str) -> bool:
        """Whether there are words that begin like this."""
        (count,) = self._ask([begins_like(word)])
        return count > 0

    def _ask(self, conditions: Iterable[str]) -> list[int]:
        questions = [
            {"indexUid": self.index, "q": "", "limit": 0, "filter": f"{self.readable} AND {one}"}
            for one in conditions
        ]
        return [int(answer["estimatedTotalHits"]) for answer in self.server.search(questions)]

    def know_phrases(self, phrases: Iterable[Beside]) -> None:
        """Ask at once which things hold each of these phrases, as written or by their stems."""
        wanted = list({one.words: one for one in phrases}.values())
        questions = [question for one in wanted for question in self._with_phrase(one)]
        answers = self.server.search(questions)
        for one, pair in zip(wanted, zip(answers[::2], answers[1::2], strict=True), strict=True):
            ids = {hit["id"] for answer in pair for hit in answer["hits"]}
            full = any(int(answer["estimatedTotalHits"]) > MOST_WITH_PHRASE for answer in pair)
            self._phrases[one.words] = None if full else sorted(ids)

    def with_phrase(self, phrase: Beside) -> list[str] | None:
        """The ids of things that hold it; None where there are too many to tell."""
        return self._phrases[phrase.words]

    def with_codes(self, codes: Iterable[Sequence[str]]) -> list[list[str]]:
        """The ids of things in which each of these stands as it is; none for what stands nowhere, or in more
        things than are told one by one."""
        asked = [self._phrase(code, WRITTEN) for code in dict.fromkeys(map(tuple, codes))]
        found = [[hit["id"] for hit in answer["hits"]] for answer in self.server.search(asked)]
        return [ids for ids in found if 0 < len(ids) < MOST_WITH_PHRASE]

    def _with_phrase(self, one: Beside) -> list[dict[str, Any]]:
        stems = [stem(word, one.language) for word in one.words]
        return [self._phrase(one.words, WRITTEN), self._phrase(stems, STEMS)]

    def _phrase(self, words: Iterable[str], fields: Sequence[str]) -> dict[str, Any]:
        return {
            "indexUid": self.index,
            "q": f'"{" ".join(words)}"',
            "attributesToSearchOn": list(fields),
            "filter": self.readable,
            "limit": MOST_WITH_PHRASE,
            "attributesToRetrieve": ["id"],
        }
