"""The order of what an engine proposes: one ranker for every engine, so that all of them answer alike.

An engine finds some two hundred candidates that the reader may read; here they are ordered by how well their
words fit (BM25 over stems, title and body as one text, the title once more), and then by a few mild boosts
that never outweigh a clearly better text. Nothing here asks an engine or the database.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from .boosting import NOBODY, Reader, boosts
from .tally import Tally
from .text import LANGUAGES, STOP_WORDS, stem, words

CANDIDATES = 200
# Language of a text to the languages whose stems it holds.
TEXTS = {code: (code,) for code in LANGUAGES} | {"": tuple(LANGUAGES)}

# What a reading of a word is worth. Corrections by the number of slips.
EXACT = 1.0
COMPLETED = 0.9
CORRECTED = (1.0, 0.8, 0.6, 0.45)
SYNONYM = 0.6
PART = 0.5

FREQUENCY, LENGTH = 1.6, 0.75
# Of the readings of one word the best counts, and this much of the others.
TIE = 0.1
COVERAGE = 0.2
# Words of the title count once more, by how long titles usually are.
TITLE, TITLE_WORDS = 1.2, 8
TITLE_PHRASE, BODY_PHRASE = 0.2, 0.15
SAME_TITLE, SAME_BEGINNING = 20.0, 6.0
LONGEST_EXACT = 250


@dataclass(frozen=True, slots=True)
class Term:
    """One reading of a word of the question.

    word: which word, counted from 0. forms: language to the stem, or stems with a space between them, by
    which it stands in texts of that language. seen: documents that have it. adds: a part of the word, which
    counts beside the other readings.
    """

    word: int
    forms: Mapping[str, str]
    weight: float = EXACT
    seen: int = 0
    adds: bool = False
    means_same: bool = False


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


@dataclass(frozen=True)
class Question:
    """What was asked, and of what collection. text: its words, folded. average: words in a document."""

    text: Sequence[str]
    terms: Sequence[Term]
    documents: int
    average: float
    now: datetime | None = None

    @cached_property
    def rarities(self) -> list[float]:
        return [rarity(term.seen, self.documents) for term in self.terms]

    @cached_property
    def phrase(self) -> str:
        return " ".join(self.text)[:LONGEST_EXACT]

    @cached_property
    def ends_in_word(self) -> bool:
        """Whether its last word stands in texts by itself: then it is no mere beginning of another."""
        last = len(self.text) - 1
        return any(term.word == last and term.weight == EXACT and term.seen for term in self.terms)

    @cached_property
    def readings(self) -> dict[str, list[tuple[Term, float, tuple[str, ...]]]]:
        """Language of a text, or "", to (term, how rare it is, the forms in which it stands there)."""
        return {
            language: [
                (term, rare, tuple(dict.fromkeys(term.forms[code] for code in codes if code in term.forms)))
                for term, rare in zip(self.terms, self.rarities, strict=True)
            ]
            for language, codes in TEXTS.items()
        }

    @cached_property
    def stems(self) -> frozenset[str]:
        """All that is counted in a text."""
        forms = [form for term in self.terms for form in term.forms.values()]
        paired = [one for _, pairs in self.pairs[""] for pair in pairs for one in pair]
        return frozenset([*forms, *paired])

    @cached_property
    def pairs(self) -> dict[str, list[tuple[float, tuple[tuple[str, str], ...]]]]:
        """Language of a text, or "", to (how rare two words are together, their stems in this order)."""
        known: dict[str, float] = {}
        for term, rare in zip(self.terms, self.rarities, strict=True):
            if term.word < len(self.text) and term.weight == EXACT:
                known.setdefault(self.text[term.word], rare)
        wanted = [
            (first, second)
            for first, second in pairwise(self.text)
            if not (first in STOP_WORDS and second in STOP_WORDS)
        ]
        return {
            language: [
                (
                    known.get(first, 0.0) + known.get(second, 0.0),
                    tuple(dict.fromkeys((stem(first, code), stem(second, code)) for code in codes)),
                )
                for first, second in wanted
            ]
            for language, codes in TEXTS.items()
        }


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


def forms_of(word: str, languages: Iterable[str] = LANGUAGES) -> dict[str, str]:
    """Term.forms of a folded word, or of several with spaces between them."""
    return {code: " ".join(stem(one, code) for one in word.split()) for code in languages}


def completed(
    index: int, word: str, longer: Iterable[str], languages: Sequence[str], seen: Callable[[str], int]
) -> list[Term]:
    """Words that go on from an unfinished one; none is rarer than that itself, which may be all of it."""
    known = seen(word)
    return [Term(index, forms_of(one, languages), COMPLETED, seen(one) + known) for one in longer]


def rarity(seen: int, documents: int) -> float:
    seen = min(seen, documents)
    return math.log(1 + (documents - seen + 0.5) / (seen + 0.5))


def rank(candidates: Iterable[Candidate], question: Question, reader: Reader = NOBODY) -> list[Ranked]:
    """The best first; what fits equally well by age and key, so that pages never show one thing twice."""
    ranked = []
    for candidate in candidates:
        parts = explain(candidate, question, reader)
        ranked.append(Ranked(candidate, sum(parts.values()), parts))
    return sorted(ranked, key=_order)


def _order(one: Ranked) -> tuple[float, float, str]:
    at = one.candidate.updated_at
    return -one.score, -at.timestamp() if at else 0.0, one.candidate.key


def explain(candidate: Candidate, question: Question, reader: Reader = NOBODY) -> dict[str, float]:
    """Why a candidate stands where it stands: named numbers whose sum is its score. None of them is 0."""
    texts, language = _texts(candidate, question), _language(candidate)
    found = _words(texts, language, question) | _phrases(texts, language, question)
    found |= _title(candidate, question)
    text = sum(found.values())
    found |= {name: text * share for name, share in boosts(candidate, reader, question.now).items()}
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class _Texts:
    title: Tally
    body: Tally
    parts: Tally


def _texts(candidate: Candidate, question: Question) -> _Texts:
    title, body, parts = candidate.title, candidate.body, candidate.parts
    return _Texts(*(Tally(text, question.stems) for text in (title, body, parts)))


def _language(candidate: Candidate) -> str:
    return candidate.language if candidate.language in LANGUAGES else ""


def _saturated(count: float, longer: float) -> float:
    return count * (FREQUENCY + 1) / (count + FREQUENCY * longer)


def _words(texts: _Texts, language: str, question: Question) -> dict[str, float]:
    title, body, parts = texts.title, texts.body, texts.parts
    longer = 1 - LENGTH + LENGTH * (title.length + body.length) / max(question.average, 1.0)
    longer_title = 1 - LENGTH + LENGTH * title.length / TITLE_WORDS
    best: dict[int, list[tuple[float, bool]]] = {}
    titled: dict[int, float] = {}
    weights: dict[int, float] = {}
    added = 0.0
    for term, rare, forms in question.readings[language]:
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
    readings = {False: 0.0, True: 0.0}
    for values in best.values():
        most, means_same = max(values)
        readings[means_same] += (1 - TIE) * most + TIE * sum(value for value, _ in values)
    return {
        "words": readings[False],
        "synonyms": readings[True],
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
