"""Reads of people."""

import unicodedata
from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
NEW_FOR = timedelta(days=90)
SKILLS_WANTED_AT_FIRST = 3


def plain(text: str) -> str:
    """Lower case without accents, single blanks: "Zoë  Łukasz" is "zoe lukasz"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())[:200]


class UserQuerySet(models.QuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_profile(self) -> "UserQuerySet":
        return self.select_related("profile", "profile__team")

    def in_order(self) -> "UserQuerySet":
        return self.order_by("plain_name", "pk")

    def called(self, words: str) -> "UserQuerySet":
        """Every word begins a part of the name; accents and case do not matter."""
        found = self
        for word in plain(words).split():
            found = found.filter(Q(plain_name__startswith=word) | Q(plain_name__contains=f" {word}"))
        return found

    def in_team(self, team: Any) -> "UserQuerySet":
        """In this team or one below it."""
        return self.filter(profile__team__path__startswith=team.path)

    def newcomers(self) -> "UserQuerySet":
        """Started, or were given an account, in the last 90 days."""
        since = timezone.now() - NEW_FOR
        return self.filter(
            Q(profile__started_on__gte=timezone.localdate(since))
            | Q(profile__started_on__isnull=True, date_joined__gte=since)
        )

    def with_skill(self, label: str, direction: str = "") -> "UserQuerySet":
        """Who offers or wants a skill with these words in a label; its rows come along as `found_skills`."""
        wanted = Q(skill__label_en__icontains=label) | Q(skill__label_nl__icontains=label)
        if direction:
            wanted &= Q(direction=direction)
        model: Any = self.model
        rows = model.skills.rel.related_model.objects.filter(wanted)
        shown = models.Prefetch("skills", rows.select_related("skill"), to_attr="found_skills")
        return self.filter(pk__in=rows.values("user")).prefetch_related(shown)


def profile_progress(user: Any) -> list[tuple[str, bool, str]]:
    """The first steps of a profile: (key, done, address where it is done). Two queries."""
    profile = user.profile
    edit = reverse("person_edit", args=[user.pk])
    skills = user.skills.filter(direction="offers").count()
    return [
        ("language", bool(user.language), reverse("settings")),
        ("hours", bool(profile.working_hours), f"{edit}#id_working_hours"),
        ("skills", skills >= SKILLS_WANTED_AT_FIRST, reverse("person_skills", args=[user.pk])),
        ("headline", bool(profile.headline), f"{edit}#id_headline"),
        ("picture", bool(profile.picture), f"{edit}#id_picture"),
    ]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = True

    def get_by_natural_key(self, email: str) -> Any:
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Make an account with its empty profile; without a password it can only sign in by reset or OIDC."""
        if not email:
            raise ValueError("an e-mail address is needed")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
