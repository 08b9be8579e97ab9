"""Nearness in meaning, by a language model that somebody runs: off unless an address of one is configured.

The server asks the model, for every thing when it is indexed and for every question; see docs/operations.md.
"""

from dataclasses import dataclass, field
from typing import Any

NAME = "kring"
# Of a text its beginning is enough to tell what it is about, and all that leaves the house.
TEXT, MOST_BYTES = "{{doc.title}}\n{{doc.body}}", 2000


@dataclass(frozen=True, slots=True)
class Meaning:
    """Where the model is asked, as OpenAI's interface and most others of that kind are. Shown without key."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    def settings(self) -> dict[str, Any]:
        """Of an index, in the server's words."""
        embedder = {
            "source": "rest",
            "url": self.url,
            "request": {"model": self.model, "input": ["{{text}}", "{{..}}"]},
            "response": {"data": [{"embedding": "{{embedding}}"}, "{{..}}"]},
            "documentTemplate": TEXT,
            "documentTemplateMaxBytes": MOST_BYTES,
        }
        return {NAME: embedder | ({"apiKey": self.key} if self.key else {})}


def without_meaning(row: dict[str, Any]) -> dict[str, Any]:
    """A row that the model is not asked about."""
    return row | {"_vectors": {NAME: None}}


def question_of_meaning(index: str, text: str, condition: str, most: int) -> dict[str, Any]:
    """A search by nearness alone, of the things that fit the condition; each with how near it is, 0 to 1."""
    return {
        "indexUid": index,
        "q": text,
        "hybrid": {"embedder": NAME, "semanticRatio": 1.0},
        "filter": condition,
        "limit": most,
        "attributesToRetrieve": ["thing"],
        "showRankingScore": True,
    }
