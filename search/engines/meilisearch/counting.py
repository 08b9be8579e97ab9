"""How many things that a reader may read hold a word, asked for in bulk."""

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Guess:
    """What a word may stand for. tokens: single ones; pairs: two that are wanted in one thing.

    most: where any of them is found, so many questions are asked, or as many as there are.
    """

    tokens: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    most: int = 0


# Fits nothing, and is looked up as a word is.
NOTHING = 'terms = " "'


def _holds(token: str) -> str:
    return f"terms = {quoted(token)}"


def _holds_both(pair: tuple[str, str]) -> str:
    return f"({' AND '.join(map(_holds, pair))})"


def _any_of(guess: Guess) -> str:
    found = [*map(_holds, guess.tokens), *map(_holds_both, guess.pairs)]
    return f"({' OR '.join(found or [NOTHING])})"


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

    What only others may read takes as much as what stands nowhere: as many questions, in as many requests.
    """

    def __init__(self, server: Server, index: str, readable: str, memory: Memory) -> None:
        self.server, self.index, self.readable, self.memory = server, index, readable, memory
        self._counts: dict[str, int] = {}
        self._together: dict[tuple[str, str], int] = {}
        self._phrases: dict[tuple[str, ...], list[str] | None] = {}

    def know(
        self,
        tokens: Iterable[str] = (),
        guesses: Sequence[Guess] = (),
        parts: Iterable[str] = (),
        usual: int = 0,
    ) -> None:
        """Ask for all of these at once, and whether there is any of each guess; then for those of which there
        is one. usual: so many questions are asked of parts, or as many as there are."""
        new = self._not_recalled(tokens)
        inside = [part for part in self._not_recalled(parts) if part not in new]
        blanks = [NOTHING] * max(0, usual - len(inside))
        new += inside
        counts = self._ask([*map(_holds, new), *map(_any_of, guesses), *blanks])
        self._keep(dict(zip(new, counts, strict=False)))
        found = counts[len(new) : len(new) + len(guesses)]
        good = [one for one, count in zip(guesses, found, strict=True) if count]
        for one in guesses:
            self._counts = dict.fromkeys(one.tokens, 0) | self._counts
            self._together = dict.fromkeys(one.pairs, 0) | self._together
        if good:
            self._know_each(good)

    def _know_each(self, guesses: Iterable[Guess]) -> None:
        tokens = list(dict.fromkeys(token for one in guesses for token in one.tokens))
        pairs = list(dict.fromkeys(pair for one in guesses for pair in one.pairs))
        blanks = sum(max(0, one.most - len(one.tokens) - len(one.pairs)) for one in guesses)
        counts = self._ask([*map(_holds, tokens), *map(_holds_both, pairs), *[NOTHING] * blanks])
        self._keep(dict(zip(tokens, counts, strict=False)))
        self._together |= dict(zip(pairs, counts[len(tokens) :], strict=False))

    def _not_recalled(self, tokens: Iterable[str]) -> list[str]:
        """Those of which nothing is known."""
        wanted = [token for token in dict.fromkeys(tokens) if token not in self._counts]
        recalled = {token: self.memory.recall(self.readable, token) for token in wanted}
        self._counts |= {token: count for token, count in recalled.items() if count is not None}
        return [token for token, count in recalled.items() if count is None]

    def _keep(self, found: dict[str, int]) -> None:
        self.memory.keep(self.readable, found)
        self._counts |= found

    def together(self, pair: tuple[str, str]) -> int:
        """Things with both, of a pair that was guessed."""
        return self._together.get(pair, 0)

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
