"""A live room that is coming, an answer that helped many, and what stands first."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from communities.actions import accept_answer, say_solved_too, start_room
from communities.models import CommunityPage, Discussion
from kring.conversations.actions import post_comment
from kring.conversations.models import Comment
from kring.notifications.models import Notification
from kring.people.models import User

STUCK = "How do you test with people who never say they are stuck?"
ROOM = "Ask Aïcha anything about testing at a desk"
ABOUT = (
    "<p>Forty minutes at a desk in the hall, a form nobody had seen before, and eleven residents. Aïcha has "
    "done it six times now. Ask her what you want to know before your first one.</p>"
)
ASKED = (
    (
        "Lotte Maes",
        "<p>What do you say when somebody begins to cry over a form? It happened to me in May.</p>",
    ),
    ("Bram Lievens", "<p>May I watch once, from the back? I answer the phone afterwards.</p>"),
)


def fill_asking(until: date) -> None:
    """Nothing of it is mailed: it was said and told yesterday. The room is the day after tomorrow."""
    before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    at = timezone.make_aware(datetime.combine(until - timedelta(days=1), time(9, 40)))
    _help()
    _announce(at, timezone.make_aware(datetime.combine(until + timedelta(days=2), time(14))))
    Notification.objects.filter(pk__gt=before).update(created_at=at, emailed_at=at)


def _called(name: str) -> Any:
    return User.objects.get(name=name)


def _help() -> None:
    stuck = Discussion.objects.get(title=STUCK)
    asker: Any = stuck.author
    answers = Comment.objects.present().filter(conversation__object_id=stuck.pk, kind="answer", level=0)
    other = answers.filter(user__name="Olivier Lambert").first()
    if other is not None:
        accept_answer(discussion=stuck, by=asker, answer=other)
    for name in ("Mei Tanaka", "Lotte Maes", "Bram Lievens"):
        say_solved_too(discussion=stuck, by=_called(name))
    Discussion.objects.filter(pk=stuck.pk).update(pinned_at=timezone.now())


def _announce(at: datetime, begins: datetime) -> None:
    room = start_room(
        by=_called("Priya Raman"),
        community=CommunityPage.objects.get(title="User Research"),
        title=ROOM,
        body=ABOUT,
        hosts=[_called("Aïcha Benali")],
        starts_at=begins,
        ends_at=begins + timedelta(minutes=45),
    )
    Discussion.objects.filter(pk=room.pk).update(created_at=at, last_activity_at=at + timedelta(hours=3))
    for place, (name, body) in enumerate(ASKED):
        said = post_comment(target=room, by=_called(name), body=body)
        Comment.objects.filter(pk=said.pk).update(submit_date=at + timedelta(hours=2 + place))
