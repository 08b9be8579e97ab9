"""People with their profile, team and skills."""

import re
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.importing.actions import RejectedError, texts
from kring.importing.actions import values as read
from kring.importing.actions.links import Linker, by_id, scope_of
from kring.importing.registry import Draft, Importer, Reference
from kring.indexing.registry import record_change

from ..models import PersonSkill, Profile, Team, User
from .skills import ensure_skill

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
ROLES = ["employee", "moderator", "admin"]
ACCOUNT = ("name", "language", "time_zone")
PROFILE = ("headline", "location", "started_on", "languages", "working_hours", "about")
SKILLS = {"skills_offered": PersonSkill.Direction.OFFERS, "skills_wanted": PersonSkill.Direction.WANTS}


class PeopleImporter(Importer):
    """By e-mail. Accounts have no password: people come in by reset, invitation or the firm's sign-in."""

    kind = "people"
    label = gettext_lazy("people")
    model = User
    fields = (
        frozenset(
            [
                "id",
                "type",
                "name",
                "email",
                "language",
                "languages",
                "location",
                "time_zone",
                "team",
                "headline",
            ]
        )
        | frozenset(
            [
                "about",
                "about_markdown",
                "about_html",
                "started_on",
                "manager",
                "working_hours",
                "role",
                "source",
            ]
        )
        | frozenset(SKILLS)
    )

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        email = _email(record)
        links = Linker(run.book, "about", scope_of(record), "", "")
        values = {
            "email": email,
            "name": _short(record, "name", 150) or email.split("@")[0],
            "language": read.language(record, "", "language") if record.get("language") else "",
            "time_zone": _zone(record),
            "headline": _short(record, "headline", 160),
            "location": _short(record, "location", 120),
            "started_on": read.day(record, "started_on"),
            "languages": [word.lower() for word in read.words(record, "languages", 10)],
            "working_hours": _hours(record),
            "about": texts.rich_text(record, "about", links),
            "team": " / ".join(_team_path(record)),
            "role": read.one_of(record, "role", ROLES, "employee"),
        }
        values |= {name: _skills(record, name) for name in SKILLS}
        references = list(links.waiting)
        if manager := read.line(record, "manager"):
            references.append(Reference("manager", *by_id(manager)))
        return Draft(values, references=references, addresses=[("", f"mailto:{email}")])

    def adopt(self, draft: Draft, record: dict[str, Any], run: Any) -> User | None:
        return User.objects.with_profile().filter(email__iexact=draft.values["email"]).first()

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> User:
        source = read.line({"id": str(record["id"])}, "id")
        user = User.objects.create_user(draft.values["email"], source_id=source, name=draft.values["name"])
        Profile.objects.get_or_create(user=user)
        self.update(user, draft.values, draft, run)
        return user

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        account = [name for name in ACCOUNT if name in values]
        for name in account:
            setattr(thing, name, values[name])
        if values.get("role") == "admin":
            thing.is_superuser = thing.is_staff = True
            account += ["is_superuser", "is_staff"]
        if account:
            thing.save(update_fields=account)
        profile = _profile(thing)
        for name in PROFILE:
            if name in values:
                setattr(profile, name, values[name])
        if "team" in values:
            profile.team = ensure_team(values["team"].split(" / ")) if values["team"] else None
        profile.save()
        for name in SKILLS:
            if name in values:
                _set_skills(thing, name, values[name])
        run.touched[thing.pk] = thing

    def emptied(self, names: Any) -> dict[str, Any]:
        empty = {
            "languages": [],
            "working_hours": {},
            "started_on": None,
            "skills_offered": [],
            "skills_wanted": [],
        }
        return {name: empty.get(name, "") for name in names if name not in ("role", "name", "email")}

    def load(self, ids: Any) -> dict[int, User]:
        return User.objects.with_profile().in_bulk(list(ids))

    def state(self, thing: Any) -> dict[str, Any]:
        profile = _profile(thing)
        team = profile.team
        skills: dict[str, list[dict[str, Any]]] = {name: [] for name in SKILLS}
        for row in PersonSkill.objects.filter(user=thing).order_by("skill_id"):
            name = next(name for name, direction in SKILLS.items() if direction == row.direction)
            skills[name].append({"skill": row.skill_id, "level": row.level})
        path = [*team.get_ancestors().values_list("name", flat=True), team.name] if team else []
        return {
            "email": thing.email,
            **{name: getattr(thing, name) for name in ACCOUNT},
            **{name: getattr(profile, name) for name in PROFILE},
            "started_on": str(profile.started_on or ""),
            "team": " / ".join(path),
            "role": "admin" if thing.is_superuser else "employee",
            **skills,
        }

    def link(self, object_id: int) -> str:
        try:
            return reverse("person", args=[object_id])
        except NoReverseMatch:
            return f"/people/{object_id}/"

    def settle(self, thing: Any, reference: Reference, kind: str, object_id: int, run: Any) -> bool:
        if reference.field != "manager" or kind != "people" or object_id == thing.pk:
            return False
        profile = _profile(thing)
        if profile.manager_id is not None:
            return False
        profile.manager_id = object_id
        profile.save(update_fields=["manager"])
        return True

    def finish(self, things: list[Any], run: Any) -> None:
        if things:
            record_change("person", *sorted({thing.pk for thing in things}))


