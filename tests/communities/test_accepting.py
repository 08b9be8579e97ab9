import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import accept_answer, reopen_question, say_solved_too, withdraw_answer
from communities.actions.states import accepted_ids
from communities.models import Discussion, SolvedToo
from factories.communities import make_member
from kring.conversations.actions import choose_following, post_comment, remove_comment
from kring.conversations.models import ConversationEvent
from kring.indexing.registry import searchables
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def answer(made, who, body="<p>Yes.</p>"):
    return post_comment(target=made.question, by=made.who(who), body=body, kind="answer")


def fresh(made):
    return Discussion.objects.get(pk=made.question.pk)


@pytest.fixture
def solved(circle):
    """A question with two answers that helped and one that did not."""
    made = circle()
    first, second, other = answer(made, "member"), answer(made, "staff"), answer(made, "lead")
    for one in (second, first):
        accept_answer(discussion=made.question, by=made.who("asker"), answer=one)
    return made, first, second, other


def test_several_answers_help_and_the_first_chosen_stands_first(client, solved):
    made, first, second, other = solved
    assert (fresh(made).accepted, accepted_ids(fresh(made))) == (second, [second.pk, first.pk])
    client.force_login(made.who("staff"))
    page = text(client.get(made.question.get_absolute_url()))
    assert page.count("This answer helped Anouk") == 2
    assert (
        page.index(f'id="c{second.pk}"') < page.index(f'id="c{first.pk}"') < page.index(f'id="c{other.pk}"')
    )


def test_chosen_twice_is_chosen_once(solved):
    made, first, second, _other = solved
    before = ConversationEvent.objects.count()
    for one in (first, second):
        accept_answer(discussion=made.question, by=made.who("asker"), answer=one)
    assert accepted_ids(fresh(made)) == [second.pk, first.pk]
    assert ConversationEvent.objects.count() == before


def test_when_one_is_taken_back_the_next_takes_its_place(solved):
    made, first, second, other = solved
    withdraw_answer(discussion=made.question, by=made.who("asker"), answer=second)
    assert (fresh(made).state, accepted_ids(fresh(made))) == ("solved", [first.pk])
    withdraw_answer(discussion=made.question, by=made.who("asker"), answer=other)
    assert accepted_ids(fresh(made)) == [first.pk]
    remove_comment(comment=first, by=made.who("member"))
    assert (fresh(made).state, accepted_ids(fresh(made))) == ("answered", [])


def test_each_choice_is_an_event_for_those_who_read_along(solved):
    made, first, second, _other = solved
    withdraw_answer(discussion=made.question, by=made.who("asker"), answer=first)
    chosen = ConversationEvent.objects.filter(kind="accepted").order_by("seq")
    assert [event.comment for event in chosen] == [second, first, first]
    assert [event.seq for event in ConversationEvent.objects.order_by("seq")] == list(range(1, 7))


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything"])
def test_others_take_no_choice_back_and_open_nothing(solved, who):
    made, first, *_rest = solved
    with pytest.raises(PermissionDenied):
        withdraw_answer(discussion=made.question, by=made.who(who), answer=first)
    with pytest.raises(PermissionDenied):
        reopen_question(discussion=made.question, by=made.who(who), reason="No")


def test_it_solved_it_for_others_too_once_each(client, solved):
    made, *_answers = solved
    for who in ("member", "staff"):
        assert say_solved_too(discussion=made.question, by=made.who(who)) is True
    client.force_login(made.who("staff"))
    page = text(client.get(made.question.get_absolute_url()))
    assert "for 2 colleagues too" in page
    assert (
        'aria-pressed="true"><svg class="icon" aria-hidden="true"' in page.split('form="solved-too"')[1][:120]
    )
    assert say_solved_too(discussion=made.question, by=made.who("staff")) is False
    assert [row.user for row in SolvedToo.objects.all()] == [made.who("member")]


def test_neither_the_asker_nor_anybody_before_it_is_solved_says_so(client, circle):
    made = circle("private")
    address = f"/discussions/{made.question.pk}/solved-too/"
    given = answer(made, "member")
    for who, before, after in (("asker", 403, 403), ("member", 403, 302), ("staff", 404, 404)):
        client.force_login(made.who(who))
        withdraw_answer(discussion=made.question, by=made.who("asker"), answer=given)
        assert client.post(address).status_code == before
        accept_answer(discussion=made.question, by=made.who("asker"), answer=given)
        assert client.post(address).status_code == after


