"""The demo's communities as they live: who asks to be let in, who is invited, what is read together."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from communities.actions import (
    add_chapter,
    add_member,
    create_community,
    discuss_chapter,
    invite,
    request_to_join,
)
from communities.models import Chapter, CommunityPage, Discussion
from kring.conversations.actions import post_comment
from kring.conversations.models import Comment
from kring.notifications.models import Notification
from kring.people.models import User

READERS = ("aicha.benali", "ruth.adeyemi", "daan.hofstra", "bram.lievens")
# What is read, where it stands, and in how many days it is talked about.
CHAPTERS = (
    ("Psychological safety and learning behavior in work teams", "Amy Edmondson, 1999", -15),
    ("Leverage points: places to intervene in a system", "Donella Meadows, 1999", 6),
    ("Situated learning: legitimate peripheral participation", "Jean Lave and Etienne Wenger, 1991", 34),
)
WELCOME = (
    "<p>Good that you are here. Read the page on how buying works first, it takes five minutes. "
    "Tom and Ruth answer most things within a day.</p>"
)


def fill_circles(today: date) -> None:
    """Forms, a word of welcome, a request, an invitation and a think club. Mails nobody."""
    CommunityPage.objects.filter(source_id="community:intervisie-3").update(form="intervision")
    CommunityPage.objects.filter(source_id="community:suppliers-and-contracts").update(welcome=WELCOME)
    research = CommunityPage.objects.get(source_id="community:user-research")
    request_to_join(
        community=research,
        by=_person("samuel.osei"),
        message="Our payment form brings in the same three questions every week. "
        "I would like to watch somebody fill it in.",
    )
    _think_club(today)
    suppliers = CommunityPage.objects.get(source_id="community:suppliers-and-contracts")
    invite(
        community=suppliers,
        by=_person("ruth.adeyemi"),
        user=_person("ilse.goossens"),
        message="You will sign your first order before long. Here you can ask what you like.",
    )
    Notification.objects.filter(emailed_at=None).update(emailed_at=timezone.now())


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@rietland.example")


def _think_club(today: date) -> None:
    lead = _person("mei.tanaka")
    club = create_community(
        by=_person("noor.verhaegen"),
        leads=[lead],
        form="think_club",
        title="Thursday Readers",
        summary="Nine pages before Thursday, and an hour on what they mean for the work here.",
        purpose="<p>We read one text a month and ask one thing: what would we do differently on Monday?</p>",
        rules="<ul><li>Half of it counts too.</li><li>Bring one sentence that stayed with you.</li></ul>",
        welcome="<p>Step in at any text. The list says what we read now.</p>",
        tags=["reading", "learning"],
    )
    for name in READERS:
        add_member(community=club, by=lead, user=_person(name))
    for title, source, days in CHAPTERS:
        add_chapter(
            community=club, by=lead, title=title, source=source, discussed_on=today + timedelta(days=days)
        )
    _talk_about_the_first(club, lead, timezone.make_aware(datetime.combine(today, time(12))))


def _talk_about_the_first(club: CommunityPage, lead: User, noon: datetime) -> None:
    chapter = Chapter.objects.filter(community=club).order_by("sort_order")[0]
    discussion = discuss_chapter(chapter=chapter, by=lead)
    said = post_comment(
        target=discussion,
        by=_person("ruth.adeyemi"),
        body="<p>The teams with the most reported errors were the best ones, since they reported them. "
        "I read that sentence three times. Our error list is very short.</p>",
    )
    begun, answered = noon - timedelta(days=15), noon - timedelta(days=14)
    Discussion.objects.filter(pk=discussion.pk).update(created_at=begun, last_activity_at=answered)
    Comment.objects.filter(pk=said.pk).update(submit_date=answered)
