import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import (
    close_discussion,
    move_discussion,
    open_discussion,
    pin_discussion,
)
from communities.models import Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.activity.models import Activity
from kring.conversations.actions import ClosedError, NotUndoneError, post_comment, undo_decision
from kring.conversations.models import Conversation, ConversationEvent, Decision
from kring.notifications.models import Notification
from support.telling import forget_told, tell_all

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def say(made, who, body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def fresh(made):
    return Discussion.objects.get(pk=made.question.pk)


def undo_last(by):
    return undo_decision(decision=Decision.objects.latest("pk"), by=by)


@pytest.fixture
def both(circle):
    """A private community with an answered question, and another one that the same moderator looks after."""
    made = circle("private")
    other = make_community("Buying", openness="private")
    make_member(other, made.who("moderator"), role="moderator")
    say(made, "member", kind="answer")
    return made, other


ACTS = (
    lambda made, by: pin_discussion(discussion=made.question, by=by, pinned=True),
    lambda made, by: close_discussion(discussion=made.question, by=by),
    lambda made, by: open_discussion(discussion=made.question, by=by),
    lambda made, by: move_discussion(discussion=made.question, by=by, to=make_community()),
)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["asker", "member", "staff", "reader of everything"])
def test_only_who_looks_after_it_does_any_of_this(circle, act, who):
    made = circle()
    with pytest.raises(PermissionDenied):
        act(made, made.who(who))
    assert not Decision.objects.exists()


def test_what_is_pinned_stands_first_in_its_community(client, circle):
    made = circle()
    newer = make_discussion(made.community, "Newer", kind="discussion")
    pin_discussion(discussion=made.question, by=made.who("moderator"), pinned=True)
    pin_discussion(discussion=made.question, by=made.who("moderator"), pinned=True)
    client.force_login(made.who("member"))
    here = client.get(f"/discussions/?community={made.number}")
    assert list(here.context["page"]) == [made.question, newer]
    assert "Pinned" in text(here)
    assert list(client.get("/discussions/").context["page"]) == [newer, made.question]
    (decision,) = Decision.objects.all()
    assert (decision.verb, decision.affected, decision.thing) == (
        "discussion_pinned",
        made.who("asker"),
        made.question,
    )
    undo_last(made.who("lead"))
    assert fresh(made).pinned_at is None


def test_what_is_closed_says_what_came_of_it_and_takes_no_more(client, circle):
    made = circle()
    say(made, "member")
    forget_told()
    close_discussion(discussion=made.question, by=made.who("moderator"), resolution="We use form B.")
    with pytest.raises(ClosedError):
        say(made, "lead")
    client.force_login(made.who("member"))
    page = text(client.get(made.question.get_absolute_url()))
    assert "<b>This was closed.</b> We use form B." in page
    assert ConversationEvent.objects.latest("seq").kind == "paced"
    told = Notification.objects.order_by("recipient__name").values_list("recipient__name", "kind")
    assert list(told) == [("Anouk Peeters", "decision.made"), ("member", "discussion.closed")]
    assert Discussion.objects.unanswered().count() == 0

    undo_last(made.who("lead"))
    assert (fresh(made).closed_at, fresh(made).resolution) == (None, "")
    say(made, "lead")
    Decision.objects.filter(verb="discussion_closed").update(undone_at=None)
    with pytest.raises(NotUndoneError):
        undo_last(made.who("lead"))


def test_what_was_locked_before_is_locked_again(circle):
    made = circle()
    by = made.who("moderator")
    conversation = Conversation.objects.create(target=made.question, locked=True)
    close_discussion(discussion=made.question, by=by)
    undo_last(by)
    conversation.refresh_from_db()
    assert (conversation.locked, fresh(made).closed_at) == (True, None)


def test_what_is_opened_again_can_be_closed_again_as_it_was(circle):
    made = circle()
    by = made.who("moderator")
    close_discussion(discussion=made.question, by=by, resolution="Done.")
    open_discussion(discussion=made.question, by=by)
    say(made, "member")
    undo_last(by)
    assert (fresh(made).resolution, fresh(made).closed_by) == ("Done.", by)
    with pytest.raises(ClosedError):
        say(made, "member")


