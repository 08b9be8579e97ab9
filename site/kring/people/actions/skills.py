"""Skills that people offer and want."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

from kring.indexing.registry import record_change

from ..models import PersonSkill, Skill, User
from ..permissions import can_edit_person


@transaction.atomic
def find_or_create_skill(label: str, *, language: str = "") -> Skill:
    """The skill with this label in either language, any case; else a free one in the reader's language."""
    label = " ".join(label.split())
    if not label:
        raise ValueError("a skill needs a label")
    found = (
        Skill.objects.filter(Q(label_en__iexact=label) | Q(label_nl__iexact=label))
        .order_by("uri", "pk")
        .first()
    )
    language = language or get_language() or settings.LANGUAGE_CODE
    field = "label_nl" if language == "nl" else "label_en"
    return found or Skill.objects.create(**{field: label[:200]})


@transaction.atomic
def add_skill(*, person: User, by: Any, label: str, direction: str, level: int) -> PersonSkill:
    """Offer or want a skill at a level from 1 to 5; a second time changes the level."""
    if not can_edit_person(by, person):
        raise PermissionDenied
    if level not in range(1, 6) or direction not in PersonSkill.Direction.values:
        raise ValueError("a level from 1 to 5, offered or wanted")
    skill = find_or_create_skill(label)
    row, _ = PersonSkill.objects.update_or_create(
        user=person, skill=skill, direction=direction, defaults={"level": level}
    )
    return row


@transaction.atomic
def remove_skill(*, person: User, by: Any, skill: PersonSkill) -> None:
    if not can_edit_person(by, person) or skill.user_id != person.pk:
        raise PermissionDenied
    skill.delete()
    record_change("person", person.pk)
