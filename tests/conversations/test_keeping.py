"""Following, muting, keeping."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from factories.communities import make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.actions import (
    choose_following,
    erase_comments,
    holdings_of,
    keep,
    post_comment,
    remove_comment,
)
from kring.conversations.models import Bookmark, Comment, Following
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def say(made, who="member", body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def follow(made, who, state="follow"):
    choose_following(target=made.question, by=made.who(who), state=state)


def reasons(user):
    tell_all()
    return [row.data["reason"] for row in Notification.objects.filter(recipient=user).order_by("pk")]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("level", ["", "all", "mine", "none"])
def test_who_follows_hears_everything_whatever_their_level(circle, level):
    made = circle()
    reader = make_user()
    if level:
        make_member(made.community, reader, level=level)
    choose_following(target=made.question, by=reader, state="follow")
    first = say(made)
    say(made, "asker", parent=first)
    # Until they have looked, one line in the inbox says it.
    assert reasons(reader) == ["follower"]
    tell_all()
    Notification.objects.update(read_at=timezone.now())
    say(made, "asker", parent=first)
    assert reasons(reader) == ["follower", "follower"]
    choose_following(target=made.question, by=reader, state="")
    assert not Following.objects.exists()


def test_who_muted_hears_only_what_is_meant_for_them(circle):
    made = circle()
    reader = make_member(made.community, make_user("Ruth Bakker"), level="all").user
    choose_following(target=made.question, by=reader, state="mute")
    mine = post_comment(target=made.question, by=reader, body="<p>Well.</p>")
    say(made)
    assert reasons(reader) == []
    say(made, parent=mine)
    say(made, body="<p>@Ruth Bakker!</p>")
    tell_all()
    kinds = Notification.objects.filter(recipient=reader).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["comment.reply", "comment.mention"]
    follow(made, "asker", "mute")
    say(made)
    assert reasons(made.who("asker")) == ["asked"] * 4


def test_who_lost_access_hears_nothing_though_they_follow(circle):
    made = circle("private")
    follow(made, "member")
    made.who("member").memberships.all().delete()
    say(made, "asker")
    assert reasons(made.who("member")) == []


def test_only_readers_follow_and_keep(circle):
    made = circle("private")
    said = say(made)
    for who in ("staff", "guest"):
        with pytest.raises(PermissionDenied):
            follow(made, who)
        with pytest.raises(PermissionDenied):
            keep(target=made.question, by=made.who(who))
        with pytest.raises(PermissionDenied):
            keep(target=made.question, comment=said, by=made.who(who))
    with pytest.raises(ValueError, match="loudly"):
        follow(made, "member", "loudly")
    assert not Following.objects.exists()
    assert not Bookmark.objects.exists()


def test_the_head_says_what_one_chose(client, as_):
    made = as_("staff")
    where = f"/talk/discussion/{made.question.pk}/follow/"
    page = text(client.post(where, {"state": "follow"}, follow=True))
    assert "You hear of everything that is said here." in page
    assert 'name="state" value="" aria-pressed="true"' in page
    page = text(client.post(where, {"state": "mute"}, follow=True))
    assert "You muted this" in page
    assert "Tell me of it again" in page
    page = text(client.post(where, {"state": ""}, follow=True))
    assert "You hear of it as usual" in page
    assert client.post(where, {"state": "loudly"}).status_code == 400


def test_what_is_kept_is_found_again_and_let_go(client, as_):
    made = as_("staff")
    said = say(made, body="<p>The old numbers stay.</p>")
    lesson = make_lesson(made.community, "The lift")
    assert "Nothing is kept yet" in text(client.get("/kept/"))
    client.post(f"/comments/{said.pk}/keep/", {"keep": "yes"})
    page = text(client.post(f"/talk/lesson/{lesson.pk}/keep/", {"keep": "yes"}, follow=True))
    assert "You find it again under Kept, in your menu." in page
    assert 'name="keep" value="no" aria-pressed="true"' in page
    page = text(client.get("/kept/"))
    assert page.index("The lift") < page.index("The old numbers stay.")
    assert said.url_on(made.question.get_absolute_url()) in page
    assert "member wrote" in page
    back = client.post(f"/comments/{said.pk}/keep/", {"keep": "no", "back": "kept"})
    assert back["Location"] == "/kept/"
    assert "The old numbers stay." not in text(client.get("/kept/"))
    client.post(f"/comments/{said.pk}/keep/", {"keep": ""})
    assert Bookmark.objects.filter(comment=said).count() == 1


def test_what_one_may_no_longer_read_is_not_listed(client, as_):
    made = as_("member", "private")
    said = say(made, "asker", body="<p>The old numbers stay.</p>")
    for comment in (None, said):
        assert keep(target=made.question, comment=comment, by=made.who("member"), wanted=True)
    assert text(client.get("/kept/")).count("May we keep the old numbers?") >= 2
    Comment.objects.filter(pk=said.pk).update(is_public=False)
    assert "The old numbers stay." not in text(client.get("/kept/"))
    Comment.objects.filter(pk=said.pk).update(is_public=True)
    remove_comment(comment=Comment.objects.get(pk=said.pk), by=made.who("moderator"))
    assert "The old numbers stay." not in text(client.get("/kept/"))
    made.who("member").memberships.all().delete()
    page = text(client.get("/kept/"))
    assert "Nothing is kept yet" in page
    assert "old numbers" not in page


def test_each_sees_only_what_they_keep_themselves(client, as_):
    made = as_("staff")
    keep(target=made.question, by=made.who("member"), wanted=True)
    assert "Nothing is kept yet" in text(client.get("/kept/"))


def test_it_is_given_back_and_erased(circle):
    made = circle()
    said = say(made)
    keep(target=made.question, comment=said, by=made.who("staff"), wanted=True)
    follow(made, "staff")
    held = holdings_of(made.who("staff"))
    assert [row["url"] for row in held["kept"]] == [said.url_on(made.question.get_absolute_url())]
    assert [row["state"] for row in held["told"]] == ["follow"]
    erase_comments(made.who("staff"))
    assert not Bookmark.objects.exists()
    assert not Following.objects.exists()
