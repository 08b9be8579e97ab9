"""What is found of communities and what is said in them, by whom."""

import pytest

from communities.actions import (
    accept_answer,
    edit_community,
    erase_participation,
    join_community,
    withdraw_answer,
)
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user
from kring.conversations.actions import post_comment, remove_comment
from kring.indexing.models import IndexChange
from kring.indexing.registry import audience_of, documents_of, labels_of, searchables, stamps_of
from support.searching import documents, queries_for, stamps_agree, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(root):
    return make_community("Suppliers", summary="Who buys.", purpose="<p>To pay once.</p>", tags=["money"])


def answered(community):
    """A question with an accepted answer and a comment on it."""
    asker, helper = make_user("Anouk"), make_user("Koen")
    question = make_discussion(community, "Old numbers?", author=asker, body="<p>May we?</p>")
    question.tags.set(["data"])
    answer = post_comment(target=question, by=helper, body="<p>Keep them.</p>", kind="answer")
    reply = post_comment(target=question, by=asker, body="<p>Thanks!</p>", parent=answer)
    accept_answer(discussion=question, by=asker, answer=answer)
    question.refresh_from_db()
    return question, answer, reply


def test_a_community_carries_its_own_token_only(community):
    lead = make_member(community, make_user("Tom"), role="lead").user
    make_member(community, make_user(is_active=False))
    found = whole(community, "community")
    assert found.audience == (f"c:{community.pk}",)
    assert (found.title, found.body) == ("Suppliers", "Who buys.\nTo pay once.")
    assert (found.community, found.people, found.tags) == (str(community.pk), (str(lead.pk),), ("money",))
    assert found.beside == "money"
    assert found.facts == {"members": 1, "leads": ["Tom"]}
    assert found.url == community.get_absolute_url()


def test_a_question_with_what_was_said(community):
    question, answer, reply = answered(community)
    first, *parts = documents(question, "question")
    assert (first.key, first.title) == (f"question:{question.pk}", "Old numbers?")
    assert (first.body, first.beside) == ("May we?\nKeep them.\nThanks!", "data\nAnouk")
    assert (first.audience, first.tags) == ((f"c:{community.pk}",), ("data",))
    assert first.people == (str(question.author_id),)
    assert first.facts == {
        "kind": "question",
        "state": "solved",
        "author": "Anouk",
        "answers": 1,
        "comments": 1,
        "accepted": "Koen",
    }
    assert [(part.key, part.body, part.url, part.facts) for part in parts] == [
        (
            f"question:{question.pk}#c{answer.pk}",
            "Keep them.",
            f"{question.get_absolute_url()}?c={answer.pk}#c{answer.pk}",
            {"said": "answer", "author": "Koen", "accepted": True},
        ),
        (
            f"question:{question.pk}#c{reply.pk}",
            "Thanks!",
            f"{question.get_absolute_url()}?c={reply.pk}#c{reply.pk}",
            {"said": "comment", "author": "Anouk", "accepted": False},
        ),
        (f"question:{question.pk}#top", "May we?", question.get_absolute_url(), {}),
    ]


def test_removed_and_held_comments_are_not_offered(community):
    question, answer, reply = answered(community)
    remove_comment(comment=reply, by=reply.user)
    answer.is_public = False
    answer.save()
    (found,) = documents(question, "question")
    assert "Keep them" not in found.body
    assert "Thanks" not in found.body


def test_without_an_author_no_name_is_shown(community):
    erased = make_user("Erased")
    question = make_discussion(community, "Why?", author=erased)
    erase_participation(erased)
    imported = make_discussion(community, "How?", attribution={"name": "Somebody else", "url": ""})
    found = whole(question, "question")
    assert (found.people, found.facts["author"], "Erased" in found.body) == ((), "", False)
    found = whole(imported, "question")
    assert (found.people, found.facts["author"]) == ((), "Somebody else")


@pytest.mark.parametrize("kind", ["discussion", "announcement", "room"])
def test_other_kinds_are_found_as_discussions(community, kind):
    talk = make_discussion(community, "Friday", kind=kind)
    assert whole(talk, "discussion").facts["kind"] == kind
    assert list(documents_of("question", [talk.pk])) == []
    assert talk.pk not in set(searchables()["question"].all_ids())
    assert talk.pk in set(searchables()["discussion"].all_ids())


@pytest.mark.parametrize("openness", ["open", "on_request", "private"])
def test_who_holds_the_token_is_who_may_read(root, openness):
    community = make_community(openness=openness)
    question = make_discussion(community)
    talk = make_discussion(community, kind="discussion")
    people = {
        "staff": make_user(),
        "member": make_member(community).user,
        "guest": make_guest(),
        "guest who is a member": make_member(community, make_guest()).user,
        "administrator": make_admin(),
    }
    may_read = {"member", "guest who is a member", "administrator"}
    may_read |= {"staff"} if openness != "private" else set()
    for kind, thing in (("community", community), ("question", question), ("discussion", talk)):
        tokens = set(whole(thing, kind).audience)
        holders = {name for name, user in people.items() if tokens & audience_of(user)}
        allowed = {name for name, user in people.items() if searchables()[kind].visible_ids(user, [thing.pk])}
        assert (holders, allowed) == (may_read, may_read), kind


def test_opening_and_joining_reindex_nothing_that_is_said_there(root):
    community = make_community(openness="private")
    question = make_discussion(community)
    outsider = make_user()
    before = whole(question, "question")
    token = before.audience[0]
    assert token not in audience_of(outsider)
    IndexChange.objects.all().delete()
    edit_community(community=community, by=make_admin(), openness="open")
    assert token in audience_of(outsider)
    join_community(community=community, by=outsider)
    edit_community(community=community, by=make_admin(), openness="private")
    assert token in audience_of(outsider)
    assert set(IndexChange.objects.values_list("kind", flat=True)) <= {"community", "person"}
    assert whole(question, "question") == before


def test_names_of_communities_are_for_their_readers(root):
    community = make_community("Secret", openness="private")
    assert labels_of("community", make_user(), [str(community.pk), "x"]) == {}
    assert labels_of("community", make_admin(), [str(community.pk)])[str(community.pk)].text == "Secret"


@pytest.mark.parametrize("kind", ["community", "question"])
def test_thirty_cost_as_many_queries_as_one(root, kind):
    things = []
    for _number in range(30):
        community = make_community()
        make_member(community, role="lead")
        things.append(community.pk if kind == "community" else answered(community)[0].pk)
    list(documents_of(kind, things[:1]))
    assert queries_for(kind, things[:1]) == queries_for(kind, things)


def test_versions_change_with_what_is_shown(community):
    question, answer, _reply = answered(community)
    seen = [stamps_of("question")[question.pk]]
    post_comment(target=question, by=make_admin(), body="<p>More</p>")
    seen.append(stamps_of("question")[question.pk])
    withdraw_answer(discussion=question, by=make_admin(), answer=answer)
    seen.append(stamps_of("question")[question.pk])
    assert len(set(seen)) == 3
    counted = stamps_of("community")
    make_member(community)
    assert stamps_of("community") != counted
    make_discussion(community, kind="discussion")
    assert [stamps_agree(kind) for kind in ("community", "question", "discussion")] == [True, True, True]


def test_what_is_said_reaches_the_outbox(community):
    question, answer, _reply = answered(community)
    IndexChange.objects.all().delete()
    remove_comment(comment=answer, by=answer.user)
    assert ("question", question.pk) in set(IndexChange.objects.values_list("kind", "object_id"))
