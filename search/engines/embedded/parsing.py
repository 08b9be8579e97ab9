"""From words to tantivy's queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA
from tantivy import Occur
from tantivy import Query as Clause

from ...compounds import SHORTEST_WORD
from ...question import CORRECTED, JOINED, PART, Term, completed, forms_of, rarity
from ...snippets import Marker
from ...text import LANGUAGES, Wanted, are_forms, stem
from ...thesaurus import NO_THESAURUS, Thesaurus, terms_of, widened
from ...vocabulary import MOST_COMPLETIONS, MOST_CORRECTIONS, MOST_PROPOSALS, SHORTEST, Vocabulary
from .clauses import both, either, phrase_in_whole, term
from .counting import Counts
from .extras import phrases, titles
from .parts import Longer, Parts
from .schema import FIELDS, SCHEMA
from .weights import (
    AUTOMATON_FREQUENCY,
    CODE_SCORE,
    COVERAGE,
    PART_WEIGHT,
    PARTS_WEIGHT,
    PREFIX_WEIGHT,
    SPLIT_WEIGHT,
    STEM_WEIGHT,
    STOP_WEIGHT,
    TIE,
)
from .widening import Widening

MOST_PARTS = 4


@dataclass(slots=True)
class Parsed:
    """strict wants every telling word, loose one or two; both score alike. parts: those of what was found.

    terms: the same for the ranker.
    """

    strict: Any
    loose: Any
    parts: Parts | None
    marker: Marker
    corrections: list[tuple[str, str]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


class Parser:
    """Reads one query for one reader: what only others may read changes nothing, not even a correction."""

    def __init__(
        self, searcher: Any, vocabulary: Vocabulary, readable: Any, languages: Sequence[str] = ()
    ) -> None:
        self.vocabulary = vocabulary
        self.codes = [code for code in languages if code in LANGUAGES] or list(LANGUAGES)
        self.counts = Counts(searcher, readable, self.codes)
        self._proposals: dict[tuple[str, bool], list[tuple[int, str, int]]] = {}
        self.longer = Longer()
        self.terms: list[Term] = []

    def parse(self, wanted: Wanted, thesaurus: Thesaurus = NO_THESAURUS) -> Parsed:
        self.unfinished = wanted.words[-1] if wanted.unfinished else ""
        beside = widened(thesaurus, wanted, self)
        wider = Widening(beside, self.vocabulary)
        terms: set[str] = set()
        corrections: list[tuple[str, str]] = []
        strict, loose, optional = [], [], []
        parts = Parts(self.vocabulary, self.codes, self.longer, wanted.phrases)
        joined = self._joined(wanted.words)
        for index, word in enumerate(wanted.words):
            last = wanted.unfinished and index == len(wanted.words) - 1
            if word in wanted.words[:index] and not last:
                continue
            if word not in wanted.content:
                more = self._automata(word, last, unknown=False)
                optional.append(Clause.boost_query(self._word([(word, 1.0)], more), STOP_WEIGHT))
                continue
            also = wider.of(index)
            readings, fixed = self._readings_beside(word, last, also[0].word(index) if also else "")
            corrections += [(word, fixed)] if fixed and not are_forms(word, fixed, self.codes) else []
            readings += [(one, JOINED) for one in joined.get(index, ())]
            terms |= {reading for reading, _ in readings}
            unknown = len(readings) == 1 and not also and not self.counts.of(word)
            more = self._automata(word, last, unknown=unknown)
            whole, single = self._compound(word, terms, mend=unknown and not more, meant=fixed)
            self._note(index, word, readings, last, fixed)
            self.terms += terms_of(index, fixed or word, also, self.counts.seen)
            whole += wider.clauses(also)
            strict.append(self._word(readings, more, whole))
            loose.append(self._word(readings, more, [*whole, *single]))
            parts.add(word, readings, last, wider.part_clauses(also))
        codes = [code for code in map(phrase_in_whole, wanted.codes) if self.counts.any(code)]
        extras = [*optional, *phrases(wanted.words), *titles(wanted.words)]
        extras += [Clause.const_score_query(code, CODE_SCORE) for code in codes]
        must = [Clause.const_score_query(phrase_in_whole(phrase), 0.0) for phrase in wanted.phrases]
        never = [phrase_in_whole(phrase) for phrase in wanted.excluded]
        least = min(len(loose), 1 if len(loose) <= 2 else 2)
        return Parsed(
            strict=self._whole([both([*strict, *codes])], extras, must, never),
            loose=self._whole([either(loose, least)], extras, must, never),
            parts=parts,
            marker=Marker(terms, wanted.words[-1] if wanted.unfinished else "", self.codes, also=beside),
            corrections=corrections,
            terms=self.terms,
        )

    def _note(self, index: int, word: str, readings: list[tuple[str, float]], last: bool, meant: str) -> None:
        """What a word may stand for, for the ranker."""
        found = [(reading, weight, False) for reading, weight in readings]
        longer = self.vocabulary.completions(word, MOST_COMPLETIONS) if last and len(word) >= 2 else []
        parts = self.vocabulary.splitter.split(word) or self.vocabulary.splitter.split(meant)
        # It takes as much for words that only others may read as for none.
        self.counts.look_up_nothing(MOST_COMPLETIONS - len(longer) if last else 0)
        self.counts.look_up_nothing(MOST_PARTS - len(parts) if len(word) >= SHORTEST_WORD else 0)
        found += [(part, PART, True) for part in parts]
        self.terms += [
            Term(index, forms_of(one, self.codes), weight, self.counts.seen(one), adds)
            for one, weight, adds in dict.fromkeys(found)
        ]
        self.terms += completed(index, word, longer, self.codes, self.counts.seen)

    def _whole(self, core: list[Any], extras: list[Any], must: list[Any], never: list[Any]) -> Any:
        parts = [(Occur.Must, one) for one in [*core, *must]]
        parts += [(Occur.Should, one) for one in extras]
        return Clause.boolean_query([*parts, *((Occur.MustNot, one) for one in never)])

    def _readings(self, word: str, last: bool) -> tuple[list[tuple[str, float]], str]:
        """(term, weight) that a word may stand for, and the likeliest correction of an unknown one."""
        found = [(word, 1.0)]
        if len(word) < SHORTEST or word.isdigit():
            return found, ""
        count = self.counts.of(word)
        if count > self.counts.documents // 5000:
            return found, ""
        known = [
            (distance, fixed)
            for distance, fixed, seen in self._proposed(word, unfinished=last)
            if seen and (not count or seen > 20 * count)
        ][:MOST_CORRECTIONS]
        found += [(fixed, CORRECTED[distance]) for distance, fixed in known]
        completes = last and not count and self._begins(word)
        return found, known[0][1] if known and not count and not completes else ""

    def _proposed(self, word: str, *, unfinished: bool) -> list[tuple[int, str, int]]:
        """(slips, word, things with it that the reader may read) of what is like it."""
        if (word, unfinished) not in self._proposals:
            proposals = self.vocabulary.proposals(word, unfinished=unfinished)[:MOST_PROPOSALS]
            counts = self.counts.of_all([fixed for _, fixed in proposals], MOST_PROPOSALS)
            self._proposals[word, unfinished] = [
                (distance, fixed, counts[fixed]) for distance, fixed in proposals
            ]
        return self._proposals[word, unfinished]

    def _readings_beside(self, word: str, last: bool, read: str) -> tuple[list[tuple[str, float]], str]:
        """The same; `read`: as what it stands in rows of synonyms, or nothing. A word that somebody wrote
        down as meaning the same is none that is misspelt."""
        if read == word:
            return [(word, 1.0)], ""
        found, fixed = self._readings(word, last)
        if read and read not in dict(found):
            found.append((read, CORRECTED[OSA.distance(word, read)]))
        return found, read or fixed

    def knows(self, word: str) -> bool:
        return self.counts.of(word) > 0

    def completes(self, word: str) -> bool:
        return word == self.unfinished and self._begins(word)

    def nearest(self, word: str) -> tuple[int, str] | None:
        found = self._proposed(word, unfinished=word == self.unfinished)
        return next(((distance, fixed) for distance, fixed, seen in found if seen), None)

    def _begins(self, word: str) -> bool:
        clause = either(self.longer.than(name, word) for name in FIELDS)
        return self.counts.any(clause)

    def _joined(self, words: Sequence[str]) -> dict[int, list[str]]:
        """Those that the reader may find, of what neighbours give as one word."""
        joined = self.vocabulary.joined(words)
        known = list(dict.fromkeys(one for ones in joined.values() for one in ones))
        if len(words) < 2 or not self.counts.any_of(known):
            return {}
        return {index: [one for one in ones if self.counts.of(one)] for index, ones in joined.items()}

    def _compound(
        self, word: str, terms: set[str], *, mend: bool, meant: str = ""
    ) -> tuple[list[Any], list[Any]]:
        """Clauses for all parts of a compound together, and for single ones; written apart counts as it.

        mend: allow a slip in one part. meant: what it was corrected to.
        """
        parts = self.vocabulary.splitter.split(word) or self.vocabulary.splitter.split(meant)
        # Looked for in any case: how long it takes must not tell of parts that stand in what others read.
        mended = self.vocabulary.mended_parts(word) if mend else ()
        parts = parts or mended
        if not self._all_stand(word, parts):
            return self._apart(word, terms), []
        terms |= set(parts)
        each = [either(term(f"{name}_nl", stem(part, "nl")) for name in FIELDS) for part in parts]
        whole = Clause.boost_query(both(each), PARTS_WEIGHT / len(parts))
        return [whole], [Clause.boost_query(one, PART_WEIGHT) for one in each]

    def _all_stand(self, word: str, parts: Sequence[str]) -> bool:
        """Whether the reader may find each of these by itself. It takes as much for those of a word that only
        others may read as for none."""
        if len(word) >= SHORTEST_WORD and not self.counts.of(word):
            counts = self.counts.of_all(parts, MOST_PARTS)
            return bool(parts) and all(counts.get(part) or self.counts.of(part) for part in parts)
        return bool(parts) and all(self.counts.of(part) for part in parts)

    def _apart(self, word: str, terms: set[str]) -> list[Any]:
        """ "lessonplan" may be written as two words."""
        if len(word) < 7 or self.counts.of(word):
            return []
        cuts = (
            (min(self.counts.of(word[:cut]), self.counts.of(word[cut:])), cut)
            for cut in range(3, len(word) - 2)
        )
        seen, cut = max(cuts, default=(0, 0))
        if not seen:
            return []
        pair = [word[:cut], word[cut:]]
        terms |= set(pair)
        phrase = either(Clause.phrase_query(SCHEMA, name, [*pair]) for name in FIELDS)
        return [Clause.boost_query(phrase, SPLIT_WEIGHT)]

    def _automata(self, word: str, last: bool, *, unknown: bool) -> list[tuple[str, Any]]:
        """(field, clause) of what begins with an unfinished word, and of what is like an unknown one."""
        found = []
        for name in FIELDS:
            if last and (len(word) >= 2 or name == "title"):
                clause = self.longer.than(name, word)
                found.append((name, self._constant(clause, PREFIX_WEIGHT)))
            if unknown and len(word) >= 5 and not word.isdigit():
                clause = Clause.fuzzy_term_query(SCHEMA, name, word, 1, True, last)
                found.append((name, self._constant(clause, CORRECTED[1])))
        return [(name, clause) for name, clause in found if clause is not None]

    def _constant(self, clause: Any, weight: float) -> Any:
        count = self.counts.answering(clause)
        if not count:
            return None
        score = max(0.05, rarity(count, self.counts.documents) * AUTOMATON_FREQUENCY * weight)
        return Clause.const_score_query(clause, score)

    def _word(
        self, readings: list[tuple[str, float]], more: list[tuple[str, Any]], others: Sequence[Any] = ()
    ) -> Any:
        """The sum over title and body of the best reading, and a constant for having the word at all."""
        fields = []
        for name in FIELDS:
            clauses = [clause for field_name, clause in more if field_name == name]
            for reading, weight in readings:
                exact = Clause.term_query(SCHEMA, name, reading, "freq")
                clauses.append(Clause.boost_query(exact, weight))
                for code in self.codes:
                    stemmed = Clause.term_query(SCHEMA, f"{name}_{code}", stem(reading, code), "freq")
                    clauses.append(Clause.boost_query(stemmed, weight * STEM_WEIGHT))
            fields.append(Clause.disjunction_max_query(clauses, TIE))
        found = either([*fields, *others])
        covered = Clause.const_score_query(found, COVERAGE)
        return Clause.boolean_query([(Occur.Must, found), (Occur.Should, covered)])
