import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.actions import (
    edit_discussion,
    refuse_discussion,
    release_discussion,
    remove_discussion,
    start_discussion,
)
from communities.models import Discussion, WordRule
from factories.communities import make_member
from kring.activity.models import Activity
from kring.conversations.actions import undo_decision
from kring.conversations.models import Decision
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db

LINK = '<p>See <a href="https://example.org/offer">this</a>.</p>'


def ask(made, who="member", body=LINK, **more):
    fields = {"kind": "question", "title": "Is this any good?", **more}
    return start_discussion(by=made.who(who), community=made.community, body=body, **fields)


def kinds_told(user):
    tell_all()
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_a_newcomers_question_with_a_link_waits_and_tells_only_moderators(circle):
    made = circle(newcomer_days=7)
    made.who("moderator")
    held = ask(made)
    assert (held.held_for, held.is_unseen) == ("links", True)
    assert list(Discussion.objects.standing()) == [made.question]
    assert kinds_told(made.who("moderator")) == ["discussion.held"]
    assert kinds_told(made.who("lead")) == []
    assert not Activity.objects.filter(verb="asked").exists()


@pytest.mark.parametrize("who", ["moderator", "administrator"])
def test_who_moderates_is_trusted(circle, who):
    assert ask(circle(newcomer_days=7), who).held_for == ""


def test_a_word_on_the_list_holds_a_title(circle):
    made = circle()
    WordRule.objects.create(community=made.community, phrase="bargain", newcomers_only=False)
    assert ask(made, title="A bargain!", body="").held_for == "words"


def test_its_author_and_moderators_read_it_and_nobody_else(circle, client):
    made = circle(newcomer_days=7)
    held = ask(made)
    shown = {}
    for who in ("member", "moderator", "administrator", "asker", "staff", "reader of everything", "guest"):
        client.force_login(made.who(who))
        shown[who] = client.get(held.get_absolute_url()).status_code
    assert shown == {
        "member": 200,
        "moderator": 200,
        "administrator": 200,
        "asker": 404,
        "staff": 404,
        "reader of everything": 404,
        "guest": 404,
    }


def test_its_author_is_told_that_it_waits_and_finds_it(circle, client):
    made = circle(newcomer_days=7)
    client.force_login(made.who("member"))
    fields = {"kind": "question", "title": "Any good?", "community": made.number, "language": "en"}
    answer = client.post("/discussions/new/", {**fields, "body": LINK}, follow=True)
    page = answer.content.decode()
    assert "A moderator looks at it first; after that everybody sees it." in page
    assert "A moderator looks at this first; only you see it now." in page
    assert "Post your answer" not in page
    assert "Any good?" in client.get("/discussions/?mine=1").content.decode()
    assert "Any good?" not in client.get("/discussions/").content.decode()


def test_nobody_adds_to_it_while_it_waits(circle, client):
    made = circle(newcomer_days=7)
    held = ask(made)
    client.force_login(made.who("moderator"))
    assert client.post(f"/talk/discussion/{held.pk}/", {"body": "<p>No.</p>"}).status_code == 403
    with pytest.raises(PermissionDenied):
        remove_discussion(discussion=held, by=made.who("moderator"))


def test_let_through_it_begins_now_and_is_told(circle):
    made = circle(newcomer_days=7)
    made.who("lead")
    held = ask(made)
    Discussion.objects.filter(pk=held.pk).update(created_at=timezone.now() - timezone.timedelta(days=2))
    for _time in range(2):
        release_discussion(discussion=held, by=made.who("moderator"))
    held.refresh_from_db()
    assert (held.held_for, held.is_unseen, held.created_at.date()) == ("", False, timezone.now().date())
    assert kinds_told(made.who("lead")) == ["discussion.held", "discussion.question"]
    assert kinds_told(made.who("member")) == ["discussion.released"]
    assert list(Decision.objects.values_list("verb", flat=True)) == ["discussion_released"]


def test_refused_its_author_reads_why_and_it_can_be_let_through_after_all(circle):
    made = circle(newcomer_days=7)
    held = ask(made)
    refuse_discussion(discussion=held, by=made.who("moderator"), reason="An advertisement.")
    held.refresh_from_db()
    decision = Decision.objects.get()
    assert (held.held_for, decision.reason, decision.affected) == (
        "refused",
        "An advertisement.",
        made.who("member"),
    )
    assert kinds_told(made.who("member")) == ["decision.made"]
    undo_decision(decision=decision, by=made.who("lead"))
    assert Discussion.objects.standing().filter(pk=held.pk).exists()


def test_only_moderators_let_it_through_or_refuse_it(circle):
    made = circle(newcomer_days=7)
    held = ask(made)
    for act in (release_discussion, refuse_discussion):
        with pytest.raises(PermissionDenied):
            act(discussion=held, by=made.who("member"))


def test_the_queue_holds_it_and_settles_it(circle, client):
    made = circle(newcomer_days=7)
    held = ask(made)
    client.force_login(made.who("moderator"))
    assert "Is this any good?" in client.get("/moderation/").content.decode()
    client.post(f"/discussions/{held.pk}/release/", {"next": "/moderation/"})
    assert "Is this any good?" not in client.get("/moderation/").content.decode()


def test_a_link_that_is_edited_in_hides_what_was_shown_until_it_is_let_through(circle):
    made = circle(newcomer_days=7)
    shown = ask(made, body="<p>Well?</p>")
    told = kinds_told(made.who("asker"))
    edit_discussion(discussion=shown, by=made.who("member"), title=shown.title, body=LINK)
    shown.refresh_from_db()
    assert (shown.held_for, shown.is_unseen) == ("links", False)
    assert not Activity.objects.for_audience([made.community.audience]).filter(verb="asked").exists()
    release_discussion(discussion=shown, by=made.who("moderator"))
    assert Activity.objects.for_audience([made.community.audience]).filter(verb="asked").count() == 1
    assert kinds_told(made.who("asker")) == told


def test_an_anonymous_asker_stays_unknown_to_who_lets_it_through(circle, client):
    made = circle(newcomer_days=7, allows_anonymous=True)
    asker = make_member(made.community, role="member").user
    held = start_discussion(
        by=asker, community=made.community, kind="question", title="Any?", body=LINK, anonymous=True
    )
    client.force_login(made.who("moderator"))
    assert asker.name not in client.get("/moderation/").content.decode()
    release_discussion(discussion=held, by=made.who("moderator"))
    assert kinds_told(asker) == ["seal.released"]
    assert not Notification.objects.filter(actor=asker).exists()
