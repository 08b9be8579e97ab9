from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.models import Membership, WordRule
from kring.activity.models import Activity
from kring.conversations.actions import (
    NotPostedError,
    edit_comment,
    post_comment,
    refuse_comment,
    release_comment,
    remove_comment,
    undo_decision,
)
from kring.conversations.live.frames import texts_of
from kring.conversations.models import Comment, Conversation, ConversationEvent, Decision
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db

LINK = '<p>See <a href="https://example.org/offer">this</a>.</p>'


def say(made, who="member", body=LINK, **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def newcomers(made, days=7):
    made.community.newcomer_days = days
    made.community.save(update_fields=["newcomer_days"])


def events():
    return list(ConversationEvent.objects.values_list("seq", "kind"))


def counted():
    return Conversation.objects.values_list("seq", "comment_count").get()


def kinds_told(user):
    tell_all()
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_links_by_newcomers_wait_and_tell_only_the_moderators(circle):
    made = circle()
    newcomers(made)
    made.who("moderator")
    held = say(made)
    assert (held.is_public, held.held_for, counted(), events()) == (False, "links", (0, 0), [])
    assert not Activity.objects.filter(verb="commented").exists()
    assert kinds_told(made.who("asker")) == []
    assert kinds_told(made.who("moderator")) == ["comment.held"]
    made.question.refresh_from_db()
    assert made.question.state == "open"


def test_who_belongs_for_long_moderates_or_links_nothing_is_not_held(circle):
    made = circle()
    newcomers(made)
    assert say(made, "moderator").is_public
    assert say(made, body="<p>No link at all.</p>").is_public
    long_ago = timezone.now() - timedelta(days=8)
    Membership.objects.filter(user=made.who("member")).update(joined_at=long_ago)
    assert say(made).is_public


def test_nobody_is_a_newcomer_where_nothing_was_set(circle):
    assert say(circle()).is_public


@pytest.mark.parametrize("said", ["Call the ACME desk.", "call the Acmé-desk", "<b>acme</b> desk"])
def test_a_word_on_the_list_holds_it(circle, said):
    made = circle()
    WordRule.objects.create(community=made.community, phrase="acme desk", newcomers_only=False)
    assert say(made, body=f"<p>{said}</p>").held_for == "words"


def test_a_part_of_a_word_and_a_rule_for_newcomers_hold_nothing(circle):
    made = circle()
    WordRule.objects.create(community=made.community, phrase="acme", newcomers_only=False)
    WordRule.objects.create(community=made.community, phrase="crow", newcomers_only=True)
    assert say(made, body="<p>Acmeism is an art.</p>").is_public
    assert say(made, body="<p>A crow.</p>").is_public
    newcomers(made)
    assert say(made, body="<p>A crow.</p>").held_for == "words"


def test_a_refused_word_is_not_posted_and_says_why(circle):
    made = circle()
    rule = {"then": "refuse", "newcomers_only": False, "why": "Call it the supplier portal."}
    WordRule.objects.create(community=made.community, phrase="old portal", **rule)
    with pytest.raises(NotPostedError) as refused:
        say(made, body="<p>In the Old Portal.</p>")
    assert refused.value.messages == ["Call it the supplier portal."]
    assert not Comment.objects.exists()


def test_letting_it_through_counts_and_tells_from_then_on(circle):
    made = circle()
    newcomers(made)
    first = say(made, "moderator")
    held = say(made, kind="answer")
    for _ in range(2):
        release_comment(comment=held, by=made.who("moderator"))
    held = Comment.objects.get(pk=held.pk)
    assert (held.is_public, held.held_for, held.seq) == (True, "", 2)
    assert (counted(), events()) == ((2, 2), [(1, "posted"), (2, "posted")])
    assert held.submit_date > first.submit_date
    assert kinds_told(made.who("asker")) == ["comment.own", "comment.own"]
    assert kinds_told(made.who("member")) == ["comment.released"]
    made.question.refresh_from_db()
    assert made.question.state == "answered"
    assert Decision.objects.values_list("verb", "affected").get() == (
        "comment_released",
        made.who("member").pk,
    )


def test_refusing_keeps_the_text_for_its_author_and_can_be_undone(circle):
    made = circle()
    newcomers(made)
    held = say(made)
    with pytest.raises(PermissionDenied):
        refuse_comment(comment=held, by=made.who("staff"))
    refuse_comment(comment=held, by=made.who("moderator"), reason="No shops, please.")
    held = Comment.objects.get(pk=held.pk)
    assert (held.is_public, held.held_for, held.body) == (False, "refused", LINK)
    (decision,) = Decision.objects.all()
    assert (decision.verb, decision.reason) == ("comment_refused", "No shops, please.")
    assert kinds_told(made.who("member")) == ["decision.made"]
    undo_decision(decision=decision, by=made.who("lead"))
    assert Comment.objects.get(pk=held.pk).is_public
    assert counted() == (1, 1)


def test_an_edit_is_looked_at_too(circle):
    made = circle()
    newcomers(made)
    said = say(made, body="<p>Fine.</p>")
    edit_comment(comment=said, by=made.who("member"), body=LINK)
    assert counted() == (2, 0)
    assert events() == [(1, "posted"), (2, "removed")]
    release_comment(comment=said, by=made.who("moderator"))
    back = Comment.objects.get(pk=said.pk)
    assert (back.is_public, back.seq, back.submit_date) == (True, 1, said.submit_date)
    assert events()[-1] == (3, "restored")
    assert kinds_told(made.who("asker")) == ["comment.own"]


def test_who_reads_along_sees_it_go_and_come_back_without_the_new_words(circle):
    made = circle()
    newcomers(made)
    said = say(made, body="<p>Fine.</p>")
    edit_comment(comment=said, by=made.who("member"), body=LINK)
    for event in ConversationEvent.objects.all():
        text = texts_of(event, made.question)["en"]
        assert f'"id":{said.pk},' in text
        assert ("This was removed." in text, "offer" in text) == (True, False)
    release_comment(comment=said, by=made.who("moderator"))
    assert "offer" in texts_of(ConversationEvent.objects.latest("pk"), made.question)["en"]


def test_taking_back_a_held_one_leaves_no_trace_for_readers(circle):
    made = circle()
    newcomers(made)
    held = say(made)
    remove_comment(comment=held, by=made.who("member"))
    assert (counted(), events()) == ((0, 0), [])
    release_comment(comment=held, by=made.who("moderator"))
    assert not Comment.objects.filter(is_public=True).exists()


def test_who_sees_it(circle, client):
    made = circle()
    newcomers(made)
    say(made, body=LINK.replace("See", "Zilverreiger"))
    seen = {}
    for who in ("member", "moderator", "asker", "staff"):
        client.force_login(made.who(who))
        seen[who] = "Zilverreiger" in client.get(made.question.get_absolute_url()).content.decode()
    assert seen == {"member": True, "moderator": True, "asker": False, "staff": False}


def test_the_writer_is_told_that_it_waits(circle, client):
    made = circle()
    newcomers(made)
    client.force_login(made.who("member"))
    page = client.post(f"/talk/discussion/{made.question.pk}/", {"body": LINK}, follow=True).content.decode()
    assert "A moderator looks at it first; after that everybody sees it." in page
    assert "A moderator looks at this first; only you see it now." in page
