"""What waits for those who look after the demo's communities, and what somebody asked without a name."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from communities.actions import start_discussion
from communities.actions.keeping import add_starters
from communities.models import CommunityPage, Discussion, Membership
from kring.conversations.actions import post_comment, remove_comment, report_thing
from kring.conversations.models import Comment, Decision, Report
from kring.notifications.models import Notification
from kring.people.models import User

NEWCOMER_DAYS = 30


def fill_moderation(until: date) -> None:
    """In User Research one may ask without a name; something there is held, reported, and removed."""
    research = CommunityPage.objects.get(title="User Research")
    CommunityPage.objects.filter(pk=research.pk).update(allows_anonymous=True, newcomer_days=NEWCOMER_DAYS)
    research.refresh_from_db()
    before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yesterday = timezone.make_aware(datetime.combine(until - timedelta(days=1), time(9, 10)))
    add_starters(community=research, by=_called("Priya Raman"))
    _ask(research, yesterday)
    _hold(research, yesterday + timedelta(hours=1))
    _report(research, yesterday + timedelta(hours=2))
    # As if it had been told then; no mail leaves now.
    Notification.objects.filter(pk__gt=before).update(created_at=yesterday, emailed_at=yesterday)


def _called(name: str) -> Any:
    return User.objects.get(name=name)


def _ask(research: CommunityPage, at: datetime) -> None:
    asked = start_discussion(
        by=_called("Bram Lievens"),
        community=research,
        kind=Discussion.Kind.QUESTION,
        title="Is it too late to say that I tested with colleagues only?",
        body="<p>The report says “six users”. They were the people next to me. It went out last week, and "
        "nobody noticed. How do I put that right without making it bigger than it is?</p>",
        tags=["testing with users"],
        anonymous=True,
        is_beginner=True,
    )
    answer = post_comment(
        target=asked,
        by=_called("Anouk Peeters"),
        kind="answer",
        body="<p>It is not. Write two lines to whoever got it: who they were, and what you'd now read "
        "differently. I did the same in March, and the only thing that came back was “thanks”.</p>",
    )
    Discussion.objects.filter(pk=asked.pk).update(created_at=at, last_activity_at=at + timedelta(minutes=40))
    Comment.objects.filter(pk=answer.pk).update(submit_date=at + timedelta(minutes=40))


def _hold(research: CommunityPage, at: datetime) -> None:
    newcomer = _called("Lotte Maes")
    Membership.objects.filter(community=research, user=newcomer).update(joined_at=at - timedelta(days=3))
    question = Discussion.objects.get(title="May I give residents a voucher for their time?")
    held = post_comment(
        target=question,
        by=newcomer,
        body='<p>We ordered ours at <a href="https://vouchers.example.org/">vouchers.example.org</a>: they '
        "come by post within two days.</p>",
    )
    Comment.objects.filter(pk=held.pk).update(submit_date=at)
    asked = start_discussion(
        by=newcomer,
        community=research,
        kind=Discussion.Kind.QUESTION,
        title="Has anybody worked with a panel agency?",
        body='<p>One wrote to me: <a href="https://panel.example.org/">panel.example.org</a>. They promise '
        "ten residents within a week. It sounds too easy. Did you ever use one, and who came?</p>",
        tags=["testing with users"],
    )
    later = at + timedelta(minutes=20)
    Discussion.objects.filter(pk=asked.pk).update(created_at=later, last_activity_at=later)


def _report(research: CommunityPage, at: datetime) -> None:
    question = Discussion.objects.get(title="How many people are enough for a first test?")
    said, gone = (
        post_comment(target=question, by=_called("Daan Hofstra"), body=f"<p>{words}</p>")
        for words in (
            "Whoever needs a test to see that this form is bad should not be making forms.",
            "Ask Olivier, he never has anything to do on Fridays.",
        )
    )
    report = report_thing(
        thing=said, by=_called("Aïcha Benali"), reason="unkind", text="I am new at this, and it stings."
    )
    remove_comment(
        comment=gone,
        by=_called("Priya Raman"),
        reason="Meant as a joke, I'm sure. It is about somebody who isn't here to laugh.",
    )
    Comment.objects.filter(pk__in=[said.pk, gone.pk]).update(submit_date=at)
    Report.objects.filter(pk=report.pk).update(created_at=at + timedelta(minutes=5))
    Decision.objects.update(at=at + timedelta(minutes=30))
    Discussion.objects.filter(pk=question.pk).update(last_activity_at=at)
