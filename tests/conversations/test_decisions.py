import pytest
from django.core.exceptions import PermissionDenied

from factories.communities import make_member
from factories.people import make_user
from kring.conversations.actions import (
    AppealedError,
    NotUndoneError,
    answer_appeal,
    appeal,
    lock_conversation,
    post_comment,
    remove_comment,
    undo_decision,
)
from kring.conversations.models import Comment, Conversation, ConversationEvent, Decision
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def removed(made, who="member", by="moderator"):
    said = post_comment(target=made.question, by=made.who(who), body="<p>Bah.</p>", kind="answer")
    remove_comment(comment=said, by=made.who(by), reason="Please be kind.")
    return Decision.objects.get()


def told(user):
    rows = Notification.objects.filter(recipient=user, kind__startswith="decision") | (
        Notification.objects.filter(recipient=user, kind__startswith="appeal")
    )
    return [(row.kind, row.sentence) for row in rows.order_by("pk")]


def test_removing_anothers_comment_is_a_decision_that_its_author_hears_of(circle):
    made = circle()
    decision = removed(made)
    assert (decision.verb, decision.by, decision.affected, decision.reason) == (
        "comment_removed",
        made.who("moderator"),
        made.who("member"),
        "Please be kind.",
    )
    assert told(made.who("member")) == [("decision.made", "A moderator of Suppliers removed a comment")]
    assert Notification.objects.get(kind="decision.made").actor is None


def test_removing_ones_own_is_no_decision(circle):
    made = circle()
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    remove_comment(comment=said, by=made.who("member"))
    assert not Decision.objects.exists()


def test_undoing_brings_the_comment_back_with_its_counts(circle):
    made = circle()
    decision = removed(made)
    made.question.refresh_from_db()
    assert made.question.state == "open"
    for who in ("member", "staff"):
        with pytest.raises(PermissionDenied):
            undo_decision(decision=decision, by=made.who(who))
    for _ in range(2):
        undo_decision(decision=decision, by=made.who("lead"))
    assert not Comment.objects.get().is_removed
    assert Conversation.objects.values_list("seq", "comment_count").get() == (3, 1)
    assert list(ConversationEvent.objects.values_list("kind", flat=True)) == ["posted", "removed", "restored"]
    made.question.refresh_from_db()
    assert made.question.state == "answered"
    decision.refresh_from_db()
    assert decision.undone_by == made.who("lead")
    assert [kind for kind, _ in told(made.who("member"))] == ["decision.made", "decision.undone"]


def test_what_its_author_took_away_does_not_come_back(circle):
    made = circle()
    decision = removed(made)
    Comment.objects.update(body="")
    with pytest.raises(NotUndoneError):
        undo_decision(decision=decision, by=made.who("moderator"))
    decision.refresh_from_db()
    assert decision.undone_at is None


def test_closing_a_conversation_is_a_decision_and_opens_again(circle):
    made = circle()
    by = made.who("moderator")
    lock_conversation(target=made.question, by=by, locked=True)
    lock_conversation(target=made.question, by=by, locked=True)
    lock_conversation(target=made.question, by=by, locked=True, slow_mode_seconds=60)
    assert list(Decision.objects.order_by("pk").values_list("verb", flat=True)) == [
        "conversation_closed",
        "conversation_paced",
    ]
    undo_decision(decision=Decision.objects.earliest("pk"), by=by)
    assert Conversation.objects.values_list("locked", "slow_mode_seconds").get() == (False, 0)


def test_an_appeal_is_answered_by_another_moderator(circle):
    made = circle()
    other = make_member(made.community, make_user("Other"), role="moderator").user
    decision = removed(made)
    with pytest.raises(PermissionDenied):
        appeal(decision=decision, by=made.who("staff"), text="Me too")
    asked = appeal(decision=decision, by=made.who("member"), text="It was meant as a joke.")
    with pytest.raises(AppealedError):
        appeal(decision=decision, by=made.who("member"), text="Again")
    assert [kind for kind, _ in told(other)] == ["appeal.made"]
    assert told(made.who("moderator")) == []
    with pytest.raises(PermissionDenied):
        answer_appeal(appeal=asked, by=made.who("moderator"), granted=False)
    answer_appeal(appeal=asked, by=other, granted=True, answer="You are right.")
    assert not Comment.objects.get().is_removed
    assert [kind for kind, _ in told(made.who("member"))] == ["decision.made", "appeal.answered"]
    answer_appeal(appeal=asked, by=other, granted=False)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("granted", "You are right.")


def test_a_lead_who_is_alone_looks_again_at_what_they_decided(circle):
    made = circle()
    decision = removed(made, by="lead")
    asked = appeal(decision=decision, by=made.who("member"), text="Please look again.")
    answer_appeal(appeal=asked, by=made.who("lead"), granted=False, answer="I did.")
    asked.refresh_from_db()
    assert (asked.state, Comment.objects.get().is_removed) == ("refused", True)


def test_whom_it_concerns_sees_what_was_decided_and_appeals(circle, client):
    made = circle("private")
    decision = removed(made)
    page = f"/decisions/{decision.pk}/"
    client.force_login(made.who("member"))
    body = client.get(page).content.decode()
    assert all(words in body for words in ("Please be kind.", "Bah.", "Ask to look again"))
    assert f"/people/{made.who('moderator').pk}/" not in body
    assert client.post(f"{page}appeal/", {"text": " "}).status_code == 400
    body = client.post(f"{page}appeal/", {"text": "A joke."}, follow=True).content.decode()
    assert "Another moderator looks at it, and you hear of it." in body
    client.force_login(made.who("staff"))
    assert client.get(page).status_code == 404
    client.force_login(made.who("lead"))
    body = client.post(f"/appeals/{decision.appeal.pk}/", {"granted": "1", "answer": "Yes."}, follow=True)
    assert "This decision was taken back." in body.content.decode()
