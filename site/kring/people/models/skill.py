"""Skills, and who offers or wants them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed


class Skill(Indexed, models.Model):
    """A skill with a label in both languages. Those from ESCO carry its URI; free ones have none."""

    uri = models.URLField(unique=True, null=True, blank=True)
    label_en = models.CharField(max_length=200, blank=True)
    label_nl = models.CharField(max_length=200, blank=True)
    alternatives = models.JSONField(default=dict, blank=True, help_text='{"en": [...], "nl": [...]}')
    description_en = models.TextField(blank=True)
    description_nl = models.TextField(blank=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label_en="") | ~models.Q(label_nl=""), name="skill_has_a_label"
            )
        ]

    def __str__(self) -> str:
        return self.label

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", pk) for pk in self.people.values_list("user", flat=True)]

    @property
    def label(self) -> str:
        """The label in the reader's language, else the other one."""
        first, second = (
            (self.label_nl, self.label_en) if get_language() == "nl" else (self.label_en, self.label_nl)
        )
        return first or second


LEVELS = {
    1: _("just starting"),
    2: _("can do it with help"),
    3: _("does it alone"),
    4: _("helps others with it"),
    5: _("can teach it"),
}


class PersonSkill(Indexed, models.Model):
    """A person offers or wants a skill at a level from 1 (beginner) to 5 (can teach it)."""

    class Direction(models.TextChoices):
        OFFERS = "offers", _("can help with")
        WANTS = "wants", _("wants to learn")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="people")
    direction = models.CharField(max_length=6, choices=Direction.choices)
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])

    class Meta:
        ordering = ["direction", "-level", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "skill", "direction"], name="person_skill_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="person_skill_level"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.direction} {self.skill_id} at {self.level}"

    @property
    def level_word(self) -> str:
        return str(LEVELS[self.level])

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", self.user_id)]