def test_a_conversation_moves_with_all_that_is_known_of_it(client, both):
    made, other = both
    tell_all()
    move_discussion(discussion=made.question, by=made.who("moderator"), to=other)
    assert fresh(made).community == other
    about = [*Activity.objects.about(made.question), *Activity.objects.filter(verb="answered")]
    assert {fact.audience for fact in about} == {other.audience}
    rows = Notification.objects.filter(group_key=f"discussion:{made.question.pk}")
    assert {row.audience for row in rows} == {other.audience}
    for who, status in (("moderator", 200), ("member", 404), ("asker", 404)):
        client.force_login(made.who(who))
        assert client.get(made.question.get_absolute_url()).status_code == status
    client.force_login(made.who("member"))
    assert made.question.title not in text(client.get("/inbox/"))


def test_it_moves_where_one_looks_after_both_and_back_again(both):
    made, other = both
    tell_all()
    by = made.who("moderator")
    for where in (make_community("Not theirs"), made.community):
        with pytest.raises(PermissionDenied):
            move_discussion(discussion=made.question, by=by, to=where)
    make_member(other, made.who("lead"), role="member")
    move_discussion(discussion=made.question, by=by, to=other)
    with pytest.raises(NotUndoneError):
        undo_last(made.who("lead"))
    undo_last(by)
    assert fresh(made).community == made.community
    rows = Notification.objects.filter(group_key=f"discussion:{made.question.pk}")
    assert {row.audience for row in rows} == {made.community.audience}


def test_who_takes_part_and_can_read_it_there_is_told(both):
    made, other = both
    make_member(other, made.who("member"))
    forget_told()
    move_discussion(discussion=made.question, by=made.who("moderator"), to=other)
    row = Notification.objects.get(kind="discussion.moved")
    assert row.recipient == made.who("member")
    assert row.sentence == "moderator moved a conversation you take part in to Buying"


PAGES = ("pin", "close", "open", "move", "merge", "split")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_what_will_happen_to_those_who_may(client, circle, page):
    made = circle()
    say(made, "member")
    address = f"/discussions/{made.question.pk}/{page}/"
    for who, status in (("moderator", 200), ("lead", 200), ("asker", 403), ("staff", 403), ("guest", 404)):
        client.force_login(made.who(who))
        assert client.get(address).status_code == status
    assert "Look after this" not in text(client.get("/"))


def test_the_menu_leads_to_the_pages(client, circle):
    made = circle()
    client.force_login(made.who("moderator"))
    page = text(client.get(made.question.get_absolute_url()))
    for name in ("pin", "close", "move", "split", "merge"):
        assert f'href="/discussions/{made.question.pk}/{name}/"' in page
    client.force_login(made.who("asker"))
    assert "Look after this" not in text(client.get(made.question.get_absolute_url()))


def test_the_forms_do_what_they_say(client, both):
    made, other = both
    client.force_login(made.who("moderator"))
    base = f"/discussions/{made.question.pk}"
    assert client.post(f"{base}/pin/").status_code == 302
    assert fresh(made).pinned_at is not None
    client.post(f"{base}/pin/")
    assert fresh(made).pinned_at is None
    client.post(f"{base}/close/", {"resolution": "Done."})
    assert fresh(made).resolution == "Done."
    client.post(f"{base}/open/")
    assert fresh(made).closed_at is None
    refused = client.post(f"{base}/move/", {"community": make_community("Not theirs").pk})
    assert refused.status_code == 400
    answer = client.post(f"{base}/move/", {"community": other.pk}, follow=True)
    assert "It stands in Buying now." in text(answer)


def test_who_looks_after_one_community_is_told_whom_to_ask(client, circle):
    made = circle()
    client.force_login(made.who("lead"))
    page = text(client.get(f"/discussions/{made.question.pk}/move/"))
    assert "You look after no other community." in page
    assert client.post(f"/discussions/{made.question.pk}/move/").status_code == 403
    make_member(make_community(), make_user(), role="lead")
