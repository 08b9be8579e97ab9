"""How synonyms are written down: one row a line, commas between what means the same, "=>" for one way.

# A remark: a sign and a blank, so that #metoo is none.
WOO, Wet open overheid
bijstand => uitkering, Participatiewet
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Synonyms
from .synonyms import written
from .text import STOP_WORDS, clean, words
from .thesaurus import MOST_BESIDE, MOST_IN_PHRASE, key_of

LONGEST_ONE = 60
LONGEST_ROW = 1000
MOST_ROWS = 2000
MOST_IN_ROW = MOST_BESIDE + 1
LONGEST_IMPORT = 300_000
ONE_WAY, ARROW = "=>", "→"
REMARK = re.compile(r"^\s*#+(\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was written. number: of the line."""

    number: int
    words: tuple[str, ...]
    one_way: bool


def read_words(text: str, language: str) -> tuple[str, ...]:
    """What means the same, with commas or ends of lines between it. Raises ValidationError."""
    if len(text) > LONGEST_ROW:
        raise ValidationError(_("That is too much for one row. Make several of it."))
    seen = "".join(" " if _is_unseen(one) else one for one in text.replace("\n", ",").replace(";", ","))
    found: dict[tuple[str, ...], str] = {}
    for one in written(clean(seen, LONGEST_ROW)):
        # In a file it would begin a remark.
        one = REMARK.sub("", one) or one
        found.setdefault(tuple(words(one)), one)
    ones = tuple(found.values())
    for one in ones:
        _check(one)
    if len(ones) < 2:
        raise ValidationError(_("Write two words or more, with commas between them."))
    if len(ones) > MOST_IN_ROW:
        raise ValidationError(_("Thirteen in a row are enough. Make two rows, or leave some out."))
    if len({key_of(words(one), language) for one in ones}) < 2:
        raise ValidationError(_("These are forms of one word. They find one another already."))
    return ones


def _is_unseen(letter: str) -> bool:
    return letter not in "\n" and unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _check(one: str) -> None:
    folded = words(one)
    named = {"words": one[:LONGEST_ONE]}
    if len(one) > LONGEST_ONE:
        raise ValidationError(_("“%(words)s…” is too long. Sixty letters are enough.") % named)
    if not folded:
        raise ValidationError(_("“%(words)s” has no letters or digits to search for.") % named)
    if len(folded) > MOST_IN_PHRASE:
        text = _("“%(words)s” has more than four words. Leave out those that say least.")
        raise ValidationError(text % named)
    if STOP_WORDS.issuperset(folded):
        text = _("“%(words)s” stands in nearly every text. Take a word that says more.")
        raise ValidationError(text % named)
    if ONE_WAY in one or ARROW in one:
        raise ValidationError(_("Write commas here, and tick “One way only” for what “=>” says in a list."))


def read_line(text: str, language: str, number: int = 1) -> Line:
    """A row as it stands in a file. Raises ValidationError."""
    first, arrow, others = text.replace(ARROW, ONE_WAY).partition(ONE_WAY)
    if not arrow:
        return Line(number, read_words(text, language), one_way=False)
    if ONE_WAY in others:
        raise ValidationError(_("“=>” has a meaning only once, between the first word and the others."))
    if len(written(first)) != 1:
        raise ValidationError(_("Before “=>” stands one word or phrase."))
    return Line(number, read_words(f"{first},{others}", language), one_way=True)


def read_lines(text: str, language: str) -> list[Line]:
    """All rows of a file; empty lines and remarks are left out.

    Raises ValidationError with a message for each line that cannot be read.
    """
    found, refused = [], []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip() and not REMARK.match(line):
            try:
                found.append(read_line(line, language, number))
            except ValidationError as error:
                refused.append(in_line(number, error.messages[0]))
    if refused:
        raise ValidationError(refused)
    if not found:
        raise ValidationError(_("There is no row in it."))
    return found


def in_line(number: int, message: str) -> str:
    return _("Line %(number)d: %(message)s") % {"number": number, "message": message}


def as_line(ones: Iterable[str], one_way: bool) -> str:
    """A row as it stands in a file."""
    first, *others = ones
    return f"{first} {ONE_WAY} {', '.join(others)}" if one_way else ", ".join([first, *others])


def as_told(text: str, one_way: bool) -> str:
    """The words of a row as people are shown them."""
    return as_line(written(text), one_way).replace(ONE_WAY, ARROW)


def as_file(rows: Iterable[Synonyms]) -> str:
    return "".join(f"{as_line(written(row.words), row.one_way)}\n" for row in rows)
