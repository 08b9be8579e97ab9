"""How many things that a reader may read hold a word, asked for in bulk."""

from collections.abc import Iterable

from .server import Server, quoted


class Counts:
    """Answers for one reader and one question. readable: the condition on what this reader may read."""

    def __init__(self, server: Server, index: str, readable: str) -> None:
        self.server, self.index, self.readable = server, index, readable
        self._counts: dict[str, int] = {}

    def know(self, tokens: Iterable[str]) -> None:
        """Ask for all of these at once."""
        new = [token for token in dict.fromkeys(tokens) if token not in self._counts]
        found = self._ask(f"terms = {quoted(token)}" for token in new)
        self._counts |= dict(zip(new, found, strict=True))

    def of(self, token: str) -> int:
        if token not in self._counts:
            self.know([token])
        return self._counts[token]

    def beginning(self, word: str) -> bool:
        """Whether there are words that begin like this."""
        (count,) = self._ask([f"terms STARTS WITH {quoted(word)}"])
        return count > 0

    def _ask(self, conditions: Iterable[str]) -> list[int]:
        questions = [
            {"indexUid": self.index, "q": "", "limit": 0, "filter": f"{self.readable} AND {one}"}
            for one in conditions
        ]
        return [int(answer["estimatedTotalHits"]) for answer in self.server.search(questions)]
