import pytest

from factories.communities import make_community, make_discussion
from factories.wiki import make_lesson
from kring.conversations.actions import lock_conversation, post_comment, remove_comment
from kring.conversations.models import Comment, Conversation
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def say(made, who="member", body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def address(made):
    return f"/talk/discussion/{made.question.pk}/"


def test_an_answer_is_posted_and_leads_to_where_it_stands(client, as_):
    made = as_("staff")
    response = client.post(address(made), {"body": "We *may*.", "kind": "answer"})
    said = Comment.objects.get()
    assert response["Location"] == said.url_on(made.question.get_absolute_url())
    assert (said.body, said.kind, said.user) == ("<p>We <em>may</em>.</p>", "answer", made.who("staff"))
    page = client.get(response["Location"])
    assert f'id="c{said.pk}"' in text(page)
    assert "1 answer" in text(page)


def test_a_reply_is_posted_below_its_comment(client, as_):
    made = as_("staff")
    root = say(made, kind="answer")
    page = text(client.get(f"{made.question.get_absolute_url()}?reply={root.pk}"))
    assert "Your reply to member" in page
    assert f'name="parent" value="{root.pk}"' in page
    assert "Post your answer" not in page
    client.post(address(made), {"body": "Thanks", "parent": root.pk, "kind": "comment"})
    assert Comment.objects.get(level=1).thread_id == root.pk


def test_the_question_itself_is_commented_on(client, as_):
    made = as_("staff")
    where = made.question.get_absolute_url()
    assert "?reply=question#reply" in text(client.get(where))
    page = text(client.get(f"{where}?reply=question"))
    assert "Post your comment" in page
    assert "Answer the question instead" in page
    client.post(address(made), {"body": "Which year?", "kind": "comment"})
    page = client.get(where)
    assert "No answer yet" not in text(page)
    assert "Nobody has answered yet" in text(page)
    assert "Which year?" in text(page)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "no text in it yet"), ("   ", "no text in it yet"), ("<p></p>", "no text in it yet")],
)
def test_nothing_is_refused_beside_the_field(client, as_, typed, problem):
    made = as_("staff")
    response = client.post(address(made), {"body": typed, "kind": "answer"})
    assert response.status_code == 400
    assert problem in text(response)
    assert not Comment.objects.exists()


def test_nothing_typed_is_lost_when_it_cannot_be_posted(client, as_):
    made = as_("member")
    root = say(made, "asker", kind="answer")
    sent = {"body": "A long, *careful* answer.", "kind": "answer"}
    lock_conversation(target=made.question, by=made.who("moderator"), locked=True)
    response = client.post(address(made), sent)
    assert response.status_code == 400
    assert "This conversation was closed." in text(response)
    assert "A long, *careful* answer." in text(response)

    lock_conversation(target=made.question, by=made.who("moderator"), locked=False)
    remove_comment(comment=root, by=made.who("asker"))
    response = client.post(address(made), sent | {"parent": root.pk})
    assert "What you replied to was removed meanwhile." in text(response)
    assert "A long, *careful* answer." in text(response)
    assert f'name="parent" value="{root.pk}"' in text(response)


def test_who_may_not_write_keeps_the_text_and_is_told_whom_to_ask(client, as_):
    made = as_("staff", "on_request")
    made.who("lead")
    page = text(client.get(made.question.get_absolute_url()))
    assert "Only members write in this community. Ask <a" in page
    assert "<textarea" not in page
    response = client.post(address(made), {"body": "A careful answer.", "kind": "answer"})
    assert response.status_code == 403
    assert "A careful answer." in text(response)
    assert "Only members write in this community. Ask <a" in text(response)


def test_addresses_that_lead_nowhere(client, as_):
    made = as_("staff")
    elsewhere = post_comment(target=make_discussion(made.community), by=made.who("member"), body="<p>x</p>")
    assert client.get(address(made))["Location"] == made.question.get_absolute_url()
    assert client.get("/talk/discussion/99999/").status_code == 404
    assert client.get(f"/talk/person/{made.question.pk}/").status_code == 404
    for parent in ("x", "99999", "9" * 30, elsewhere.pk):
        assert client.post(address(made), {"body": "x", "parent": parent}).status_code == 404
    assert client.get("/comments/99999/").status_code == 404
    assert client.put(address(made)).status_code == 405


def test_a_comments_number_leads_to_it_for_its_readers(client, circle):
    made = circle("private")
    said = say(made)
    client.force_login(made.who("member"))
    assert client.get(f"/comments/{said.pk}/")["Location"] == said.get_absolute_url()
    client.force_login(made.who("staff"))
    assert client.get(f"/comments/{said.pk}/").status_code == 404


