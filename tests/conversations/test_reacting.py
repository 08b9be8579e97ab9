"""A word of thanks, with one's name on it."""

import pytest
from django.core.exceptions import PermissionDenied

from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.actions import post_comment, react, remove_comment
from kring.conversations.models import Comment, Conversation, ConversationEvent, Reaction
from kring.notifications.models import Notification
from kring.people.models import Distance

pytestmark = pytest.mark.django_db


def say(made, who="member", **more):
    return post_comment(target=made.question, by=made.who(who), body="<p>Yes.</p>", **more)


def give(made, comment, who="staff", kind="thanks", **more):
    return react(target=made.question, comment=comment, by=made.who(who), kind=kind, **more)


def text(response):
    return response.content.decode()


def thanks_to(user):
    rows = Notification.objects.filter(recipient=user, kind="comment.thanks")
    return [row.sentence for row in rows]


def test_a_reaction_is_given_once_and_taken_back(circle):
    made = circle()
    said = say(made)
    assert [give(made, said, wanted=True), give(made, said, wanted=True)] == [True, True]
    assert Reaction.objects.count() == 1
    assert give(made, said) is False
    assert give(made, said, wanted=False) is False
    assert not Reaction.objects.exists()
    # Said, given, taken: what changed nothing has no number.
    events = ConversationEvent.objects.values_list("seq", "kind", "comment")
    assert list(events) == [(1, "posted", said.pk), (2, "reacted", said.pk), (3, "reacted", said.pk)]
    assert Conversation.objects.get().seq == 3


def test_the_thing_itself_has_reactions_of_its_own(circle):
    made = circle()
    said = say(made)
    give(made, None, kind="same")
    give(made, said, kind="same")
    assert set(Reaction.objects.values_list("comment", "kind")) == {(None, "same"), (said.pk, "same")}
    assert ConversationEvent.objects.filter(kind="reacted", comment=None).count() == 1


def test_nobody_reacts_to_what_is_theirs_gone_or_not_to_be_read(circle):
    made = circle("private")
    said = say(made)
    for who in ("member", "staff", "guest"):
        with pytest.raises(PermissionDenied):
            give(made, said, who)
    for who in ("asker", "staff"):
        with pytest.raises(PermissionDenied):
            give(made, None, who)
    with pytest.raises(ValueError, match="applause"):
        give(made, said, "asker", kind="applause")
    remove_comment(comment=said, by=made.who("moderator"))
    with pytest.raises(PermissionDenied):
        give(made, Comment.objects.get(), "asker")
    held = say(made)
    Comment.objects.filter(pk=held.pk).update(is_public=False)
    with pytest.raises(PermissionDenied):
        give(made, Comment.objects.get(pk=held.pk), "moderator")
    assert not Reaction.objects.exists()


def test_the_author_is_told_once_a_day_and_the_row_grows(circle):
    made = circle()
    author, said = made.who("member"), say(made)
    give(made, said)
    assert thanks_to(author) == ["staff thanked you"]
    give(made, said, "asker")
    give(made, said, "lead", kind="agree")
    assert thanks_to(author) == ["staff and 2 others thanked you"]
    give(made, said, wanted=False)
    assert thanks_to(author) == ["Anouk Peeters and 1 other thanked you"]
    give(made, said, "asker", wanted=False)
    assert thanks_to(author) == ["lead agrees with you"]
    give(made, said, "lead", kind="agree", wanted=False)
    assert thanks_to(author) == []


def test_what_was_read_is_not_said_again_that_day(circle):
    made = circle()
    said = say(made)
    give(made, said)
    Notification.objects.filter(kind="comment.thanks").update(read_at=said.submit_date)
    give(made, said, "asker")
    assert Notification.objects.filter(kind="comment.thanks", read_at=None).count() == 0


def test_who_is_kept_at_a_distance_is_neither_told_of_nor_named(client, circle):
    made = circle()
    said = say(made)
    Distance.objects.create(user=made.who("member"), other=made.who("staff"))
    give(made, said)
    assert thanks_to(made.who("member")) == []
    client.force_login(made.who("member"))
    page = text(client.get(made.question.get_absolute_url()))
    assert "staff" not in page
    client.force_login(made.who("asker"))
    assert 'title="staff"' in text(client.get(made.question.get_absolute_url()))


def test_five_are_named_and_the_others_counted(client, circle):
    made = circle()
    said = say(made)
    for number in range(7):
        react(target=made.question, comment=said, by=make_user(f"Reader {number}"), kind="agree")
    client.force_login(made.who("staff"))
    page = text(client.get(made.question.get_absolute_url()))
    assert 'title="Reader 0, Reader 1, Reader 2, Reader 3, Reader 4 and 2 others"' in page
    assert "<span data-count>7</span>" in page


def test_buttons_say_what_one_gave(client, circle):
    made = circle()
    said = say(made)
    where = f"/comments/{said.pk}/react/"
    client.force_login(made.who("staff"))
    response = client.post(where, {"give": "thanks"}, follow=True)
    page = text(response)
    assert 'name="take" value="thanks" data-reaction="thanks" aria-pressed="true"' in page
    assert [str(one) for one in response.context["messages"]] == [
        "Done. Your name stands beside it; press again to take it back."
    ]
    client.post(where, {"take": "thanks"})
    page = text(client.get(made.question.get_absolute_url()))
    assert 'name="give" value="thanks" data-reaction="thanks" aria-pressed="false"' in page
    assert client.post(where, {"give": "applause"}).status_code == 400
    assert client.get(where).status_code == 405
    client.force_login(made.who("member"))
    assert client.post(where, {"give": "thanks"}).status_code == 403
    assert where not in text(client.get(made.question.get_absolute_url()))


def test_a_question_is_a_good_one_and_a_lesson_is_thanked_for(client, circle):
    made = circle()
    lesson = make_lesson(made.community, author=made.who("asker"))
    client.force_login(made.who("staff"))
    page = text(client.get(made.question.get_absolute_url()))
    assert "Good question" in page
    assert "I have this too" in page
    client.post(f"/talk/discussion/{made.question.pk}/react/", {"give": "same"})
    client.post(f"/talk/lesson/{lesson.pk}/react/", {"give": "thanks"})
    assert thanks_to(made.who("asker")) == ["staff thanked you", "staff knows this too"]
    client.force_login(made.who("guest"))
    assert client.post(f"/talk/lesson/{lesson.pk}/react/", {"give": "thanks"}).status_code == 404
