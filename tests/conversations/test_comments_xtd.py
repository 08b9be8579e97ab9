"""What django-comments-xtd does wrong by itself, and must not do here."""

import threading

import pytest
from django.db import connection
from django_comments_xtd.models import XtdComment
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Site

from communities.models import CommunitiesPage
from factories.circle import make_circle
from factories.communities import make_member
from factories.people import make_user
from kring.activity.models import Activity
from kring.conversations.actions import edit_comment, post_comment, remove_comment
from kring.conversations.models import Comment, Conversation
from kring.indexing.models import IndexChange
from kring.notifications.models import Notification
from kring.people.models import User


def say(made, who="member", body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


@pytest.mark.django_db
def test_a_held_reply_stays_held_whatever_happens_to_its_parent(client, circle):
    made = circle()
    root = say(made)
    held = say(made, "staff", body="<p>Held back.</p>", parent=root)
    Comment.objects.filter(pk=held.pk).update(is_public=False)

    say(made, "asker", parent=root)
    edit_comment(comment=root, by=made.who("member"), body="<p>Changed.</p>")
    assert Comment.objects.get(pk=held.pk).is_public is False
    remove_comment(comment=root, by=made.who("member"))
    assert Comment.objects.get(pk=held.pk).is_public is False

    client.force_login(made.who("asker"))
    assert "Held back." not in client.get(made.question.get_absolute_url()).content.decode()
    assert client.get(f"/comments/{held.pk}/").status_code == 404


@pytest.mark.django_db
def test_removing_a_comment_leaves_its_replies_public(circle):
    made = circle()
    root = say(made)
    reply = say(made, "staff", parent=root)
    remove_comment(comment=root, by=made.who("moderator"))
    reply = Comment.objects.get(pk=reply.pk)
    assert (reply.is_public, reply.is_removed) == (True, False)


@pytest.mark.django_db
def test_numbers_of_replies_and_their_order_stay_right(circle):
    made = circle()
    roots = [say(made) for _ in range(2)]
    replies = [say(made, "staff", parent=roots[0]) for _ in range(3)]
    for _ in range(3):
        edit_comment(comment=roots[0], by=made.who("member"), body=f"<p>{_}</p>")
        edit_comment(comment=replies[0], by=made.who("staff"), body=f"<p>{_}</p>")
    rows = Comment.objects.order_by("pk").values_list("thread_id", "order", "level", "nested_count")
    assert list(rows) == [
        (roots[0].pk, 1, 0, 3),
        (roots[1].pk, 1, 0, 0),
        (roots[0].pk, 2, 1, 0),
        (roots[0].pk, 3, 1, 0),
        (roots[0].pk, 4, 1, 0),
    ]
    assert Conversation.objects.get().comment_count == 5


@pytest.mark.django_db
def test_none_of_its_addresses_is_reachable(client, as_):
    as_("member")
    for path in ("/comments/reply/1/", "/comments/api/communities-discussion/1/", "/comments/like/1/"):
        assert client.get(path).status_code == 404


def _take_the_root_away():
    """As Wagtail's own migrations leave the page tree."""
    CommunitiesPage.objects.all().delete()
    welcome = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A community that other connections see; taken away by hand, since a flush would take too much."""
    with django_db_blocker.unblock():
        had_root = CommunitiesPage.objects.exists()
        made = make_circle(title="Threads")
        people = [make_member(made.community, make_user()).user for _ in range(4)]
        try:
            yield made, people
        finally:
            made.community.delete()
            if not had_root:
                _take_the_root_away()
            users = [*people, *made.people.values()]
            Notification.objects.filter(recipient__in=users).delete()
            Activity.objects.filter(actor__in=users).delete()
            User.objects.filter(pk__in=[user.pk for user in users]).delete()
            IndexChange.objects.all().delete()
            DBTaskResult.objects.all().delete()
            connection.close()


def test_talking_at_once_loses_and_doubles_nothing(committed):
    made, people = committed
    root = post_comment(target=made.question, by=made.who("asker"), body="<p>Root</p>")
    failures = []

    def talk(user):
        try:
            for number in range(5):
                post_comment(target=made.question, by=user, body=f"<p>{number}</p>", parent=root)
                post_comment(target=made.question, by=user, body=f"<p>{number}</p>", kind="answer")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=talk, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    about = Conversation.objects.about(made.question).get()
    rows = Comment.objects.filter(conversation=about)
    assert (about.seq, about.comment_count) == (41, 41)
    assert sorted(rows.values_list("seq", flat=True)) == list(range(1, 42))
    orders = rows.filter(thread_id=root.pk).values_list("order", flat=True)
    assert sorted(orders) == list(range(1, 22))
    assert XtdComment.objects.get(pk=root.pk).nested_count == 20
