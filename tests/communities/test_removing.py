import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import remove_discussion, start_discussion
from communities.models import Discussion
from factories.communities import make_discussion, make_member
from kring.activity.models import Activity
from kring.conversations.actions import post_comment, report_thing, undo_decision
from kring.conversations.models import Comment, Decision, Report
from kring.indexing.models import IndexChange
from kring.indexing.registry import searchables
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def inbox(user):
    tell_all()
    return [row.sentence for row in Notification.objects.inbox_of(user).order_by("pk")]


def test_a_removed_question_is_gone_with_all_that_was_said(circle, client):
    made = circle()
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    assert inbox(made.who("asker")) == ["member answered your question"]

    remove_discussion(discussion=made.question, by=made.who("moderator"), reason="Not here.")

    assert list(Discussion.objects.visible_to(made.who("member"))) == []
    for who in ("member", "asker", "moderator", "administrator"):
        client.force_login(made.who(who))
        for address in (made.question.get_absolute_url(), f"/comments/{said.pk}/", "/talk/discussion/1/"):
            assert client.get(address.replace("/1/", f"/{made.question.pk}/")).status_code == 404
    listed = client.get(f"/discussions/?community={made.number}").content.decode()
    assert "May we keep the old numbers?" not in listed
    assert list(searchables()["question"].documents([made.question.pk])) == []
    assert inbox(made.who("asker")) == ["A moderator of Suppliers removed a conversation"]
    assert not Activity.objects.for_audience([made.community.audience]).exists()


def test_its_author_reads_why_and_what_it_was(circle, client):
    made = circle()
    remove_discussion(discussion=made.question, by=made.who("moderator"), reason="Not here.")
    client.force_login(made.who("asker"))
    page = client.get(f"/decisions/{Decision.objects.get().pk}/").content.decode()
    assert "Not here." in page
    assert "<p>Well?</p>" in page


def test_who_reported_it_or_what_was_said_in_it_is_told_and_nothing_waits(circle):
    made = circle()
    said = post_comment(target=made.question, by=made.who("asker"), body="<p>Nonsense.</p>")
    report_thing(thing=made.question, by=made.who("member"), reason="unkind")
    report_thing(thing=said, by=made.who("member"), reason="unkind")
    remove_discussion(discussion=made.question, by=made.who("moderator"))
    assert list(Report.objects.values_list("state", flat=True)) == ["upheld", "upheld"]
    told = Notification.objects.filter(kind="report.settled", recipient=made.who("member"))
    assert told.count() == 2


def test_it_comes_back_from_the_log(circle, client):
    made = circle()
    post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    tell_all()
    remove_discussion(discussion=made.question, by=made.who("moderator"))
    IndexChange.objects.all().delete()
    client.force_login(made.who("lead"))
    client.post(f"/decisions/{Decision.objects.get().pk}/undo/")
    assert list(Discussion.objects.visible_to(made.who("member"))) == [made.question]
    assert client.get(made.question.get_absolute_url()).status_code == 200
    assert inbox(made.who("asker"))[0] == "member answered your question"
    assert IndexChange.objects.exists()


def test_only_who_looks_after_it_removes_it(circle):
    made = circle()
    for who in ("member", "asker", "staff", "reader of everything"):
        with pytest.raises(PermissionDenied):
            remove_discussion(discussion=made.question, by=made.who(who))
    assert Discussion.objects.standing().count() == 1


def test_twice_is_as_once(circle):
    made = circle()
    for _time in range(2):
        remove_discussion(discussion=made.question, by=made.who("moderator"))
    assert Decision.objects.count() == 1


def test_an_anonymous_asker_is_told_blind(circle):
    made = circle(allows_anonymous=True)
    asker = make_member(made.community).user
    asked = start_discussion(
        by=asker, community=made.community, kind="question", title="How much?", anonymous=True
    )
    remove_discussion(discussion=asked, by=made.who("moderator"))
    assert Decision.objects.get().affected is None
    row = Notification.objects.get(recipient=asker)
    assert (row.kind, row.actor) == ("seal.decided", None)
    assert asker.name not in f"{row.data} {row.title}"


def test_the_queue_offers_it_and_the_word_comes_along(circle, client):
    made = circle()
    report_thing(thing=made.question, by=made.who("member"), reason="unkind")
    client.force_login(made.who("moderator"))
    address = f"/discussions/{made.question.pk}/remove/"
    assert f'formaction="{address}"' in client.get("/moderation/").content.decode()
    answer = client.post(address, {"reason": "Kindly.", "next": "/moderation/"})
    assert answer.url == "/moderation/"
    assert Decision.objects.get().reason == "Kindly."
    assert address not in client.get("/moderation/").content.decode()


def test_what_was_said_in_it_is_removed_with_it_but_stays_to_come_back(circle):
    made = circle()
    other = make_discussion(made.community)
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    remove_discussion(discussion=made.question, by=made.who("moderator"))
    assert Comment.objects.get() == said
    assert list(Discussion.objects.standing()) == [other]
    undo_decision(decision=Decision.objects.get(), by=made.who("lead"))
    assert Discussion.objects.standing().count() == 2
