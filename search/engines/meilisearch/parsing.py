"""From words to conditions, which say what is found and counted; what comes first is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from ...compounds import SHORTEST_WORD
from ...question import CORRECTED, EXACT, JOINED, PART, Term, completed, forms_of
from ...snippets import Marker
from ...text import LANGUAGES, Wanted, are_forms, stem
from ...thesaurus import NO_THESAURUS, Beside, Thesaurus, terms_of, widened
from ...vocabulary import MOST_COMPLETIONS, MOST_CORRECTIONS, MOST_PROPOSALS, SHORTEST
from .conditions import Readings, all_in, some_of, stemmed
from .counting import Counts, Guess
from .documents import UNKNOWN
from .server import any_of
from .vocabulary import Known

# Parts of a compound.
USUAL_PARTS = 2
# The server reads no more words.
MOST_READ = 10


@dataclass(slots=True)
class Parsed:
    """strict wants every telling word, loose one or two. operators: quoted and excluded words, as typed.

    words, stems: for asking the server, one for each telling word that the reader may find; stems the rarest
    first. also: the same with what is looked for beside.
    """

    strict: str
    loose: str
    words: list[str]
    stems: list[str]
    terms: list[Term]
    marker: Marker
    operators: str = ""
    corrections: list[tuple[str, str]] = field(default_factory=list)
    also: list[list[str]] = field(default_factory=list)


class Parser:
    """Reads one query for one reader: what only others may read changes nothing, not even a correction."""

    def __init__(self, counts: Counts, known: Known, languages: Sequence[str] = ()) -> None:
        self.counts, self.known, self.vocabulary = counts, known, known.words
        self.codes = [code for code in languages if code in LANGUAGES] or list(LANGUAGES)
        self.meant: dict[str, str] = {}
        self.marked: set[str] = set()

    def parse(self, wanted: Wanted, thesaurus: Thesaurus = NO_THESAURUS) -> Parsed:
        last = self.unfinished = wanted.words[-1] if wanted.unfinished else ""
        groups = self._groups(wanted, thesaurus)
        groups_by_rarity = sorted(groups, key=lambda one: one.rarity)
        codes = [any_of("id", ids) for ids in self.counts.with_codes(wanted.codes)]
        return Parsed(
            strict=" AND ".join([*(one.condition(loose=False) for one in groups), *codes]),
            loose=some_of([one.condition(loose=True) for one in groups_by_rarity]),
            words=self._telling(groups, groups_by_rarity),
            stems=[self._likeliest(one) for one in groups_by_rarity if self._is_found(one)],
            terms=[term for one in groups for term in self._terms(one)],
            marker=Marker(self.marked, last, self.codes, self.beside),
            operators=operators_of(wanted),
            corrections=[one for one in self.meant.items() if not are_forms(*one, self.codes)],
            also=self._also(groups_by_rarity),
        )

    def _groups(self, wanted: Wanted, thesaurus: Thesaurus) -> list[Readings]:
        words, content = wanted.words, wanted.content
        self._look_up(words)
        unknown = [word for word in content if self._is_rare(word)]
        guesses = [guess for word in unknown for guess in self._second_looked_up(word)]
        unseen = [word for word in content if not self.counts.of(word)]
        if guesses or unseen:
            self.counts.know([stemmed(one) for word in unseen for one in self._stems(word)], guesses)
        self.beside = widened(thesaurus, wanted, self)
        self.counts.know(word for one in self.beside for word in one.read)
        self.counts.know_phrases(one for one in self.beside if len(one.words) > 1)
        groups = []
        for index, word in enumerate(words):
            last = wanted.unfinished and index == len(words) - 1
            if word in content and (last or word not in words[:index]):
                groups.append(self._readings(words, index, last))
        return groups

    def _look_up(self, words: Sequence[str]) -> None:
        """The words, the parts of compounds, and what neighbours give when joined."""
        self.joined = self.vocabulary.joined(words)
        joined = [one for ones in self.joined.values() for one in ones]
        parts = [part for word in words for part in self.vocabulary.splitter.split(word)]
        long = sum(len(word) >= SHORTEST_WORD for word in dict.fromkeys(words))
        guesses = [Guess(tuple(dict.fromkeys(joined)))] if len(words) > 1 else []
        self.counts.know(words, guesses, parts, long * USUAL_PARTS)

    def _second_looked_up(self, word: str) -> list[Guess]:
        """What an unknown word may have been meant as, for each way in which it may be misspelt."""
        proposals = tuple(fixed for _, fixed in self._proposals(word))
        mended = self.vocabulary.mended_parts(word)
        found = [Guess(proposals, most=MOST_PROPOSALS), Guess(pairs=tuple(self._cuts(word)))]
        return [*found, Guess(tuple(mended), most=USUAL_PARTS)]

    def _is_rare(self, word: str) -> bool:
        long = len(word) >= SHORTEST and not word.isdigit()
        return long and self.counts.of(word) <= self.known.things // 5000

    def _proposals(self, word: str) -> list[tuple[int, str]]:
        return self.vocabulary.proposals(word, unfinished=True)[:MOST_PROPOSALS]

    def _readings(self, words: Sequence[str], index: int, last: bool) -> Readings:
        word = words[index]
        found = [(word, EXACT)]
        beside = [one for one in self.beside if one.stands_for(index)]
        read = beside[0].word(index) if beside else ""
        # A word that somebody wrote down as meaning the same is none that is misspelt.
        if self._is_rare(word) and read != word:
            found += self._corrected(word, last, read)
        found += [(one, JOINED) for one in self.joined.get(index, ()) if self.counts.of(one)]
        self.marked |= {reading for reading, _ in found}
        tokens = [
            token
            for reading, _ in found
            for token in (reading, *(stemmed(one) for one in self._stems(reading)))
        ]
        made = Readings(
            index, word, found, tokens, prefix=word if last and len(word) >= 2 else "", beside=beside
        )
        made.meant = self.meant.get(word, "")
        self._compound(made, mend=len(found) == 1 and not beside and not self.counts.of(word))
        made.together += [self._beside(one) for one in beside]
        made.rarity = max(self._seen(reading) for reading, _ in found)
        return made

    def _stems(self, word: str) -> list[str]:
        return list(dict.fromkeys(stem(word, code) for code in self.codes))

    def _seen(self, word: str) -> int:
        """Things with a form of this word, whoever may read them: how rare it is."""
        return sum(self.known.stems.get(one, 0) for one in self._stems(word))

    def knows(self, word: str) -> bool:
        return self.counts.of(word) > 0

    def completes(self, word: str) -> bool:
        return word == self.unfinished and self.counts.beginning(word)

    def nearest(self, word: str) -> tuple[int, str] | None:
        return next((one for one in self._proposals(word) if self.counts.of(one[1])), None)

    def _corrected(self, word: str, last: bool, read: str) -> list[tuple[str, float]]:
        """What an unknown word may have been meant as; notes the likeliest, or as what it stands in rows."""
        count = self.counts.of(word)
        known = [
            (distance, fixed)
            for distance, fixed in self.vocabulary.proposals(word, unfinished=last)[:MOST_PROPOSALS]
            if (seen := self.counts.of(fixed)) and (not count or seen > 20 * count)
        ][:MOST_CORRECTIONS]
        if read:
            known = [*(one for one in known if one[1] != read), (OSA.distance(word, read), read)]
            self.meant[word] = read
        elif known and not count and not (last and self.counts.beginning(word)):
            self.meant[word] = known[0][1]
        return [(fixed, CORRECTED[distance]) for distance, fixed in known]

    def _compound(self, made: Readings, *, mend: bool) -> None:
        """All parts of a compound together count as it, written as one word or as two."""
        split = self.vocabulary.splitter.split
        mended = self.vocabulary.mended_parts(made.word) if mend else ()
        parts = split(made.word) or split(made.meant) or mended
        if parts and all(self.counts.of(part) for part in parts):
            self.marked |= set(parts)
            made.single = [stemmed(stem(part, "nl")) for part in parts]
            made.together.append(all_in(made.single))
        elif not self.counts.of(made.word):
            seen = [(self.counts.together(cut), cut) for cut in self._cuts(made.word)]
            most, pair = max(seen, default=(0, ("", "")))
            if most:
                self.marked |= set(pair)
                made.together.append(all_in(pair))

    def _cuts(self, word: str) -> list[tuple[str, str]]:
        """ "lessonplan" may be written as two words."""
        if len(word) < 7:
            return []
        return [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]

    def _beside(self, one: Beside) -> str:
        """The condition on texts with it. Phrases that very many things hold need not stand together."""
        language = any_of("language", [one.language, UNKNOWN])
        stems = [stemmed(stem(word, one.language)) for word in one.words]
        ids = self.counts.with_phrase(one) if len(one.words) > 1 else None
        return f"({any_of('id', ids) if ids is not None else all_in(stems)} AND {language})"

    def _also(self, groups: Sequence[Readings]) -> list[list[str]]:
        """Stems to ask the server for in place of words: of each word the likeliest that means the same."""
        if not self.beside:
            return []
        found: list[str] = []
        for one in groups:
            stems = [[stem(word, other.language) for word in other.words] for other in one.beside]
            known = max(
                stems, key=lambda ones: min(self.known.stems.get(word, 0) for word in ones), default=[]
            )
            found += known or [self._likeliest(one)]
        return [list(dict.fromkeys(found))]

    def _terms(self, one: Readings) -> list[Term]:
        """The same for the ranker."""
        found = [(reading, weight, False) for reading, weight in one.words]
        longer = self.vocabulary.completions(one.prefix, MOST_COMPLETIONS) if one.prefix else []
        split = self.vocabulary.splitter.split
        found += [(part, PART, True) for part in split(one.word) or split(one.meant)]
        terms = [
            Term(one.index, forms_of(word, self.codes), weight, self._seen(word), adds)
            for word, weight, adds in dict.fromkeys(found)
        ]
        terms += completed(one.index, one.word, longer, self.codes, self._seen)
        return terms + terms_of(one.index, one.meant or one.word, one.beside, self._seen)

    def _is_found(self, one: Readings) -> bool:
        """Whether the reader may find it somehow. The server isn't asked for what stands only in what others
        read: it would answer sooner or later than for what stands nowhere."""
        return bool(self._found_as(one)) or any(
            self.counts.of(stemmed(stem)) for stem in self._stems(one.word)
        )

    def _found_as(self, one: Readings) -> str:
        """The word as typed where it may be finished yet, or as it may be found, or nothing."""
        return one.prefix or next((word for word, _ in one.words if self.counts.of(word)), "")

    def _telling(self, groups: list[Readings], by_rarity: list[Readings]) -> list[str]:
        """The words as typed, or as they were meant; of more than the server reads, the rarest."""
        kept = [one for one in by_rarity if self._found_as(one)][:MOST_READ]
        return [self._found_as(one) for one in groups if one in kept]

    def _likeliest(self, one: Readings) -> str:
        """The stem that most things have."""
        best = max(
            (self.known.stems.get(found, 0), found) for word, _ in one.words for found in self._stems(word)
        )
        return best[1] if best[0] else one.word


def operators_of(wanted: Wanted) -> str:
    """Quoted and excluded words as the server reads them; only letters and digits are in them."""
    return " ".join(
        [
            *(f'"{" ".join(phrase)}"' for phrase in wanted.phrases),
            *(f'-"{" ".join(phrase)}"' for phrase in wanted.excluded),
        ]
    )