def test_a_comment_on_a_page_that_was_unpublished_is_not_there(client, circle):
    made = circle()
    lesson = make_lesson(made.community, author=made.who("asker"))
    said = post_comment(target=lesson, by=made.who("member"), body="<p>x</p>")
    lesson.live = False
    lesson.save()
    client.force_login(made.who("staff"))
    assert client.get(f"/comments/{said.pk}/").status_code == 404
    assert client.post(f"/talk/lesson/{lesson.pk}/", {"body": "x"}).status_code == 404


def test_changing_is_for_oneself(client, circle):
    made = circle()
    said = say(made, kind="answer")
    where = f"/comments/{said.pk}/edit/"
    for who, status in (("asker", 403), ("moderator", 403), ("administrator", 403), ("member", 200)):
        client.force_login(made.who(who))
        assert client.get(where).status_code == status
    refused = client.post(where, {"body": "  "})
    assert refused.status_code == 400
    assert Comment.objects.get().body == "<p>Yes.</p>"
    assert client.post(where, {"body": "No."})["Location"] == said.get_absolute_url()
    assert "edited" in text(client.get(made.question.get_absolute_url()))


def test_removing_is_for_oneself_and_moderators_and_asked_first(client, circle):
    made = circle()
    said = say(made)
    where = f"/comments/{said.pk}/delete/"
    for who, status in (("asker", 403), ("staff", 403), ("member", 200), ("moderator", 200)):
        client.force_login(made.who(who))
        assert client.get(where).status_code == status
    client.force_login(made.who("asker"))
    assert client.post(where).status_code == 403
    client.force_login(made.who("moderator"))
    response = client.post(where, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "It is removed. What others replied stays."
    ]
    assert Comment.objects.get().is_removed
    assert client.post(where).status_code == 302


def test_moderators_close_slow_down_and_open_again(client, circle):
    made = circle()
    where = f"{address(made)}pace/"
    for who, status in (("member", 403), ("staff", 403), ("asker", 403), ("moderator", 200)):
        client.force_login(made.who(who))
        assert client.get(where).status_code == status
    assert client.post(where, {"locked": "on", "slow_mode_seconds": "77"}).status_code == 400
    client.post(where, {"locked": "on", "slow_mode_seconds": "300"})
    about = Conversation.objects.get()
    assert (about.locked, about.slow_mode_seconds) == (True, 300)
    page = text(client.get(made.question.get_absolute_url()))
    assert "This conversation was closed. Nothing more can be added." in page
    assert "<textarea" not in page
    assert "Open the conversation again" in page
    assert client.get(where).context["form"].initial == {"locked": True, "slow_mode_seconds": 300}
    slowly = "This conversation goes slowly: you wait "
    for seconds, words in (("300", f"{slowly}5 minutes between"), ("60", f"{slowly}a minute between")):
        client.force_login(made.who("moderator"))
        client.post(where, {"slow_mode_seconds": seconds})
        assert slowly not in text(client.get(made.question.get_absolute_url()))
        client.force_login(made.who("member"))
        assert words in text(client.get(made.question.get_absolute_url()))
    client.force_login(made.who("moderator"))
    client.post(where, {"slow_mode_seconds": "0"})
    client.force_login(made.who("member"))
    page = text(client.get(made.question.get_absolute_url()))
    assert "<textarea" in page
    assert slowly not in page


def test_the_conversation_of_a_private_community_has_no_pace_for_strangers(client, as_):
    made = as_("staff", "private")
    assert client.get(f"{address(made)}pace/").status_code == 404
    assert client.post(f"{address(made)}pace/", {"locked": "on"}).status_code == 404
    assert not Conversation.objects.exists()


def test_talk_about_a_lesson(client, circle):
    made = circle()
    lesson = make_lesson(made.community, "The lift", author=made.who("asker"))
    client.force_login(made.who("staff"))
    assert "Nobody has said anything yet." in text(client.get(lesson.get_absolute_url()))
    response = client.post(f"/talk/lesson/{lesson.pk}/", {"body": "Here too."})
    page = text(client.get(response["Location"]))
    assert "1 comment" in page
    assert "Here too." in page
    client.force_login(made.who("asker"))
    tell_all()
    assert "staff commented on your lesson" in text(client.get("/inbox/"))


def test_a_guest_talks_where_they_belong_and_nowhere_else(client, circle):
    made = circle()
    client.force_login(made.who("guest who is a member"))
    assert client.post(address(made), {"body": "Hello", "kind": "answer"}).status_code == 302
    other = make_discussion(make_community())
    assert client.post(f"/talk/discussion/{other.pk}/", {"body": "Hello"}).status_code == 404