@pytest.mark.parametrize(
    "who, may",
    [
        ("lead", ["lessons/new", "wiki/new", "reopen"]),
        ("staff", ["lessons/new", "wiki/new"]),
        ("member", ["lessons/new", "wiki/new"]),
    ],
)
def test_what_may_be_done_with_it_stands_in_its_box(client, solved, who, may):
    made, *_answers = solved
    client.force_login(made.who(who))
    page = text(client.get(made.question.get_absolute_url()))
    box = page.split('<div class="solved">')[1].split("<kring-talk")[0]
    found = [one for one in ("lessons/new", "wiki/new", "reopen") if one in box]
    assert found == may


def test_a_question_is_opened_again_with_a_reason(client, solved):
    made, *_answers = solved
    Notification.objects.all().delete()
    client.force_login(made.who("asker"))
    address = f"/discussions/{made.question.pk}/reopen/"
    assert "What is still missing?" in text(client.get(address))
    refused = client.post(address, {"reason": "  "})
    assert (refused.status_code, fresh(made).state) == (400, "solved")
    assert client.post(address, {"reason": "Not for <b>old</b> ones."}).status_code == 302
    found = fresh(made)
    assert (found.state, accepted_ids(found)) == ("answered", [])
    page = text(client.get(found.get_absolute_url()))
    assert "It is open again.</b> Not for &lt;b&gt;old&lt;/b&gt; ones." in page
    assert client.get(address).status_code == 403
    rows = Notification.objects.filter(kind="discussion.reopened").order_by("recipient__name")
    assert [(row.recipient.name, row.data["reason"]) for row in rows] == [
        ("lead", "joined_in"),
        ("member", "joined_in"),
        ("staff", "joined_in"),
    ]
    assert rows[0].sentence == "Anouk Peeters opened a question again: “Not for <b>old</b> ones.”"


def test_choosing_again_takes_the_reason_away(solved):
    made, first, *_rest = solved
    by = made.who("asker")
    with pytest.raises(ValidationError):
        reopen_question(discussion=made.question, by=by, reason="")
    reopen_question(discussion=made.question, by=by, reason="Not yet.")
    assert fresh(made).reopened_reason == "Not yet."
    accept_answer(discussion=made.question, by=by, answer=first)
    assert (fresh(made).reopened_reason, fresh(made).state) == ("", "solved")


def test_whoever_wrote_it_anonymously_hears_of_it_like_those_who_follow(circle):
    made = circle(allows_anonymous=True)
    writer = make_member(made.community).user
    answer = post_comment(target=made.question, by=writer, body="<p>Yes.</p>", kind="answer", anonymous=True)
    choose_following(target=made.question, by=made.who("lead"), state="follow")
    accept_answer(discussion=made.question, by=made.who("asker"), answer=answer)
    rows = list(Notification.objects.filter(kind="discussion.helped").order_by("recipient"))
    assert {row.recipient for row in rows} == {writer, made.who("lead")}
    assert {(row.sentence, row.why, row.url) for row in rows} == {
        (
            "Anouk Peeters says that an answer helped",
            "because you follow it",
            answer.url_on(made.question.get_absolute_url()),
        )
    }
    assert len({str(sorted(row.data.items())) for row in rows}) == 1


def test_who_muted_it_or_may_not_read_it_hears_nothing(circle):
    made = circle("private", allows_anonymous=True)
    muted, gone = make_member(made.community), make_member(made.community)
    for row in (muted, gone):
        answer = post_comment(
            target=made.question, by=row.user, body="<p>Yes.</p>", kind="answer", anonymous=True
        )
    choose_following(target=made.question, by=muted.user, state="mute")
    gone.delete()
    accept_answer(discussion=made.question, by=made.who("asker"), answer=answer)
    assert not Notification.objects.filter(kind="discussion.helped").exists()


def test_every_answer_that_helped_is_found_as_one(circle):
    made = circle()
    said = [
        post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
        for _number in range(3)
    ]
    for answer in said[:2]:
        accept_answer(discussion=made.question, by=made.who("asker"), answer=answer)
    found = searchables()["question"].documents([made.question.pk])
    assert [one.facts["accepted"] for one in found if "said" in one.facts] == [True, True, False]
