import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import accept_answer, merge_questions, say_solved_too, split_comment
from communities.actions.states import accepted_ids
from communities.models import Discussion, SolvedToo
from factories.communities import make_community, make_discussion
from kring.conversations.actions import post_comment, react, report_thing
from kring.conversations.live.frames import text_of
from kring.conversations.models import (
    Comment,
    Conversation,
    ConversationEvent,
    Decision,
    Following,
    Reaction,
    Report,
)
from kring.indexing.registry import documents_of
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def fresh(discussion):
    return Discussion.objects.get(pk=discussion.pk)


def say(question, by, words, **more):
    return post_comment(target=question, by=by, body=f"<p>{words}</p>", **more)


def said(question):
    rows = Comment.objects.filter(conversation__in=Conversation.objects.about(question)).order_by(
        "submit_date", "pk"
    )
    return [(row.comment, row.kind, row.level) for row in rows]


def events(question):
    rows = ConversationEvent.objects.filter(conversation__in=Conversation.objects.about(question))
    return list(rows.order_by("seq").values_list("seq", "kind"))


@pytest.fixture
def twice(circle):
    """Two questions that ask the same; the first is answered, so is the second, which is solved."""
    made = circle()
    again = make_discussion(
        made.community, "Do old numbers stay?", author=made.who("staff"), body="<p>Asking again.</p>"
    )
    say(made.question, made.who("lead"), "First", kind="answer")
    given = say(again, made.who("member"), "Second", kind="answer")
    say(again, made.who("lead"), "Thanks", parent=given)
    accept_answer(discussion=again, by=made.who("staff"), answer=given)
    return made, again, given


def test_two_questions_become_one(twice):
    made, again, given = twice
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    assert said(made.question) == [
        ("Asked as: Do old numbers stay?\nAsking again.", "comment", 0),
        ("First", "answer", 0),
        ("Second", "answer", 0),
        ("Thanks", "comment", 1),
    ]
    assert said(again) == []
    found = fresh(made.question)
    assert (found.state, accepted_ids(found)) == ("solved", [given.pk])
    assert (fresh(again).merged_into, accepted_ids(fresh(again))) == (found, [])
    talk = Conversation.objects.about(made.question).get()
    assert talk.comment_count == 4
    assert Conversation.objects.about(again).get().comment_count == 0


def test_every_number_is_an_event_in_both(twice):
    made, again, _given = twice
    before = len(events(again))
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    assert events(made.question) == [(1, "posted"), (2, "posted"), (3, "posted"), (4, "posted")]
    assert events(again)[before:] == [(before + 1, "removed"), (before + 2, "removed")]


def test_who_reads_along_sees_it_go_from_the_old_one(talk):
    made, root = talk
    split_comment(comment=root, by=made.who("moderator"), title="Which paint?", kind="discussion")
    event = ConversationEvent.objects.filter(kind="removed").first()
    frame = text_of(event, made.question)
    assert "This was removed." in frame
    assert "Paint, says" not in frame


def test_the_address_of_the_duplicate_leads_to_the_other(client, twice):
    made, again, given = twice
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    client.force_login(made.who("staff"))
    goal = made.question.get_absolute_url()
    assert client.get(f"/discussions/{again.pk}/")["Location"] == goal
    assert client.get(f"{again.get_absolute_url()}?c={given.pk}")["Location"] == f"{goal}?c={given.pk}"
    assert client.get(f"/comments/{given.pk}/")["Location"] == given.url_on(goal)
    page = text(client.get(goal))
    assert "Do old numbers stay?" in page
    titles = [one.title for one in client.get("/discussions/").context["page"]]
    assert titles == [made.question.title]
    assert list(documents_of("question", [again.pk])) == []
    client.force_login(made.who("guest"))
    assert client.get(again.get_absolute_url()).status_code == 404


def test_nothing_more_is_said_of_the_duplicate(twice):
    made, again, given = twice
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    with pytest.raises(PermissionDenied):
        say(fresh(again), made.who("lead"), "Late")
    with pytest.raises(PermissionDenied):
        accept_answer(discussion=again, by=made.who("staff"), answer=given)
    with pytest.raises(PermissionDenied):
        merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))


def test_who_follows_and_what_people_did_goes_along(twice):
    made, again, given = twice
    member = made.who("member")
    source = Conversation.objects.about(again).get()
    Following.objects.update_or_create(conversation=source, user=member, defaults={"state": "mute"})
    react(target=again, by=made.who("lead"), kind="thanks", comment=given)
    react(target=again, by=made.who("lead"), kind="same")
    say_solved_too(discussion=again, by=made.who("lead"))
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    target = Conversation.objects.about(made.question).get()
    assert Following.objects.get(user=member, conversation=target).state == "mute"
    assert set(Reaction.objects.values_list("conversation", "kind")) == {
        (target.pk, "thanks"),
        (target.pk, "same"),
    }
    assert SolvedToo.objects.get().discussion == made.question


def test_those_who_take_part_are_told_once(twice):
    made, again, _given = twice
    Notification.objects.all().delete()
    merge_questions(duplicate=again, into=made.question, by=made.who("moderator"))
    told = Notification.objects.order_by("recipient__name").values_list("recipient__name", "kind")
    assert list(told) == [
        ("Anouk Peeters", "discussion.merged"),
        ("lead", "discussion.merged"),
        ("member", "discussion.merged"),
        ("staff", "decision.made"),
    ]
    (decision,) = Decision.objects.all()
    assert (decision.verb, decision.affected) == ("question_merged", made.who("staff"))


