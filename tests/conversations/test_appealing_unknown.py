"""Who wrote something anonymously asks to look again at what was decided about it, and stays unknown."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from communities.actions import close_discussion, start_discussion
from factories.communities import make_member
from factories.people import make_user
from kring.conversations.actions import (
    AppealedError,
    answer_appeal,
    appeal,
    block_anonymous,
    post_comment,
    remove_comment,
    report_thing,
    settle_reports,
    undo_decision,
)
from kring.conversations.models import Appeal, Comment, Decision, Seal
from kring.notifications.models import Notification
from kring.people.actions.privacy import erase, export_data

pytestmark = pytest.mark.django_db

NAME = "Wilhelmina Zonneschijn"


@pytest.fixture
def made(circle):
    made = circle("private", allows_anonymous=True)
    made.people["member"] = make_member(made.community, make_user(NAME, language="en")).user
    made.people["other"] = make_member(made.community, make_user("Other", language="en"), role="lead").user
    return made


def removed(made, who="member"):
    said = post_comment(target=made.question, by=made.who(who), body="<p>Bah.</p>", anonymous=True)
    remove_comment(comment=said, by=made.who("moderator"), reason="Please be kind.")
    return Decision.objects.get()


def told(user):
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [(row.kind, row.url) for row in rows if row.kind.startswith(("seal", "appeal", "decision"))]


def page_for(user, path, **sends):
    client = Client()
    client.force_login(user)
    answer = client.post(path, sends, follow=True) if sends else client.get(path)
    return answer.status_code, answer.content.decode()


def test_the_decision_reaches_who_wrote_it_and_only_them(made):
    decision = removed(made)
    page = f"/decisions/{decision.pk}/"
    assert (decision.affected, decision.is_sealed) == (None, True)
    assert told(made.who("member")) == [("seal.decided", page)]
    status, body = page_for(made.who("member"), page)
    assert status == 200
    assert all(words in body for words in ("Please be kind.", "Bah.", "Ask to look again", "anonymously"))
    assert page_for(made.who("asker"), page)[0] == 404
    assert page in page_for(made.who("member"), f"/letters/{Seal.objects.get().pk}/")[1]


def test_the_appeal_comes_from_somebody_and_is_answered_to_them(made):
    decision = removed(made)
    page = f"/decisions/{decision.pk}/"
    status, body = page_for(made.who("member"), f"{page}appeal/", text="A joke.")
    assert "Another moderator looks at it, and you hear of it." in body
    asked = Appeal.objects.get()
    assert asked.by is None
    assert told(made.who("other")) == [("appeal.made", page)]
    assert told(made.who("moderator")) == []
    for who, path in (("other", "/moderation/"), ("other", page), ("moderator", "/moderation/log/")):
        status, body = page_for(made.who(who), path)
        assert (status, NAME in body, f"/people/{made.who('member').pk}/" in body) == (200, False, False)
    assert "Somebody who wrote it anonymously asks." in page_for(made.who("other"), "/moderation/")[1]
    answer_appeal(appeal=asked, by=made.who("other"), granted=True, answer="You are right.")
    assert not Comment.objects.get().is_removed
    assert told(made.who("member")) == [("seal.decided", page), ("seal.appealed", page)]
    assert "You are right." in page_for(made.who("member"), page)[1]


def test_nobody_else_asks_and_nobody_asks_twice(made):
    decision = removed(made)
    for who in ("asker", "other"):
        with pytest.raises(PermissionDenied):
            appeal(decision=decision, by=made.who(who), text="Me too.")
    appeal(decision=decision, by=made.who("member"), text="Please.")
    with pytest.raises(AppealedError):
        appeal(decision=decision, by=made.who("member"), text="Again.")


def test_a_lead_who_wrote_it_asks_and_does_not_answer(made):
    decision = removed(made, who="other")
    asked = appeal(decision=decision, by=made.who("other"), text="Please.")
    lead = make_member(made.community, make_user("Another"), role="lead").user
    assert "appeal.made" not in dict(told(made.who("other")))
    assert "Please." not in page_for(made.who("other"), "/moderation/")[1]
    assert "Please." in page_for(lead, "/moderation/")[1]
    with pytest.raises(PermissionDenied):
        answer_appeal(appeal=asked, by=made.who("other"), granted=True)
    answer_appeal(appeal=asked, by=lead, granted=False, answer="No.")
    assert told(made.who("other"))[-1] == ("seal.appealed", f"/decisions/{decision.pk}/")


def test_taking_it_back_is_told(made):
    decision = removed(made)
    undo_decision(decision=decision, by=made.who("moderator"))
    assert [kind for kind, _url in told(made.who("member"))] == ["seal.decided", "seal.undone"]


def test_a_question_and_a_block_are_decided_about_somebody_too(made):
    asked = start_discussion(
        by=made.who("member"), community=made.community, kind="question", title="Who?", anonymous=True
    )
    close_discussion(discussion=asked, by=made.who("moderator"), resolution="Done")
    block_anonymous(seal=Seal.objects.get(), by=made.who("moderator"))
    assert set(Decision.objects.values_list("verb", "is_sealed")) == {
        ("discussion_closed", True),
        ("anonymous_blocked", True),
    }
    for decision in Decision.objects.all():
        assert appeal(decision=decision, by=made.who("member"), text="Please.").by is None


def test_what_is_about_nobody_concerns_nobody(made):
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>", anonymous=True)
    report_thing(thing=said, by=made.who("asker"), reason="unkind")
    settle_reports(thing=said, by=made.who("moderator"), upheld=False)
    assert not Decision.objects.get().is_sealed
    assert page_for(made.who("member"), f"/decisions/{Decision.objects.get().pk}/")[0] == 404


def test_no_trace_of_who_asked_is_kept_or_taken_along(made):
    appeal(decision=removed(made), by=made.who("member"), text="Please.")
    assert "Please." not in str(export_data(made.who("member")))
    assert not Notification.objects.filter(actor=made.who("member")).exists()
    erase(person=made.who("member"), by=made.who("member"))
    asked = Appeal.objects.get()
    answer_appeal(appeal=asked, by=made.who("other"), granted=False, answer="No.")
    asked.refresh_from_db()
    assert (asked.state, asked.by) == ("refused", None)
