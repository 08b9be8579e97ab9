from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from communities.actions import answer_request, change_role, remove_member, request_to_join
from communities.models import CannedReply, JoinRequest, Membership, WordRule
from communities.queue import looked_after_by, queue_kinds, waiting_count
from communities.queue.weekly import send_weekly_lists
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import (
    appeal,
    post_comment,
    remove_comment,
    report_thing,
    undo_decision,
)
from kring.conversations.models import Comment, Decision, Report
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def waiting(user):
    """Kind to the titles of what waits."""
    communities = looked_after_by(user)
    found = {kind.key: [item.title for item in kind.items(user, communities)] for kind in queue_kinds()}
    counted = {kind.key: kind.count(user, communities) for kind in queue_kinds()}
    assert counted == {key: len(titles) for key, titles in found.items()}
    return {key: titles for key, titles in found.items() if titles}


def one_of_each(made):
    WordRule.objects.create(community=made.community, phrase="acme", newcomers_only=False)
    post_comment(target=made.question, by=made.who("member"), body="<p>Acme.</p>")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    report_thing(thing=said, by=made.who("asker"), reason="unkind")
    gone = post_comment(target=made.question, by=made.who("member"), body="<p>Boo.</p>")
    make_member(made.community, make_user("Other"), role="moderator")
    remove_comment(comment=gone, by=made.who("lead"), reason="Please.")
    appeal(decision=Decision.objects.get(), by=made.who("member"), text="Why?")
    JoinRequest.objects.create(community=made.community, user=make_user("Kim Bos"))
    long_ago = timezone.now() - timedelta(days=3)
    make_discussion(made.community, "Nobody knows", author=made.who("member"), created_at=long_ago)


def test_everything_that_waits_stands_in_the_queue_of_those_who_moderate(circle):
    made = circle("on_request")
    one_of_each(made)
    title = made.question.title
    assert waiting(made.who("moderator")) == {
        "held": [title],
        "reports": [title],
        "requests": ["Kim Bos"],
        "appeals": [title],
        "questions": ["Nobody knows"],
    }
    assert waiting_count(made.who("moderator")) == 5
    assert (waiting_count(made.who("member")), waiting_count(make_user())) == (0, 0)
    elsewhere = make_member(make_community(), role="lead").user
    assert waiting(elsewhere) == {}
    assert waiting_count(made.who("administrator")) == 5


def test_nobody_looks_at_their_own(circle):
    made = circle()
    made.community.allows_anonymous = True
    made.community.save(update_fields=["allows_anonymous"])
    moderator = made.who("moderator")
    for anonymous in (False, True):
        said = post_comment(target=made.question, by=moderator, body="<p>Bah.</p>", anonymous=anonymous)
        report_thing(thing=said, by=made.who("asker"), reason="unkind")
    assert waiting(moderator) == {}
    assert len(waiting(made.who("lead"))["reports"]) == 2


def test_one_click_settles_each(circle, client):
    made = circle("on_request")
    one_of_each(made)
    client.force_login(made.who("moderator"))
    page = client.get("/moderation/").content.decode()
    held, said = Comment.objects.get(is_public=False), Comment.objects.get(comment="Bah.")
    asked = JoinRequest.objects.get()
    back = {"next": "/moderation/"}
    for address, sends in (
        (f"/comments/{held.pk}/release/", {}),
        (f"/comments/{said.pk}/delete/", {"reason": "Not like this."}),
        (f"/communities/{made.number}/requests/{asked.pk}/", {"outcome": "accept", "answer": "Hello."}),
        (
            f"/appeals/{Decision.objects.get(verb='comment_removed', appeal__isnull=False).appeal.pk}/",
            {"granted": "1"},
        ),
    ):
        assert f'formaction="{address}"' in page
        answer = client.post(address, {**sends, **back})
        assert (answer.status_code, answer["Location"]) == (302, "/moderation/")
    assert waiting(made.who("moderator")) == {"questions": ["Nobody knows"]}
    assert Membership.objects.get(user=asked.user).role == "member"
    assert Report.objects.get().state == "upheld"
    assert Decision.objects.filter(reason="Not like this.").exists()


def test_a_field_does_not_repeat_the_line_that_opens_it(circle, client):
    made = circle()
    one_of_each(made)
    client.force_login(made.who("moderator"))
    page = client.get("/moderation/").content.decode()
    asked = "Why not? Whoever wrote it reads this"
    assert (page.count(f"<summary>{asked}</summary>"), page.count(asked)) == (1, 1)
    assert "In your own words" in page