def test_only_questions_of_one_community_are_brought_together(circle):
    made = circle()
    by = made.who("lead")
    others = (
        made.question,
        make_discussion(make_community(), "Elsewhere"),
        make_discussion(made.community, "No question", kind="discussion"),
    )
    for other in others[1:]:
        with pytest.raises((ValidationError, PermissionDenied)):
            merge_questions(duplicate=made.question, into=other, by=by)
    with pytest.raises(ValidationError):
        merge_questions(duplicate=made.question, into=made.question, by=by)
    with pytest.raises(PermissionDenied):
        merge_questions(duplicate=made.question, into=make_discussion(made.community), by=made.who("member"))


def test_the_form_offers_what_is_alike_and_takes_an_address(client, circle):
    made = circle()
    made.question.tags.add("numbers")
    alike = make_discussion(made.community, "Alike")
    alike.tags.add("numbers")
    client.force_login(made.who("moderator"))
    address = f"/discussions/{made.question.pk}/merge/"
    page = text(client.get(address))
    assert "Alike" in page
    # It is wanted for one of the choices.
    assert "if you like" not in page
    for wrong in ({}, {"choice": "0"}, {"choice": "0", "address": "x"}, {"choice": "0", "address": "999"}):
        assert client.post(address, wrong).status_code == 400
    elsewhere = make_discussion(make_community(openness="private"), "Secret")
    refused = client.post(address, {"choice": "0", "address": elsewhere.get_absolute_url()})
    assert refused.status_code == 400
    assert "Secret" not in text(refused)
    sent = {"choice": "0", "address": f"https://kring.example{alike.get_absolute_url()}?c=3"}
    assert client.post(address, sent).status_code == 302
    assert fresh(made.question).merged_into == alike


@pytest.fixture
def talk(circle):
    """A question with an answer that helped and drifted off, with two replies."""
    made = circle()
    root = say(made.question, made.who("member"), "By the way, paint?", kind="answer")
    for who in ("lead", "staff"):
        say(made.question, made.who(who), f"Paint, says {who}", parent=root)
    accept_answer(discussion=made.question, by=made.who("asker"), answer=root)
    return made, root


def test_a_comment_becomes_a_discussion_of_its_own(talk):
    made, root = talk
    own = split_comment(comment=root, by=made.who("moderator"), title="Which paint?", kind="discussion")
    own = fresh(own)
    assert (own.author, own.title, own.kind, own.created_at) == (
        made.who("member"),
        "Which paint?",
        "discussion",
        root.submit_date,
    )
    assert own.body.startswith("<p>By the way, paint?</p><p><em>From the conversation</em> <a href=")
    assert said(own) == [("Paint, says lead", "comment", 0), ("Paint, says staff", "comment", 0)]
    assert events(own) == [(1, "posted"), (2, "posted")]
    assert said(made.question) == [("This went on in a conversation of its own: Which paint?", "comment", 0)]
    assert own.get_absolute_url() in Comment.objects.get(pk=root.pk).body
    found = fresh(made.question)
    assert (found.state, accepted_ids(found)) == ("open", [])
    assert [kind for _seq, kind in events(made.question)][-3:] == ["removed", "removed", "edited"]
    assert Conversation.objects.about(made.question).get().comment_count == 1


def test_what_was_reported_waits_where_its_text_went(talk, twice):
    made, root = talk
    report_thing(thing=root, by=made.who("asker"), reason="unkind")
    own = split_comment(comment=root, by=made.who("moderator"), title="Which paint?", kind="discussion")
    both, again, _given = twice
    report_thing(thing=again, by=both.who("asker"), reason="unkind")
    merge_questions(duplicate=again, into=both.question, by=both.who("moderator"))
    asked_there = Comment.objects.get(comment__startswith="Asked as:")
    assert [(one.thing, one.state) for one in Report.objects.order_by("pk")] == [
        (own, "open"),
        (asked_there, "open"),
    ]


def test_split_as_a_question_the_replies_are_answers_that_can_be_replied_to(talk):
    made, root = talk
    own = split_comment(comment=root, by=made.who("moderator"), title="Which paint?", kind="question")
    assert fresh(own).state == "answered"
    first = Comment.objects.filter(conversation__in=Conversation.objects.about(own)).order_by("seq").first()
    assert (first.kind, first.thread_id, first.parent_id) == ("answer", first.pk, first.pk)
    reply = say(own, made.who("member"), "Blue", parent=first)
    assert (reply.thread_id, reply.level) == (first.pk, 1)


def test_only_what_was_said_first_is_split_and_only_by_those_who_look_after_it(talk):
    made, root = talk
    with pytest.raises(PermissionDenied):
        split_comment(comment=root, by=made.who("asker"), title="x", kind="discussion")
    reply = Comment.objects.filter(level=1).first()
    with pytest.raises(ValueError):
        split_comment(comment=reply, by=made.who("lead"), title="x", kind="discussion")
    assert Discussion.objects.count() == 1


def test_the_form_of_splitting_keeps_what_was_typed(client, talk):
    made, root = talk
    client.force_login(made.who("moderator"))
    address = f"/discussions/{made.question.pk}/split/"
    assert "By the way, paint?" in text(client.get(address))
    refused = client.post(address, {"title": "Which paint?", "kind": "discussion"})
    assert refused.status_code == 400
    assert 'value="Which paint?"' in text(refused)
    answer = client.post(
        address, {"comment": root.pk, "title": "Which paint?", "kind": "discussion"}, follow=True
    )
    assert "It is a conversation of its own now." in text(answer)
    assert answer.context["discussion"].title == "Which paint?"
