"""What the asker adds to their own question is no answer, unless it was chosen: everywhere alike."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.test import RequestFactory

from communities.actions import accept_answer, start_discussion, withdraw_answer
from communities.models import Discussion
from communities.panels import answers_of
from communities.searchables import documents_of_discussions
from kring.conversations.actions import post_comment, remove_comment
from kring.conversations.live.frames import text_of
from kring.conversations.models import Comment, ConversationEvent
from kring.conversations.templatetags.conversations import Talk
from kring.indexing.models import IndexChange
from kring.notifications.models import Notification
from kring.people.actions.privacy import erase
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def answer(made, role, question=None, **more):
    by = role if not isinstance(role, str) else made.who(role)
    return post_comment(
        target=question or made.question, by=by, body="<p>Some words.</p>", kind="answer", **more
    )


def counted(question, user):
    """(heading, card, search, state, signs): what is said of a question in each place."""
    question = Discussion.objects.get(pk=question.pk)
    accepted = [pk for pk in (question.accepted_id,) if pk]
    talk = Talk(question, user, RequestFactory().get("/").GET, accepted)
    (card,) = Discussion.objects.filter(pk=question.pk).with_counts()
    whole = next(one for one in documents_of_discussions("question", [question.pk]) if "#" not in one.key)
    return talk.answer_count, card.answer_count, whole.facts["answers"], question.state, whole.signs


NONE = (0, 0, 0, "open", ("unanswered",))
ONE = (1, 1, 1, "answered", ("answered",))


def test_the_askers_own_word_is_no_answer(circle):
    made = circle()
    own = answer(made, "asker")
    staff = made.who("staff")
    assert counted(made.question, staff) == NONE
    assert Discussion.objects.unanswered().get() == made.question
    given = answer(made, "member")
    assert counted(made.question, staff) == ONE
    remove_comment(comment=given, by=made.who("moderator"))
    assert counted(made.question, staff) == NONE
    assert Comment.objects.present().get() == own


def test_chosen_it_is_one_and_taken_back_none(circle):
    made = circle()
    own, asker = answer(made, "asker"), made.who("asker")
    accept_answer(discussion=made.question, by=asker, answer=own)
    assert counted(made.question, asker) == (1, 1, 1, "solved", ("answered", "solved"))
    withdraw_answer(discussion=made.question, by=asker, answer=own)
    assert counted(made.question, asker) == NONE


def test_chosen_beside_another_it_counts_too(circle):
    made = circle()
    own, given, asker = answer(made, "asker"), answer(made, "member"), made.who("asker")
    for one in (given, own):
        accept_answer(discussion=made.question, by=asker, answer=one)
    (card,) = Discussion.objects.with_counts()
    whole = next(documents_of_discussions("question", [made.question.pk]))
    assert (card.answer_count, whole.facts["answers"]) == (2, 2)


def test_the_pages_say_so(circle, client):
    made = circle()
    answer(made, "asker")
    client.force_login(made.who("staff"))
    assert "No answer yet" in client.get("/discussions/").content.decode()
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert ('data-number="0"' in page, "Some words." in page) == (True, True)


def test_who_asked_anonymously_is_known_by_that_alone(circle):
    made = circle(allows_anonymous=True)
    asker, other = made.who("asker"), made.who("member")
    question = start_discussion(
        by=asker, community=made.community, kind="question", title="How?", anonymous=True
    )
    answer(made, asker, question, anonymous=True)
    assert counted(question, other) == NONE
    # By name they are one of many, and nothing tells otherwise.
    answer(made, asker, question)
    assert counted(question, other) == ONE
    answer(made, other, question, anonymous=True)
    assert counted(question, other) == (2, 2, 2, "answered", ("answered",))


def test_of_a_question_of_somebody_outside_every_answer_counts(circle):
    made = circle()
    Discussion.objects.update(author=None, attribution={"name": "Somebody"})
    answer(made, "member", Discussion.objects.get())
    Comment.objects.get()
    assert counted(made.question, made.who("staff")) == ONE
    Comment.objects.update(user=None)
    assert counted(made.question, made.who("staff")) == ONE


def test_who_reads_along_hears_that_it_is_the_askers(circle):
    made = circle()
    answer(made, "asker")
    answer(made, "member")
    events = ConversationEvent.objects.filter(kind="posted").order_by("seq")
    frames = [json.loads(text_of(event, made.question))["comment"] for event in events]
    assert [(one["kind"], one["asker"]) for one in frames] == [("answer", True), ("answer", False)]


def test_nobody_is_told_that_the_asker_answered(circle):
    made = circle()
    answer(made, "member")
    answer(made, "asker")
    tell_all()
    told = Notification.objects.filter(recipient=made.who("member"))
    assert [row.sentence for row in told] == ["Anouk Peeters added to a conversation you take part in"]


def test_a_page_of_a_person_names_it_only_where_it_was_chosen(circle):
    made = circle()
    asker = made.who("asker")
    own = answer(made, "asker")
    assert answers_of(made.who("staff"), asker) is None
    accept_answer(discussion=made.question, by=asker, answer=own)
    assert made.question.title in answers_of(made.who("staff"), asker)


def test_of_somebody_who_is_gone_nobody_knows_whose_word_it_was(circle):
    made = circle()
    answer(made, "asker")
    erase(person=made.who("asker"), by=made.who("administrator"))
    assert counted(made.question, made.who("staff")) == ONE


def test_what_was_there_before_is_counted_anew(circle):
    made = circle(allows_anonymous=True)
    asker, member = made.who("asker"), made.who("member")
    titles = ("own", "both", "solved", "nameless", "named")
    asked = {
        title: start_discussion(
            by=asker, community=made.community, kind="question", title=title, anonymous=title[0] == "n"
        )
        for title in titles
    }
    own = {title: answer(made, asker, asked[title], anonymous=title == "nameless") for title in titles}
    answer(made, member, asked["both"])
    accept_answer(discussion=asked["solved"], by=asker, answer=own["solved"])
    Discussion.objects.exclude(state="solved").filter(title__in=titles).update(state="answered")
    IndexChange.objects.all().delete()
    migration = import_module("communities.migrations.0009_count_no_word_of_the_asker_as_an_answer")
    for _twice in range(2):
        migration.recount(apps, None)
    assert dict(Discussion.objects.filter(title__in=titles).values_list("title", "state")) == {
        "own": "open",
        "both": "answered",
        "solved": "solved",
        "nameless": "open",
        "named": "answered",
    }
    told = set(IndexChange.objects.values_list("kind", "object_id"))
    assert told == {("question", asked[title].pk) for title in ("own", "both", "solved", "nameless")}
