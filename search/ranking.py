"""The order of what an engine proposes: one ranker for every engine, so that all of them answer alike.

An engine finds some two hundred candidates that the reader may read; here they are ordered by how well their
words fit (BM25 over stems, title and body as one text, the title once more), and then by a few mild boosts
that never outweigh a clearly better text. Nothing here asks an engine or the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .boosting import NOBODY, Reader, boosts
from .question import LONGEST_EXACT, PART, Question, Readings, Term
from .tally import Tally
from .text import LANGUAGES, stem, words

CANDIDATES = 200
FREQUENCY, LENGTH = 1.6, 0.75
# Of the readings of one word the best counts, and this much of the others.
TIE = 0.1
COVERAGE = 0.2
# Words of the title count once more, by how long titles usually are.
TITLE, TITLE_WORDS = 1.2, 8
TITLE_PHRASE, BODY_PHRASE = 0.2, 0.15
SAME_TITLE, SAME_BEGINNING = 20.0, 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that an engine proposes. title, body, parts: stems with single spaces between them, as
    stems_of() gives them; body has what stands beside it, too; parts are those of compounds.

    exact: the title as typed, in folded words. prior: 0 to 1. applied: how often a lesson was put to use.
    """

    key: str
    title: str
    body: str
    language: str = ""
    parts: str = ""
    exact: str = ""
    kind: str = ""
    community: str = ""
    prior: float = 0.0
    updated_at: datetime | None = None
    applied: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """parts: named numbers that together are the score."""

    candidate: Candidate
    score: float
    parts: dict[str, float] = field(default_factory=dict)


def stems_of(text: str | Iterable[str], language: str) -> str:
    """The stems of a text, or of its folded words, as candidates have them; in an unknown language those of
    all languages."""
    found = words(text) if isinstance(text, str) else text
    if language in LANGUAGES:
        return " ".join(stem(word, language) for word in found)
    return " ".join(" ".join(dict.fromkeys(stem(word, code) for code in LANGUAGES)) for word in found)


def rank(candidates: Iterable[Candidate], question: Question, reader: Reader = NOBODY) -> list[Ranked]:
    """The best first; what fits equally well by age and key, so that pages never show one thing twice."""
    looked_at = [(candidate, _texts(candidate, question)) for candidate in candidates]
    readings = question.readings_among({one for _, texts in looked_at for one in texts.stems()})
    ranked = []
    for candidate, texts in looked_at:
        parts = _explained(candidate, texts, question, readings, reader)
        ranked.append(Ranked(candidate, sum(parts.values()), parts))
    return sorted(ranked, key=_order)


@dataclass(frozen=True, slots=True)
class _Texts:
    title: Tally
    body: Tally
    parts: Tally

    def stems(self) -> list[str]:
        return [*self.title.counts, *self.body.counts, *self.parts.counts]


def _order(one: Ranked) -> tuple[float, float, str]:
    at = one.candidate.updated_at
    return -one.score, -at.timestamp() if at else 0.0, one.candidate.key


def explain(candidate: Candidate, question: Question, reader: Reader = NOBODY) -> dict[str, float]:
    """Why a candidate stands where it stands: named numbers whose sum is its score. None of them is 0."""
    return _explained(candidate, _texts(candidate, question), question, question.readings, reader)


def _explained(
    candidate: Candidate, texts: _Texts, question: Question, readings: Readings, reader: Reader
) -> dict[str, float]:
    language = _language(candidate)
    found = _words(texts, readings[language], question.average) | _phrases(texts, language, question)
    found |= _title(candidate, question)
    text = sum(found.values())
    found |= {name: text * share for name, share in boosts(candidate, reader, question.now).items()}
    return {name: value for name, value in found.items() if value}


def _texts(candidate: Candidate, question: Question) -> _Texts:
    title, body, parts = candidate.title, candidate.body, candidate.parts
    return _Texts(*(Tally(text, question.stems) for text in (title, body, parts)))


def _language(candidate: Candidate) -> str:
    return candidate.language if candidate.language in LANGUAGES else ""


def _saturated(count: float, longer: float) -> float:
    return count * (FREQUENCY + 1) / (count + FREQUENCY * longer)


def _words(
    texts: _Texts, readings: Iterable[tuple[Term, float, tuple[str, ...]]], average: float
) -> dict[str, float]:
    title, body, parts = texts.title, texts.body, texts.parts
    longer = 1 - LENGTH + LENGTH * (title.length + body.length) / max(average, 1.0)
    longer_title = 1 - LENGTH + LENGTH * title.length / TITLE_WORDS
    best: dict[int, list[tuple[float, bool]]] = {}
    titled: dict[int, float] = {}
    weights: dict[int, float] = {}
    added = 0.0
    for term, rare, forms in readings:
        count = in_title = 0.0
        for form in forms:
            there = title.of(form)
            count = max(count, there + body.of(form) + PART * parts.of(form))
            in_title = max(in_title, there)
        if not count:
            continue
        value = term.weight * rare * _saturated(count, longer)
        if in_title:
            share = term.weight * rare * _saturated(in_title, longer_title)
            titled[term.word] = max(titled.get(term.word, 0.0), share)
        weights[term.word] = max(weights.get(term.word, 0.0), term.weight)
        if term.adds:
            added += value
        else:
            best.setdefault(term.word, []).append((value, term.means_same))
    worth = {False: 0.0, True: 0.0}
    for values in best.values():
        most, means_same = max(values)
        worth[means_same] += (1 - TIE) * most + TIE * sum(value for value, _ in values)
    return {
        "words": worth[False],
        "synonyms": worth[True],
        "word parts": added,
        "words in title": TITLE * sum(titled.values()),
        "coverage": COVERAGE * sum(weights.values()),
    }


def _phrases(texts: _Texts, language: str, question: Question) -> dict[str, float]:
    """Words that follow one another as they do in the question."""
    in_title = in_body = 0.0
    title, body = texts.title, texts.body
    for rare, pairs in question.pairs[language]:
        if title.has_any(pairs):
            in_title += TITLE_PHRASE * rare
        if body.has_any(pairs):
            in_body += BODY_PHRASE * rare
    return {"phrase in title": in_title, "phrase": in_body}


def _title(candidate: Candidate, question: Question) -> dict[str, float]:
    exact = candidate.exact[:LONGEST_EXACT]
    if not question.phrase or not exact.startswith(question.phrase):
        return {}
    ends = exact[len(question.phrase) :][:1] in {"", " "}
    if not ends and question.ends_in_word:
        return {}
    found = {"title begins like it": SAME_BEGINNING}
    return found | {"same title": SAME_TITLE} if exact == question.phrase else found
