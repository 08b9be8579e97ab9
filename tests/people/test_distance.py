import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from factories.communities import make_member
from factories.people import make_guest, make_user
from kring.activity.models import Activity
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification
from kring.people.actions.distance import end_distance, keep_distance
from kring.people.actions.privacy import export_data
from kring.people.models import Distance
from kring.people.permissions import distances_of, keeps_away
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def test_of_whom_one_mutes_one_hears_nothing(circle):
    made = circle()
    asker, tom, ann = made.who("asker"), made.who("member"), make_member(made.community).user
    keep_distance(by=asker, other=tom, kind="mute")
    post_comment(target=made.question, by=tom, body="<p>Well.</p>", kind="answer")
    tell_all()
    assert not Notification.objects.filter(recipient=asker).exists()
    post_comment(target=made.question, by=ann, body="<p>Yes.</p>", kind="answer")
    tell_all()
    assert [row.actor for row in Notification.objects.filter(recipient=asker)] == [ann]
    end_distance(by=asker, other=tom)
    post_comment(target=made.question, by=tom, body="<p>And no.</p>", kind="answer")
    tell_all()
    assert Notification.objects.filter(recipient=asker, actor=tom).count() == 1


def test_their_comments_are_folded_for_who_muted_them_alone(circle, client):
    made = circle()
    asker, tom = made.who("asker"), make_member(made.community, make_user("Tom Willems")).user
    keep_distance(by=asker, other=tom, kind="mute")
    post_comment(target=made.question, by=tom, body="<p>Well.</p>", kind="answer")
    folded = {}
    for who in ("asker", "moderator"):
        client.force_login(made.who(who))
        page = client.get(made.question.get_absolute_url()).content.decode()
        folded[who] = ("You muted Tom. Show it" in page, f'data-muted="{tom.pk}"' in page)
    assert folded == {"asker": (True, True), "moderator": (False, False)}


def test_a_mute_is_no_block_and_works_one_way():
    ann, tom = make_user("Ann"), make_user("Tom")
    keep_distance(by=ann, other=tom, kind="mute")
    assert (keeps_away(ann, tom), keeps_away(tom, ann)) == (False, False)
    keep_distance(by=ann, other=tom, kind="block")
    assert (keeps_away(ann, tom), keeps_away(tom, ann)) == (True, False)
    assert distances_of(ann) == {tom.pk: "block"}
    assert not Activity.objects.exists()
    assert not Notification.objects.exists()


def test_nobody_keeps_away_from_oneself_or_from_whom_one_does_not_see():
    ann, guest = make_user("Ann"), make_guest()
    with pytest.raises(PermissionDenied):
        keep_distance(by=ann, other=ann, kind="mute")
    with pytest.raises(PermissionDenied):
        keep_distance(by=guest, other=ann, kind="mute")
    with pytest.raises(ValueError):
        keep_distance(by=ann, other=guest, kind="hate")


def test_muting_from_a_persons_page_and_ending_it_in_the_settings(client: Client):
    ann, tom = make_user("Ann", language="en"), make_user("Tom Willems", language="en")
    client.force_login(ann)
    page = client.post(f"/people/{tom.pk}/distance/", {"kind": "mute"}, follow=True).content.decode()
    assert "You see less of Tom Willems now. Nobody is told." in page
    assert "You muted Tom. Nobody knows." in page
    assert "Tom Willems" in client.get("/settings/distance/").content.decode()
    page = client.post(f"/people/{tom.pk}/distance/", {"kind": ""}, follow=True).content.decode()
    assert "You keep nobody at a distance." in page
    assert client.post(f"/people/{tom.pk}/distance/", {"kind": "other"}).status_code == 404
    assert client.post(f"/people/{tom.pk}/distance/", {"kind": ""}).status_code == 404


def test_who_is_muted_learns_nothing_of_it(client: Client):
    ann, tom = make_user("Ann Peeters"), make_user("Tom", language="en")
    keep_distance(by=ann, other=tom, kind="block")
    client.force_login(tom)
    assert "blocked" not in client.get(f"/people/{ann.pk}/").content.decode().split("Keep your distance")[1]
    data = export_data(tom)
    assert "Ann" not in str(data["people"]["distances"])
    assert [row["other__name"] for row in export_data(ann)["people"]["distances"]] == ["Tom"]


def test_erasing_somebody_takes_their_distances_both_ways():
    from kring.people.actions.privacy import erase

    ann, tom, kim = make_user("Ann"), make_user("Tom"), make_user("Kim")
    keep_distance(by=ann, other=tom, kind="mute")
    keep_distance(by=tom, other=kim, kind="mute")
    erase(person=tom, by=tom)
    assert not Distance.objects.exists()
