"""Naming people in the text of a question or discussion."""

import re

import pytest
from django.urls import reverse

from communities.actions import edit_discussion, erase_participation, release_discussion, start_discussion
from communities.models import Discussion
from factories.communities import make_member
from factories.people import make_user
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def ask(made, body, who="member", **more):
    fields = {"kind": "question", "title": "How many?", **more}
    return start_discussion(by=made.who(who), community=made.community, body=body, **fields)


def told(user):
    tell_all()
    return [row.sentence for row in Notification.objects.filter(recipient=user).order_by("pk")]


def tom_in(made, **more):
    return make_member(made.community, make_user("Tom Willems", language="en"), **more).user


def test_who_is_named_is_told_once_however_often_it_is_edited(circle):
    made = circle("private")
    tom = tom_in(made, role="lead")
    asked = ask(made, "<p>@Tom Willems, would you know?</p>")
    assert asked.body == f'<p><a linktype="person" id="{tom.pk}">@Tom Willems</a>, would you know?</p>'
    assert told(tom) == ["member mentioned you"]
    edit_discussion(discussion=asked, by=made.who("member"), body="<p>Or @Tom Willems?</p>", title="Well?")
    assert told(tom) == ["member mentioned you"]


def test_who_is_named_only_later_is_told_then(circle):
    made = circle()
    tom = tom_in(made)
    asked = ask(made, "<p>Well?</p>")
    edit_discussion(discussion=asked, by=made.who("member"), title="Well?", body="<p>@Tom Willems?</p>")
    assert told(tom) == ["member mentioned you"]


def test_who_may_not_read_it_is_not_meant_and_nothing_tells_so(circle):
    made = circle("private")
    outside = make_user("Tom Willems")
    asked = ask(made, "<p>@Tom Willems, would you know?</p>")
    assert asked.body == "<p>@Tom Willems, would you know?</p>"
    assert told(outside) == []


def test_who_wants_to_hear_nothing_hears_nothing(circle):
    made = circle()
    deaf = tom_in(made, level="none")
    ask(made, "<p>@Tom Willems?</p>")
    assert told(deaf) == []


def test_while_it_waits_for_a_moderator_nobody_is_told(circle):
    made = circle(newcomer_days=7)
    tom = tom_in(made)
    held = ask(made, '<p>@Tom Willems, <a href="https://example.org/">look</a>.</p>')
    assert (held.held_for, told(tom)) == ("links", [])
    release_discussion(discussion=held, by=made.who("moderator"))
    assert told(tom) == ["member mentioned you"]


def test_an_anonymous_asker_names_somebody_as_nobody(circle):
    made = circle(allows_anonymous=True)
    tom = tom_in(made)
    asked = ask(made, "<p>@Tom Willems?</p>", anonymous=True)
    edit_discussion(discussion=asked, by=made.who("member"), title="Well?", body="<p>@Tom Willems!</p>")
    assert told(tom) == ["Somebody mentioned you"]
    assert not Notification.objects.filter(actor=made.who("member")).exists()


def test_who_was_erased_is_named_no_more(circle):
    made = circle()
    tom = tom_in(made)
    ask(made, "<p>@Tom Willems?</p>")
    erase_participation(tom)
    assert Discussion.objects.get(title="How many?").body == "<p>@a former colleague?</p>"


def test_while_asking_readers_of_the_chosen_community_are_suggested(client, circle):
    made = circle("private")
    tom = tom_in(made)
    make_user("Tom Outside")
    client.force_login(made.who("member"))

    def names(**asked):
        page = client.get(reverse("discussion_people"), asked).content.decode()
        return re.findall(r'data-name="([^"]+)"', page)

    assert names(community=made.community.pk, q="tom") == [tom.name]
    assert names(community=made.community.pk, q="zzz") == []
    assert names(q="tom") == []
    client.force_login(make_user("Somebody else"))
    assert client.get(reverse("discussion_people"), {"community": made.community.pk}).status_code == 404
