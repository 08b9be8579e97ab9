"""Reads of notifications."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Case, CharField, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import Cast, Concat, RowNumber

from kring.indexing.registry import audience_of

ROWS_A_THING = 4


class NotificationQuerySet(models.QuerySet):
    def inbox_of(self, user: Any) -> "NotificationQuerySet":
        """What this person may see now: rows about things they lost access to are left out."""
        allowed = Q(audience="") | Q(audience__in=list(audience_of(user)))
        return self.filter(allowed, recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def with_thing(self) -> "NotificationQuerySet":
        """Adds `thing`: what the row is about; a row without a group_key is a thing of its own."""
        alone = Concat(Value("#"), Cast("pk", CharField()))
        return self.annotate(
            thing=Case(When(group_key="", then=alone), default=F("group_key"), output_field=CharField())
        )

    def things(self) -> models.QuerySet:
        """One dict a thing, the latest first: thing, latest, count."""
        grouped = self.order_by().with_thing().values("thing")
        return grouped.annotate(latest=Max("created_at"), count=Count("pk")).order_by("-latest", "thing")

    def rows_of(self, things: Iterable[str]) -> list[list[Any]]:
        """The newest rows of each of these things, in their order, in one query."""
        order = list(things)
        place = Window(
            RowNumber(), partition_by=F("thing"), order_by=[F("created_at").desc(), F("pk").desc()]
        )
        rows = (
            self.with_thing()
            .filter(thing__in=order)
            .annotate(place=place)
            .filter(place__lte=ROWS_A_THING)
            .select_related("actor", "actor__profile")
        )
        found: dict[str, list[Any]] = {thing: [] for thing in order}
        for row in rows:
            found[row.thing].append(row)
        return [sorted(group, key=lambda row: row.place) for group in found.values() if group]


class PreferenceQuerySet(models.QuerySet):
    def chosen_by(self, user_ids: Iterable[int]) -> dict[tuple[int, str], str]:
        """(user, group) to the delivery that was chosen."""
        rows = self.filter(user__in=list(user_ids)).values_list("user_id", "group", "delivery")
        return {(user, group): delivery for user, group, delivery in rows}


class QuietHoursQuerySet(models.QuerySet):
    def of(self, user_ids: Iterable[int]) -> dict[int, Any]:
        """Primary key of each of these people who chose quiet hours, to them."""
        rows: Any = self.filter(user__in=list(user_ids)).select_related("user")
        return {row.user_id: row for row in rows}
