"""What colleagues of the demo do with each other's words: thank, mention, correct, fold away, keep."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from communities.models import Discussion
from kring.conversations.actions import choose_following, edit_comment, keep, post_comment, react
from kring.conversations.models import Comment, CommentRevision, Conversation
from kring.notifications.models import Notification
from kring.people.models import User

STUCK = "How do you test with people who never say they are stuck?"
NUMBERS = "Can we keep the old supplier numbers?"
SCANNER = "De scanner aan loket 3 trekt twee bladen tegelijk"
LOG = "\n".join(
    f"08:{31 + place // 2}:{30 * (place % 2) + place % 7:02} {'DOUBLE FEED' if place % 4 == 3 else 'ok'}"
    for place in range(36)
)


def fill_talk(until: date) -> None:
    """Nothing of it is mailed now: it was said and told yesterday."""
    before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    at = timezone.make_aware(datetime.combine(until - timedelta(days=1), time(11, 20)))
    _thank()
    _mention(at)
    _fold(at + timedelta(hours=2))
    _keep()
    Notification.objects.filter(pk__gt=before).update(created_at=at, emailed_at=at)


def _called(name: str) -> Any:
    return User.objects.get(name=name)


def _thank() -> None:
    stuck = Discussion.objects.get(title=STUCK)
    helped = Comment.objects.filter(conversation__in=_talk_of(stuck), user__name="Priya Raman").first()
    for name in ("Mei Tanaka", "Aïcha Benali", "Bram Lievens"):
        react(target=stuck, comment=helped, by=_called(name), kind="thanks")
    react(target=stuck, comment=helped, by=_called("Olivier Lambert"), kind="agree")
    for name in ("Aïcha Benali", "Lotte Maes"):
        react(target=stuck, by=_called(name), kind="same")


def _mention(at: datetime) -> None:
    """A mistake that was put right, so that there is something to look back at."""
    numbers, samuel = Discussion.objects.get(title=NUMBERS), _called("Samuel Osei")
    said = post_comment(
        target=numbers,
        by=samuel,
        body="<p>@Aïcha Benali, could the portal show both numbers until March? Tom’s list has 214 of "
        "them.</p>",
    )
    right = said.body.replace("214 of them", "241 of them; 214 was last year")
    edit_comment(comment=said, by=samuel, body=right)
    Comment.objects.filter(pk=said.pk).update(submit_date=at, edited_at=at + timedelta(minutes=9))
    CommentRevision.objects.filter(comment=said).update(until=at + timedelta(minutes=9))


def _fold(at: datetime) -> None:
    scanner = Discussion.objects.get(title=SCANNER)
    said = post_comment(
        target=scanner,
        by=_called("Daan Hofstra"),
        body="<p>Dit is wat hij gisteren zelf bijhield: om de vier bladen twee tegelijk, dus één rol.</p>"
        f"<details><summary>Het logboek van loket 3</summary><pre><code>{LOG}</code></pre></details>",
    )
    Comment.objects.filter(pk=said.pk).update(submit_date=at)


def _keep() -> None:
    aicha, numbers = _called("Aïcha Benali"), Discussion.objects.get(title=NUMBERS)
    stuck = Discussion.objects.get(title=STUCK)
    helped = Comment.objects.filter(conversation__in=_talk_of(stuck), user__name="Priya Raman").first()
    keep(target=numbers, by=aicha)
    keep(target=stuck, comment=helped, by=aicha)
    choose_following(target=numbers, by=aicha, state="follow")


def _talk_of(discussion: Discussion) -> Any:
    return Conversation.objects.about(discussion)
