import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import (
    accept_answer,
    edit_discussion,
    set_level,
    start_discussion,
    withdraw_answer,
)
from communities.models import Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.activity.models import Activity
from kring.conversations.actions import post_comment, remove_comment
from kring.notifications.models import Notification
from support.telling import forget_told, tell_all

pytestmark = pytest.mark.django_db


def told():
    tell_all()
    rows = Notification.objects.select_related("recipient")
    return sorted((row.recipient.name, row.kind, row.data["reason"]) for row in rows)


def answer(made, who, question=None):
    by = made.who(who)
    return post_comment(target=question or made.question, by=by, body="<p>Yes.</p>", kind="answer")


def fresh(made):
    return Discussion.objects.get(pk=made.question.pk)


def test_a_question_is_asked_with_all_that_was_given(circle):
    made = circle()
    asked = start_discussion(
        by=made.who("member"),
        community=made.community,
        kind="question",
        title="May a supplier use our logo?",
        body='<p onclick="x()">In a <b>brochure</b>.</p>',
        tags=["suppliers", "Logo"],
        language="nl",
    )
    asked = Discussion.objects.get(pk=asked.pk)
    assert (asked.kind, asked.state, asked.language) == ("question", "open", "nl")
    assert "onclick" not in asked.body
    assert sorted(tag.name for tag in asked.tags.all()) == ["Logo", "suppliers"]
    assert asked.get_absolute_url() == f"/discussions/{asked.pk}/may-a-supplier-use-our-logo/"
    (fact,) = Activity.objects.about(asked)
    assert (fact.verb, fact.actor, fact.audience) == ("asked", made.who("member"), made.community.audience)


@pytest.mark.parametrize(
    ("openness", "who"),
    [("on_request", "staff"), ("private", "staff"), ("open", "guest"), ("private", "reader of everything")],
)
def test_who_may_not_post_asks_nothing(circle, openness, who):
    made = circle(openness)
    with pytest.raises(PermissionDenied):
        start_discussion(by=made.who(who), community=made.community, kind="question", title="x")
    assert list(Discussion.objects.all()) == [made.question]


def test_only_moderators_announce_and_rooms_are_not_started_like_this(circle):
    made = circle()
    with pytest.raises(PermissionDenied):
        start_discussion(by=made.who("member"), community=made.community, kind="announcement", title="x")
    with pytest.raises(ValueError):
        start_discussion(by=made.who("lead"), community=made.community, kind="room", title="x")
    said = start_discussion(
        by=made.who("moderator"), community=made.community, kind="announcement", title="x"
    )
    assert said.kind == "announcement"


def test_each_member_hears_what_they_chose(circle):
    made = circle()
    for name, level in (("All", "all"), ("Important", "important"), ("Mine", "mine"), ("None", "none")):
        make_member(made.community, make_user(name), level=level)
    make_member(made.community, make_user("Gone", is_active=False), level="all")
    for role in ("lead", "moderator"):
        made.who(role)
    by = made.who("member")

    start_discussion(by=by, community=made.community, kind="question", title="q")
    assert told() == [
        ("All", "discussion.question", "member"),
        ("lead", "discussion.question", "lead"),
        ("moderator", "discussion.question", "lead"),
    ]
    forget_told()
    start_discussion(by=by, community=made.community, kind="discussion", title="d")
    assert told() == [("All", "discussion.discussion", "member")]
    forget_told()
    start_discussion(by=made.who("moderator"), community=made.community, kind="announcement", title="a")
    assert told() == [
        ("All", "discussion.announcement", "member"),
        ("Anouk Peeters", "discussion.announcement", "belongs"),
        ("Important", "discussion.announcement", "belongs"),
        ("lead", "discussion.announcement", "belongs"),
        ("member", "discussion.announcement", "belongs"),
    ]


