"""A live room begins, and what is asked in it can be read in the order of how many want to know it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions import remove_discussion, start_room
from communities.actions.rooms import tell_of_beginnings
from communities.models import Discussion
from factories.communities import make_member
from kring.conversations.actions import choose_following, post_comment, react
from kring.notifications.models import Notification
from kring.worker.registry import periodic_tasks

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_room(made):
    now = timezone.now()
    return start_room(
        by=made.who("moderator"),
        community=made.community,
        title="Ask Ruth anything",
        hosts=[made.who("member")],
        starts_at=now + HOUR,
        ends_at=now + 2 * HOUR,
    )


def told():
    rows = Notification.objects.filter(kind="discussion.begun").order_by("recipient__name")
    return [(row.recipient.name, row.sentence, row.why) for row in rows.select_related("recipient")]


def test_who_comes_and_who_answers_are_told_once_when_it_begins(circle):
    made = circle()
    room = make_room(made)
    choose_following(target=room, by=made.who("asker"), state="follow")
    choose_following(target=room, by=made.who("lead"), state="mute")
    assert tell_of_beginnings(room.starts_at - timedelta(minutes=1)) == 0
    assert [tell_of_beginnings(room.starts_at + timedelta(minutes=at)) for at in (0, 1, 2)] == [2, 0, 0]
    assert told() == [
        ("Anouk Peeters", "A live room begins in Suppliers", "because you follow it"),
        ("member", "A live room begins in Suppliers", "because questions there are for you"),
    ]


def test_who_may_no_longer_read_it_and_who_comes_later_are_not_told(circle):
    made = circle("private")
    room = make_room(made)
    gone = make_member(made.community)
    choose_following(target=room, by=gone.user, state="follow")
    gone.delete()
    assert tell_of_beginnings(room.starts_at) == 1
    choose_following(target=room, by=made.who("asker"), state="follow")
    assert tell_of_beginnings(room.starts_at + timedelta(minutes=5)) == 0
    assert [name for name, _sentence, _why in told()] == ["member"]


@pytest.mark.parametrize("ends", ["removed", "closed", "archived", "long begun"])
def test_a_room_that_does_not_take_place_begins_for_nobody(circle, ends):
    made = circle()
    room, now = make_room(made), None
    if ends == "removed":
        remove_discussion(discussion=room, by=made.who("moderator"))
    elif ends == "closed":
        Discussion.objects.filter(pk=room.pk).update(closed_at=timezone.now())
    elif ends == "archived":
        made.community.archived_at = timezone.now()
        made.community.save(update_fields=["archived_at"])
    else:
        now = room.starts_at + timedelta(minutes=31)
    assert tell_of_beginnings(now or room.starts_at) == 0


def test_the_site_looks_every_minute():
    task = next(one for one in periodic_tasks() if one.name == "communities.tasks.begin_rooms")
    assert task.every == timedelta(minutes=1)


def test_one_says_that_one_comes_and_takes_it_back(circle, client):
    made = circle()
    room = make_room(made)
    client.force_login(made.who("asker"))
    assert "Then you are told when it begins." in client.get(room.get_absolute_url()).content.decode()
    client.post(f"/talk/discussion/{room.pk}/follow/", {"state": "follow"})
    page = client.get(room.get_absolute_url()).content.decode()
    assert "You are told when it begins." in page
    client.post(f"/talk/discussion/{room.pk}/follow/", {"state": ""})
    assert tell_of_beginnings(room.starts_at) == 1


def test_what_most_want_to_know_stands_first_when_asked_for(circle, client):
    made = circle()
    room = make_room(made)
    said = [post_comment(target=room, by=made.who("asker"), body=f"<p>Number {n}</p>") for n in range(3)]
    react(target=room, by=made.who("member"), kind="same", comment=said[2])
    react(target=room, by=made.who("lead"), kind="same", comment=said[2])
    react(target=room, by=made.who("lead"), kind="same", comment=said[1])
    react(target=room, by=made.who("lead"), kind="thanks", comment=said[0])
    client.force_login(made.who("member"))
    address = room.get_absolute_url()

    def order(query):
        page = client.get(address + query).content.decode()
        return sorted(range(3), key=lambda n: page.index(f"<p>Number {n}</p>"))

    assert order("") == [0, 1, 2]
    assert order("?by=same") == [2, 1, 0]
    page = client.get(f"{address}?by=same").content.decode()
    assert f'href="?by=same&amp;reply={said[0].pk}#reply"' in page
    given = client.post(f"/comments/{said[0].pk}/react/", {"give": "same", "by": "same"})
    assert given.url == f"{address}?by=same&c={said[0].pk}#c{said[0].pk}"


def test_elsewhere_there_is_nothing_to_sort(circle, client):
    made = circle()
    post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    client.force_login(made.who("asker"))
    page = client.get(f"{made.question.get_absolute_url()}?by=same").content.decode()
    assert "Sorted by" not in page
    assert "?by=same&amp;reply" not in page