def _profile(user: User) -> Profile:
    return user.profile if hasattr(user, "profile") else Profile.objects.create(user=user)


def _email(record: dict[str, Any]) -> str:
    email = read.line(record, "email").lower()
    if not email:
        raise RejectedError(_("email is missing"))
    try:
        validate_email(email)
    except ValidationError:
        raise RejectedError(
            _("email is no address: %(email)s") % {"email": read.shorten(email, 80)}
        ) from None
    if len(email) > 254:
        raise RejectedError(
            _("%(name)s is longer than %(limit)s characters") % {"name": "email", "limit": 254}
        )
    return email


def _short(record: dict[str, Any], name: str, limit: int) -> str:
    value = read.line(record, name)
    if len(value) > limit:
        raise RejectedError(
            _("%(name)s is longer than %(limit)s characters") % {"name": name, "limit": limit}
        )
    return value


def _zone(record: dict[str, Any]) -> str:
    zone = read.line(record, "time_zone")
    if zone and zone not in available_timezones():
        raise RejectedError(_("time_zone is unknown: %(zone)s") % {"zone": read.shorten(zone, 80)})
    return zone


def _hours(record: dict[str, Any]) -> dict[str, list[str]]:
    hours = read.obj(record, "working_hours")
    for day, span in hours.items():
        clocks = isinstance(span, list) and len(span) == 2 and all(isinstance(c, str) for c in span)
        if day not in DAYS or not clocks or not all(CLOCK.match(c) for c in span) or span[0] >= span[1]:
            raise RejectedError(_('working_hours must look like {"mon": ["09:00", "17:00"]}'))
    return {day: hours[day] for day in DAYS if day in hours}


def _team_path(record: dict[str, Any]) -> list[str]:
    path = [part.strip() for part in read.line(record, "team").split("/") if part.strip()]
    if any(len(part) > 120 for part in path) or len(path) > 20:
        raise RejectedError(
            _("%(name)s is longer than %(limit)s characters") % {"name": "team", "limit": 120}
        )
    return path


def ensure_team(path: list[str]) -> Team:
    """The team at the end of this path of names; missing ones are made."""
    team: Team | None = None
    for name in path:
        siblings = team.get_children() if team else Team.get_root_nodes()
        found = siblings.filter(name__iexact=name).first()
        if found is None:
            parent = Team.objects.get(pk=team.pk) if team else None
            found = parent.add_child(name=name) if parent else Team.add_root(name=name)
        team = found
    assert team is not None  # noqa: S101 - a path has at least one name
    return team


def _skills(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Skills with levels; those not known yet are made when the person is stored."""
    rows = read.objects(record, name)
    return [{"record": row, "level": read.number(row, "level", 3, 1, 5)} for row in rows]


def _set_skills(user: User, name: str, rows: list[dict[str, Any]]) -> None:
    direction = SKILLS[name]
    wanted: dict[int, int] = {ensure_skill(row["record"]).pk: row["level"] for row in rows}
    PersonSkill.objects.filter(user=user, direction=direction).exclude(skill_id__in=wanted).delete()
    known = {row.skill_id: row for row in PersonSkill.objects.filter(user=user, direction=direction)}
    for skill, row in known.items():
        if row.level != wanted[skill]:
            row.level = wanted[skill]
            row.save(update_fields=["level"])
    # Nothing of it reaches the index by itself; finish() records the person.
    PersonSkill.objects.bulk_create(
        [
            PersonSkill(user=user, skill_id=skill, direction=direction, level=level)
            for skill, level in wanted.items()
            if skill not in known
        ]
    )