def test_a_question_is_answered_and_solved_and_opened_again(circle):
    made = circle()
    asker = made.who("asker")
    first, second = answer(made, "member"), answer(made, "staff")
    assert fresh(made).state == "answered"

    accept_answer(discussion=made.question, by=asker, answer=first)
    assert (fresh(made).state, fresh(made).accepted) == ("solved", first)
    withdraw_answer(discussion=made.question, by=asker, answer=first)
    assert (fresh(made).state, fresh(made).accepted) == ("answered", None)
    accept_answer(discussion=made.question, by=asker, answer=first)
    remove_comment(comment=first, by=made.who("member"))
    assert (fresh(made).state, fresh(made).accepted) == ("answered", None)
    remove_comment(comment=second, by=made.who("moderator"))
    assert fresh(made).state == "open"
    assert fresh(made).last_activity_at == made.question.created_at


def test_the_latest_word_brings_a_discussion_up(circle):
    made = circle()
    comment = post_comment(target=made.question, by=made.who("member"), body="<p>Me too.</p>")
    assert fresh(made).last_activity_at == comment.submit_date
    assert fresh(made).state == "open"


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything"])
def test_only_the_asker_and_moderators_choose_and_change(circle, who):
    made = circle()
    given = answer(made, "lead")
    with pytest.raises(PermissionDenied):
        accept_answer(discussion=made.question, by=made.who(who), answer=given)
    with pytest.raises(PermissionDenied):
        edit_discussion(discussion=made.question, by=made.who(who), title="Mine now")
    edit_discussion(discussion=made.question, by=made.who("moderator"), title="Clearer", tags=["numbers"])
    changed = fresh(made)
    assert changed.title == "Clearer"
    assert changed.edited_at is not None
    assert [tag.name for tag in changed.tags.all()] == ["numbers"]


def test_an_asker_who_is_no_longer_let_in_changes_nothing(circle):
    made = circle("private")
    made.who("asker").memberships.all().delete()
    with pytest.raises(PermissionDenied):
        edit_discussion(discussion=made.question, by=made.who("asker"), title="x")


def test_only_an_answer_to_this_question_can_help(circle):
    made = circle()
    other = make_discussion(made.community, kind="question")
    comment = post_comment(target=made.question, by=made.who("member"), body="<p>Me too.</p>")
    removed = answer(made, "member")
    remove_comment(comment=removed, by=made.who("member"))
    for wrong in (answer(made, "member", other), comment, removed):
        with pytest.raises(ValueError):
            accept_answer(discussion=made.question, by=made.who("asker"), answer=wrong)
    assert fresh(made).accepted is None


def test_who_helped_is_told_once_and_only_if_they_want_to_hear(circle):
    made = circle()
    given = answer(made, "member")
    forget_told()
    for act in (accept_answer, withdraw_answer, accept_answer):
        act(discussion=made.question, by=made.who("asker"), answer=given)
    assert told() == [("member", "discussion.accepted", "author")]

    forget_told()
    set_level(community=made.community, by=made.who("lead"), level="none")
    accept_answer(discussion=made.question, by=made.who("asker"), answer=answer(made, "lead"))
    assert ("lead", "discussion.accepted", "author") not in told()


def test_a_comment_is_told_to_those_who_may_read_it_and_want_to(circle):
    made = circle("private")
    answer(made, "member")
    answer(made, "lead")
    loud = make_member(made.community, make_user("Loud"), level="all").user
    quiet = make_member(made.community, make_user("Quiet"), level="mine").user
    for user in (loud, quiet):
        post_comment(target=made.question, by=user, body="<p>Hm.</p>")
    made.who("member").memberships.all().delete()
    forget_told()

    answer(made, "moderator")

    # Neither who left, nor who hears only what is about them.
    assert told() == [
        ("Anouk Peeters", "comment.own", "asked"),
        ("Loud", "comment.other", "joined_in"),
        ("lead", "comment.other", "joined_in"),
    ]


def test_tags_are_found_whatever_their_case(circle):
    made = circle()
    made.question.tags.add("Invoices")
    other = make_discussion(make_community(), "Other")
    other.tags.add("invoices")
    assert set(Discussion.objects.tagged(["INVOICES"])) == {made.question, other}
