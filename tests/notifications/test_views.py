from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factories.people import make_user
from kring.notifications.actions import notify, unsubscribe_link
from kring.notifications.models import Notification, NotificationPreference

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = make_user("Nadia Visser", language="en")
    client.force_login(user)
    return user


def tell(reader, actor=None, *, kind="test.answered", minutes=0, **fields):
    given = {"title": "Old supplier numbers", "url": "/inbox/", **fields}
    (row,) = notify(kind=kind, recipients=[reader], actor=actor or make_user("Ruth Adeyemi"), **given)
    Notification.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))
    return row


def shown(response):
    return [[row.pk for row in rows] for rows in response.context["groups"]]


def test_rows_about_one_thing_stand_together_the_newest_thing_first(client, reader, answered):
    old = tell(reader, minutes=60, group_key="d:1")
    other = tell(reader, minutes=30, group_key="d:2")
    new = tell(reader, minutes=1, group_key="d:1")
    alone = tell(reader, minutes=90)

    response = client.get("/inbox/")

    assert shown(response) == [[new.pk, old.pk], [other.pk], [alone.pk]]
    assert b"Ruth Adeyemi: question" in response.content
    assert b"Because you asked this" in response.content


def test_a_busy_thing_shows_its_newest_rows_and_says_how_many_are_earlier(client, reader, answered):
    rows = [tell(reader, minutes=minutes, group_key="d:1") for minutes in range(6)]
    response = client.get("/inbox/")
    assert shown(response) == [[row.pk for row in rows[:4]]]
    assert b"and 2 earlier" in response.content


def test_the_unread_filter_leaves_out_read_rows(client, reader, answered):
    read, unread = tell(reader, minutes=5), tell(reader)
    client.get(read.open_url)
    assert shown(client.get("/inbox/?show=unread")) == [[unread.pk]]


def test_opening_marks_it_and_what_came_earlier_about_it_as_read(client, reader, answered):
    earlier = tell(reader, minutes=9, group_key="d:1")
    opened = tell(reader, minutes=5, group_key="d:1", url="/inbox/?show=unread")
    later = tell(reader, group_key="d:1")
    elsewhere = tell(reader, minutes=9, group_key="d:2")

    response = client.get(reverse("notification", args=[opened.pk]))

    assert response.headers["Location"] == "/inbox/?show=unread"
    unread = set(Notification.objects.unread().values_list("pk", flat=True))
    assert unread == {later.pk, elsewhere.pk}
    assert earlier.pk not in unread


def test_opening_never_leads_off_the_site(client, reader, answered):
    row = tell(reader, url="https://evil.example/")
    assert client.get(row.open_url).headers["Location"] == "/inbox/"


def test_one_cannot_open_somebody_elses_or_what_one_lost(client, reader, answered, holders):
    theirs = tell(make_user())
    lost = tell(reader, audience="x:1")

    assert client.get(theirs.open_url).status_code == 404
    assert client.get(lost.open_url).status_code == 404
    assert Notification.objects.unread().count() == 2


def test_what_one_lost_is_neither_shown_nor_counted(client, reader, answered, holders):
    tell(reader, audience="x:1")
    response = client.get("/inbox/")
    assert response.context["unread"] == 0
    assert b"You have read everything" not in response.content
    assert b"Nothing has come in yet" in response.content

    holders.add(reader.pk)
    assert client.get("/inbox/").context["unread"] == 1


def test_mark_all_as_read_is_only_about_ones_own_and_wants_a_post(client, reader, answered):
    tell(reader)
    theirs = tell(make_user())
    assert client.get("/inbox/read/").status_code == 405

    client.post("/inbox/read/")

    assert list(Notification.objects.unread()) == [theirs]


@pytest.mark.parametrize("address", ["/inbox/", "/inbox/?show=unread"])
def test_the_inbox_costs_the_same_with_one_and_with_thirty(
    client, reader, answered, address, django_assert_num_queries
):
    tell(reader)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(30):
        tell(reader, actor=make_user(), group_key=f"d:{number}")
    with django_assert_num_queries(len(one)):
        response = client.get(address)
    assert response.context["page"].paginator.num_pages == 2


def test_the_choice_of_mail_is_kept_and_shown(client, reader, answered):
    response = client.post("/settings/notifications/", {answered: "daily", "test.quiet": "none"})
    assert response.status_code == 302
    assert NotificationPreference.objects.chosen_by([reader.pk])[reader.pk, answered] == "daily"
    assert b'<option value="daily" selected>' in client.get("/settings/notifications/").content


def test_a_choice_that_does_not_exist_is_refused(client, reader, answered):
    response = client.post("/settings/notifications/", {answered: "hourly", "test.quiet": "none"})
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {answered}
    assert not NotificationPreference.objects.exists()


def test_the_link_in_a_mail_asks_first_and_stops_on_post_without_signing_in(client, answered):
    user = make_user()
    path = unsubscribe_link(user, [answered]).removeprefix("http://localhost:8000")

    assert client.get(path).status_code == 200
    assert not NotificationPreference.objects.exists()

    response = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert NotificationPreference.objects.chosen_by([user.pk]) == {(user.pk, answered): "none"}


def test_one_click_needs_no_csrf_token(answered):
    user = make_user()
    path = unsubscribe_link(user, [answered, "test.quiet"]).removeprefix("http://localhost:8000")
    assert Client(enforce_csrf_checks=True).post(path).status_code == 200
    assert set(NotificationPreference.objects.chosen_by([user.pk]).values()) == {"none"}
    assert NotificationPreference.objects.count() == 2


def test_a_forged_link_is_not_found(client):
    assert client.get("/unsubscribe/abc:def:ghi/").status_code == 404
    assert client.post("/unsubscribe/abc:def:ghi/").status_code == 404
    assert not NotificationPreference.objects.exists()


def test_the_inbox_wants_a_signed_in_person(client):
    assert client.get("/inbox/").status_code == 302
