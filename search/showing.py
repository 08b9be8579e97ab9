"""What is found, made ready to be shown: cards, groups of a kind, and filters with their counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.indexing.registry import Label, Searchable, labels_of, searchables
from kring.people.models import User
from kring.people.permissions import visible_people

from .engines import Hit, Results
from .facts import Badge, Mark, badges_of, evidence_of, facts_of, names_of, place_of, said_by, sign_labels
from .forms import FACETS, Asked

PERSON = "person"
FACES = 3
IN_GROUP = 4
FEW_PEOPLE = 3
TAGS_SHOWN, COMMUNITIES_SHOWN = 10, 12


@dataclass(frozen=True, slots=True)
class Card:
    """A result. `people` have an account and are known to the reader; `others` are names alone."""

    hit: Hit
    kind: Searchable
    community: Label | None = None
    people: list[User] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    place: str = ""
    evidence: list[SafeString] = field(default_factory=list)

    @property
    def person(self) -> User | None:
        return self.people[0] if self.hit.kind == PERSON and self.people else None

    @property
    def address(self) -> str:
        """Of the whole, where the hit's own may lead into a part of it."""
        return self.hit.url.partition("#")[0]

    @property
    def part(self) -> str:
        """Which part answers: its heading, as HTML, or whose words those are."""
        return (self.hit.section or said_by(self.hit.part)) if self.hit.url != self.address else ""

    @property
    def language(self) -> str:
        """Said in words where it isn't the reader's."""
        names = {"nl": _("in Dutch"), "en": _("in English")}
        return "" if self.hit.language == get_language() else names.get(self.hit.language, "")


@dataclass(frozen=True, slots=True)
class Group:
    """The best of one kind; `total` says how many there are of it."""

    kind: Searchable
    cards: list[Card]
    total: int
    address: str

    @property
    def has_more(self) -> bool:
        return self.total > len(self.cards)


@dataclass(frozen=True, slots=True)
class Option:
    """A value to narrow by, with how many would be left. `address`: of the page without it."""

    value: str
    label: str
    number: int
    chosen: bool
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    options: list[Option]


def cards_of(user: Any, hits: Iterable[Hit], mark: Mark = conditional_escape) -> list[Card]:
    """Two queries for however many: the names of communities, and the faces of people. mark: of Results."""
    hits = list(hits)
    places = labels_of("community", user, sorted({hit.community for hit in hits if hit.community}))
    wanted = {pk for hit in hits for pk in _first(hit)}
    known = visible_people(user).with_profile().in_bulk(wanted) if wanted else {}
    kinds = searchables()
    return [_card(hit, kinds[hit.kind], places, known, mark) for hit in hits if hit.kind in kinds]


def _first(hit: Hit) -> list[int]:
    """Primary keys of the faces to show: of the authors, who come first, as many as have a name."""
    limit = FACES if hit.kind == PERSON else min(FACES, len(names_of(hit)))
    return [int(pk) for pk in hit.people[:limit]]


def _card(
    hit: Hit, kind: Searchable, places: Mapping[str, Label], known: dict[int, User], mark: Mark
) -> Card:
    people = [known[pk] for pk in _first(hit) if pk in known]
    named = {person.name for person in people}
    return Card(
        hit=hit,
        kind=kind,
        community=places.get(hit.community) if hit.kind != "community" else None,
        people=people,
        others=[name for name in names_of(hit) if name not in named][:FACES],
        facts=facts_of(hit),
        badges=badges_of(hit),
        place=place_of(hit),
        evidence=evidence_of(hit, mark) if hit.kind == PERSON else [],
    )


def by_kind(cards: Iterable[Card]) -> list[tuple[Searchable, list[Card]]]:
    """In the order of the best of each."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.hit.kind, []).append(card)
    return [(ones[0].kind, ones) for ones in found.values()]


def varied(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The best, without one kind that takes all the room."""
    taken: Counter[str] = Counter()
    found = []
    for hit in hits:
        if taken[hit.kind] < (FEW_PEOPLE if hit.kind == PERSON else limit // 2):
            taken[hit.kind] += 1
            found.append(hit)
    return found[:limit]


def groups_of(cards: Iterable[Card], asked: Asked, results: Results) -> list[Group]:
    """A few of each kind; people stand apart."""
    counts = dict(results.facets.get("kind", ()))
    return [
        Group(
            kind, ones[:IN_GROUP], max(counts.get(kind.kind, 0), len(ones)), asked.address(kinds=(kind.kind,))
        )
        for kind, ones in by_kind(cards)
        if kind.kind != PERSON
    ]


def facets_of(user: Any, asked: Asked, results: Results) -> list[Facet]:
    """Only what makes a difference: a filter with one value is none, unless it was chosen."""
    titles = {
        "kind": _("What"),
        "community": _("Community"),
        "tag": _("Tag"),
        "language": _("Language"),
        "sign": _("What came of it"),
    }
    found = []
    for name in FACETS:
        chosen = asked.chosen[name]
        counts = {**dict.fromkeys(chosen, 0), **dict(results.facets.get(name, ()))}
        labels = _labels(user, name, list(counts))
        ordered = sorted(labels, key=counts.__getitem__, reverse=True)
        shown = ordered[: _limit(name)]
        shown += [value for value in chosen if value in labels and value not in shown]
        if len(shown) > 1 or chosen:
            options = [_option(asked, name, value, labels[value], counts[value]) for value in shown]
            found.append(Facet(name, titles[name], options))
    return [*found, _ages(asked, results)] if found or asked.dated else []


def _ages(asked: Asked, results: Results) -> Facet:
    """Each option leads to the results of that time, the chosen one to those of any."""
    labels = {"week": _("In the last week"), "month": _("In the last month"), "year": _("In the last year")}
    counts = dict(results.facets.get("age", ()))
    options = [
        Option(
            age,
            label,
            counts.get(age, 0),
            asked.age == age,
            address=asked.at_age("" if asked.age == age else age),
        )
        for age, label in labels.items()
        if counts.get(age) or asked.age == age
    ]
    if asked.since or asked.until:
        options.append(Option("", _days(asked), 0, True, address=asked.at_age()))
    return Facet("age", _("When"), options)


def _days(asked: Asked) -> str:
    chosen = {"since": asked.since, "until": asked.until}
    days = {name: date_format(day, "j F Y") for name, day in chosen.items() if day}
    if len(days) == 2:
        return _("%(since)s to %(until)s") % days
    return _("Since %(since)s") % days if asked.since else _("Until %(until)s") % days


def _limit(name: str) -> int:
    return {"tag": TAGS_SHOWN, "community": COMMUNITIES_SHOWN}.get(name, len(FACETS) * TAGS_SHOWN)


def _labels(user: Any, name: str, values: list[str]) -> Mapping[str, Label]:
    """Names of a filter's values; one that the reader may not know has none."""
    if name == "kind":
        known = searchables()
        return {value: Label(str(known[value].label)) for value in values if value in known}
    if name == "language":
        languages = dict(settings.LANGUAGES)
        return {value: Label(str(languages[value]), value) for value in values if value in languages}
    if name == "sign":
        return {value: Label(text) for value, text in sign_labels().items() if value in values}
    if name == "tag":
        return {value: Label(value) for value in values}
    return labels_of(name, user, values)


def _option(asked: Asked, name: str, value: str, label: Label, number: int) -> Option:
    chosen = value in asked.chosen[name]
    address = asked.without(name, value) if chosen else ""
    return Option(value, label.text, number, chosen, label.language, address)
