"""Monday morning: what was decided last week in the communities one looks after, and what waits."""

import zoneinfo
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.conversations.actions.decisions import label_of
from kring.conversations.models import Decision
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import CommunityPage
from .registry import waiting_in

HOUR = 8
WEEK = timedelta(days=7)


def send_weekly_lists(now: datetime) -> int:
    """Tell every moderator for whom it is Monday after eight, once a week; the number told.

    Meant to run every hour. Who has nothing to read is told nothing.
    """
    roles = ["lead", "moderator"]
    people = User.objects.active().filter(memberships__role__in=roles).distinct().order_by("pk")
    return sum(_tell(user, now) for user in people if _is_time(user, now))


def _is_time(user: User, now: datetime) -> bool:
    local = now.astimezone(zoneinfo.ZoneInfo(user.time_zone or settings.TIME_ZONE))
    return local.weekday() == 0 and local.hour >= HOUR


def _tell(user: User, now: datetime) -> bool:
    year, week, _day = now.isocalendar()
    key = f"week:{year}-{week}"
    if Notification.objects.filter(recipient=user, dedupe_key=key).exists():
        return False
    communities = {row.pk: row for row in CommunityPage.objects.led_by(user)}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = lines_for(user, communities, now)
        if not lines:
            return False
        rows = notify(
            kind="moderation.week",
            recipients=[user],
            actor=None,
            title=_("Your communities this week"),
            url=reverse("moderation_week"),
            group_key="moderation",
            dedupe_key=key,
            data={"excerpt": "\n".join(lines)},
        )
    return bool(rows)


def lines_for(user: Any, communities: dict[int, CommunityPage], now: datetime) -> list[str]:
    """A line a community in which something was decided or waits, in the active language."""
    tokens = {community.audience: community for community in communities.values()}
    decided: dict[str, Counter[str]] = {}
    rows = Decision.objects.filter(audience__in=tokens, at__gte=now - WEEK)
    for audience, verb in rows.values_list("audience", "verb"):
        decided.setdefault(audience, Counter())[verb] += 1
    waiting = waiting_in(user, communities)
    found = []
    for audience, community in tokens.items():
        waits = waiting[community.pk]
        parts = [f"{count} × {label_of(verb)}" for verb, count in decided.get(audience, Counter()).items()]
        if waits:
            parts.append(ngettext("%(count)d waits", "%(count)d wait", waits) % {"count": waits})
        if parts:
            found.append(f"{community.title}: {', '.join(parts)}")
    return found


def _sentence(row: Notification) -> str:
    return _("What was decided this week, and what waits")


def register_weekly() -> None:
    register_kind(
        "moderation.week",
        _sentence,
        gettext_lazy("Looking after communities: what waits, and what was decided"),
        group="moderation",
        why=gettext_lazy("because you look after communities"),
    )