def test_a_canned_reply_is_the_reason_where_nothing_was_typed(circle, client):
    made = circle()
    CannedReply.objects.create(community=made.community, title="Kind", text="Please be kind.")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    client.force_login(made.who("moderator"))
    assert "Please be kind." in client.get(f"/comments/{said.pk}/delete/").content.decode()
    client.post(f"/comments/{said.pk}/delete/", {"canned": "Kind", "reason": ""})
    assert Decision.objects.get().reason == "Please be kind."


def test_an_empty_queue_says_so(circle, client):
    made = circle()
    client.force_login(made.who("moderator"))
    page = client.get("/moderation/").content.decode()
    assert "Nothing waits. Your communities are in good hands." in page
    client.force_login(made.who("member"))
    assert client.get("/moderation/").status_code == 403
    assert "Looking after it" not in client.get("/inbox/").content.decode()


def test_the_menu_says_how_much_waits(circle, client):
    made = circle()
    made.who("lead")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    report_thing(thing=said, by=made.who("asker"), reason="unkind")
    client.force_login(made.who("moderator"))
    page = client.get("/inbox/").content.decode()
    assert 'Looking after it <span class="badge badge--new">1</span>' in page


def test_the_log_is_filtered_and_undoes(circle, client):
    made = circle()
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    remove_comment(comment=said, by=made.who("moderator"), reason="Please.")
    change_role(community=made.community, by=made.who("lead"), user=made.who("member"), role="moderator")
    client.force_login(made.who("lead"))
    everything = client.get("/moderation/log/").content.decode()
    assert all(words in everything for words in ("removed a comment", "changed a role", "Please."))
    roles = client.get("/moderation/log/?verb=role_changed").content.decode()
    assert "Please." not in roles
    decision = Decision.objects.get(verb="role_changed")
    page = client.post(f"/decisions/{decision.pk}/undo/", {"next": "/moderation/log/"}, follow=True)
    assert "It is taken back." in page.content.decode()
    assert Membership.objects.get(user=made.who("member")).role == "member"


def test_decisions_about_people_are_undone(circle):
    made = circle("on_request")
    lead, kim = made.who("lead"), make_user("Kim")
    remove_member(community=made.community, by=lead, user=made.who("member"))
    undo_decision(decision=Decision.objects.latest("pk"), by=lead)
    assert Membership.objects.filter(user=made.who("member")).exists()
    asked = request_to_join(community=made.community, by=kim)
    answer_request(request=asked, by=made.who("moderator"), accept=False, answer="Not now.")
    declined = Decision.objects.latest("pk")
    assert (declined.verb, declined.reason) == ("request_declined", "Not now.")
    undo_decision(decision=declined, by=lead)
    assert Membership.objects.filter(user=kim).exists()


def test_the_starters_come_in_the_language_of_the_community(circle, client):
    made = circle()
    client.force_login(made.who("moderator"))
    page = client.post(f"/communities/{made.number}/rules/replies/", {"starters": "1"}, follow=True)
    assert "Say it about the matter" in page.content.decode()
    assert CannedReply.objects.filter(community=made.community, language="en").count() == 4
    client.post(f"/communities/{made.number}/rules/replies/", {"starters": "1"})
    assert CannedReply.objects.count() == 4
    refused = client.post(f"/communities/{made.number}/rules/words/", {"phrase": "", "then": "hold"})
    assert refused.status_code == 400


MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


def test_on_monday_at_eight_of_their_own_a_moderator_reads_what_was_decided(circle, settings):
    made = circle()
    moderator = made.who("moderator")
    moderator.time_zone = "Europe/Amsterdam"
    moderator.save()
    far = make_member(made.community, make_user("Far", time_zone="America/New_York"), role="lead").user
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    remove_comment(comment=said, by=moderator, reason="Please.")
    Decision.objects.update(at=MONDAY - timedelta(days=2))
    assert send_weekly_lists(MONDAY - timedelta(hours=1)) == 0
    assert [send_weekly_lists(MONDAY), send_weekly_lists(MONDAY)] == [1, 0]
    row = Notification.objects.get(kind="moderation.week")
    assert (row.recipient, row.url, row.group) == (moderator, "/moderation/week/", "moderation")
    assert row.data["excerpt"].startswith("Suppliers: 1 × removed a comment")
    assert send_weekly_lists(MONDAY + timedelta(hours=6)) == 1
    assert Notification.objects.filter(recipient=far, kind="moderation.week").exists()


def test_after_a_quiet_week_nobody_is_told(circle):
    made = circle()
    made.who("moderator")
    assert send_weekly_lists(MONDAY + timedelta(hours=10)) == 0
