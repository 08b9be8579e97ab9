"""People can be found by name, work, skills and what they tell about themselves."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from kring.indexing.registry import (
    Document,
    Label,
    Searchable,
    checksum,
    register,
    register_audience,
    register_labels,
)
from kring.ui.richtext.text import to_text

from .models import PersonSkill, User
from .permissions import reads_everything, visible_people
from .querysets import UserQuerySet

EVERY_COLLEAGUE = "staff"
PRIOR = 0.33


def register_searchables() -> None:
    register(
        Searchable(
            "person",
            _("People"),
            documents_of_people,
            lambda: people_here().values_list("pk", flat=True).iterator(),
            visible_ids,
            singular=_("person"),
            icon="person",
            model=User,
            stamps=stamps,
        )
    )
    register_audience(audience_of)
    register_labels("people", names_of)


def audience_of(user: Any) -> list[str]:
    """Oneself, and all colleagues for whoever is no guest. Apps above add whom guests meet."""
    own = [f"u:{user.pk}"]
    return own if user.is_guest and not reads_everything(user) else [*own, EVERY_COLLEAGUE]


def people_here() -> UserQuerySet:
    """Those who can still be asked."""
    return User.objects.active().filter(erased_at=None)


def visible_ids(user: Any, ids: Iterable[int]) -> set[int]:
    return set(visible_people(user).active().filter(pk__in=ids).values_list("pk", flat=True))


def names_of(user: Any, values: list[str]) -> dict[str, Label]:
    ids = [int(value) for value in values if value.isdecimal()]
    named = visible_people(user).filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): Label(name) for pk, name in named}


def documents_of_people(ids: Iterable[int]) -> Iterator[Document]:
    """A person's skills stand in lines of their own, so that a result can say which of them fits."""
    people = _with_all(people_here().filter(pk__in=ids))
    for person in people:
        profile = person.profile
        lines = [profile.headline, " · ".join(filter(None, [_team_of(person), profile.location]))]
        lines = [line for line in lines if line]
        skills = []
        for row in person.skills.all():
            skills.append(_skill_facts(row, line=len(lines)))
            lines.append(" · ".join(_words_for(row.skill)))
        lines += [line for line in to_text(profile.about).split("\n") if line]
        yield Document(
            key=f"person:{person.pk}",
            kind="person",
            title=person.name,
            body="\n".join(lines),
            url=person.get_absolute_url(),
            audience=(f"u:{person.pk}", EVERY_COLLEAGUE),
            updated_at=person.date_joined,
            people=(str(person.pk),),
            prior=PRIOR,
            facts={
                "lines": True,
                "headline": profile.headline,
                "team": _team_of(person),
                "location": profile.location,
                "skills": skills,
            },
            stamp=_stamp(person),
        )


def stamps() -> Iterator[tuple[int, int]]:
    for person in _with_all(people_here()).iterator(chunk_size=500):
        yield person.pk, _stamp(person)


def _with_all(people: UserQuerySet) -> UserQuerySet:
    skills = Prefetch("skills", PersonSkill.objects.select_related("skill"))
    return people.with_profile().prefetch_related(skills).order_by("pk")


def _stamp(person: User) -> int:
    profile = person.profile
    return checksum(
        person.name,
        person.date_joined,
        (profile.headline, _team_of(person), profile.location, profile.about),
        [(row.direction, row.level, _words_for(row.skill)) for row in person.skills.all()],
    )


def _team_of(person: User) -> str:
    return person.profile.team.name if person.profile.team else ""


def _words_for(skill: Any) -> list[str]:
    """All that this skill is called, each once."""
    others = [name for code in ("en", "nl") for name in _listed(skill.alternatives, code)]
    return list(dict.fromkeys(name for name in [skill.label_en, skill.label_nl, *others] if name))


def _listed(alternatives: Any, code: str) -> list[str]:
    found = alternatives.get(code) if isinstance(alternatives, dict) else None
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _skill_facts(row: PersonSkill, *, line: int) -> dict[str, Any]:
    """line: where in the body it stands; see Hit.lines."""
    return {
        "line": line,
        "en": row.skill.label_en,
        "nl": row.skill.label_nl,
        "direction": row.direction,
        "level": row.level,
    }
