"""People among the results, with the evidence: who says so of themselves, and who wrote what was found."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.people.models import User

from .engines import Query
from .facts import wants_to_learn
from .results import find
from .showing import PERSON, Card, cards_of

SHOWN = 3
# As many as may be pinned are found beyond these.
FOUND = 2 * SHOWN
LOOKED_AT = 12


@dataclass(slots=True)
class Knows:
    """Somebody to ask. `name` and `why` are HTML with the found words in <mark>."""

    user: User
    name: str
    why: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class People:
    """Those to show, and how many are found by what they tell about themselves.

    spare: who is shown where others are taken out. elsewhere: how many of the found stand there.
    """

    shown: list[Knows]
    total: int
    spare: list[Knows] = field(default_factory=list)
    elsewhere: int = 0

    @property
    def has_more(self) -> bool:
        return self.total > len(self.shown) + self.elsewhere

    def without(self, names: Collection[str]) -> "People":
        """The same without those who stand elsewhere, by "person:12"."""
        left = [one for one in [*self.shown, *self.spare] if f"{PERSON}:{one.user.pk}" not in names]
        taken = len(self.shown) + len(self.spare) - len(left)
        return replace(self, shown=left[:SHOWN], spare=left[SHOWN:], elsewhere=self.elsewhere + taken)


def people_who_know(user: Any, query: Query, cards: Iterable[Card]) -> People:
    """The best people for a question; then the authors of what was found, the most frequent first."""
    wanted = replace(query, kinds=(PERSON,), sort="relevance", page=1, per_page=LOOKED_AT, facets=())
    found = find(user, wanted)
    own = cards_of(user, found.hits, found.mark) if found.exact else []
    able = [one for one in own if one.person and not wants_to_learn(one.hit)][:FOUND]
    known = {one.person.pk: Knows(one.person, one.hit.title, one.evidence) for one in able if one.person}
    for author, written in _authors(cards):
        if author.pk in known or len(known) < FOUND:
            known.setdefault(author.pk, Knows(author, author.name)).why.append(_wrote(written))
    people = list(known.values())
    return People(people[:SHOWN], found.total if found.exact else 0, people[SHOWN:FOUND])


def _authors(cards: Iterable[Card]) -> list[tuple[User, list[Card]]]:
    written: dict[User, list[Card]] = {}
    for card in cards:
        # Who asks a question is not therefore one who knows.
        if "authors" in card.hit.facts:
            for author in card.people:
                written.setdefault(author, []).append(card)
    active = [(author, ones) for author, ones in written.items() if author.is_active]
    return sorted(active, key=lambda pair: -len(pair[1]))


def _wrote(cards: list[Card]) -> SafeString:
    if len(cards) == 1:
        hit = cards[0].hit
        title = format_html('<span lang="{}">{}</span>', hit.language, hit.title)
        return format_html(_("Wrote “{}”"), title)
    words = ngettext("Wrote %(count)d of these results", "Wrote %(count)d of these results", len(cards))
    return SafeString(words % {"count": len(cards)})
