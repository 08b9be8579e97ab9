"""Quiet hours: mail that falls in them waits, and nothing of it is lost."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from factories.people import make_user
from kring.notifications.actions import (
    choose_deliveries,
    erase_notifications,
    holdings_of,
    keep_quiet,
    mail_or_hold,
    notify,
    send_due_digests,
    send_held_mail,
)
from kring.notifications.models import Notification, QuietHours

pytestmark = pytest.mark.django_db

NIGHT = {"begins": time(22), "ends": time(7), "weekends": False}


def sleeper(zone="Europe/Amsterdam", **hours):
    user = make_user(time_zone=zone, language="en")
    keep_quiet(by=user, **(NIGHT | hours))
    return user


def tell(kind, people, at, **fields):
    rows = notify(kind=kind, recipients=people, actor=make_user("Ruth"), title="Old", url="/", **fields)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(created_at=at)
    return [row.pk for row in rows]


def to():
    return [one.to[0] for one in mail.outbox]


@pytest.mark.parametrize(
    ("hours", "local", "over"),
    [
        (NIGHT, "2026-03-03T21:59", None),
        (NIGHT, "2026-03-03T22:00", "2026-03-04T07:00"),
        (NIGHT, "2026-03-04T06:59", "2026-03-04T07:00"),
        (NIGHT, "2026-03-04T07:00", None),
        ({"begins": time(12), "ends": time(13)}, "2026-03-04T12:30", "2026-03-04T13:00"),
        ({"begins": time(12), "ends": time(13)}, "2026-03-04T11:59", None),
        ({"weekends": True}, "2026-03-07T10:00", "2026-03-09T00:00"),
        ({"weekends": True}, "2026-03-06T23:59", None),
        (NIGHT | {"weekends": True}, "2026-03-06T23:00", "2026-03-09T07:00"),
        (NIGHT | {"weekends": True}, "2026-03-08T12:00", "2026-03-09T07:00"),
        ({}, "2026-03-07T03:00", None),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_when_it_is_quiet_is_read_on_the_persons_own_clock(hours, local, over, zone):
    quiet = QuietHours(user=make_user(time_zone=zone), **hours)
    moment = datetime.fromisoformat(local).replace(tzinfo=quiet._zone())
    end = datetime.fromisoformat(over).replace(tzinfo=quiet._zone()) if over else moment
    assert (quiet.covers(moment), quiet.over_at(moment)) == (over is not None, end)


def test_of_two_zones_the_one_where_it_is_night_waits(answered):
    """At 23:30 in Amsterdam it is half past five in the afternoon in New York."""
    here, there = sleeper(), sleeper("America/New_York")
    night = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)

    assert mail_or_hold(tell(answered, [here, there], night), night) == 1
    assert to() == [there.email]
    assert send_held_mail(night + timedelta(hours=7)) == 0
    assert send_held_mail(night + timedelta(hours=8)) == 1
    assert send_held_mail(night + timedelta(hours=9)) == 0
    assert to() == [there.email, here.email]


def test_a_mail_for_the_weekend_comes_on_monday_after_the_night(answered):
    user = sleeper(weekends=True)
    saturday = datetime(2026, 3, 7, 11, tzinfo=UTC)
    assert mail_or_hold(tell(answered, [user], saturday), saturday) == 0
    assert send_held_mail(datetime(2026, 3, 8, 20, tzinfo=UTC)) == 0
    assert send_held_mail(datetime(2026, 3, 9, 5, 59, tzinfo=UTC)) == 0
    assert send_held_mail(datetime(2026, 3, 9, 6, 0, tzinfo=UTC)) == 1


def test_what_came_in_a_night_is_one_mail_that_says_so(answered):
    user = sleeper()
    night = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    for number in range(3):
        mail_or_hold(tell(answered, [user], night, group_key=f"question:{number}"), night)
    assert send_held_mail(night + timedelta(hours=9)) == 1
    (sent,) = mail.outbox
    assert sent.subject == "3 things for you at Kring"
    assert "This came while it was quiet for you." in sent.body
    assert "This came while it was quiet for you." in sent.alternatives[0].content
    assert "List-Unsubscribe" in sent.extra_headers


def test_what_was_read_meanwhile_is_not_mailed(answered):
    user = sleeper()
    night = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    mail_or_hold(tell(answered, [user], night), night)
    Notification.objects.update(read_at=night)
    assert send_held_mail(night + timedelta(hours=9)) == 0


def test_what_was_never_held_is_not_mailed_afterwards(answered):
    """Rows that were not to be mailed stay so, whatever is chosen later."""
    user = sleeper()
    night = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    choose_deliveries(by=user, deliveries={answered: "none"})
    mail_or_hold(tell(answered, [user], night), night)
    choose_deliveries(by=user, deliveries={answered: "now"})
    assert send_held_mail(night + timedelta(hours=9)) == 0


def test_who_gives_up_quiet_hours_gets_what_waited(answered):
    user = sleeper()
    night = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    mail_or_hold(tell(answered, [user], night), night)
    keep_quiet(by=user, begins=None, ends=None, weekends=False)
    assert send_held_mail(night + timedelta(minutes=10)) == 1


def test_the_digest_waits_too(answered):
    user = sleeper("UTC", ends=time(9, 30))
    choose_deliveries(by=user, deliveries={answered: "daily"})
    tell(answered, [user], datetime(2026, 3, 3, 20, tzinfo=UTC))
    assert send_due_digests(datetime(2026, 3, 4, 8, 30, tzinfo=UTC)) == 0
    assert send_due_digests(datetime(2026, 3, 4, 9, 30, tzinfo=UTC)) == 1


def test_the_settings_keep_them_and_show_them_again(client):
    user = make_user(language="en", time_zone="Europe/Lisbon")
    client.force_login(user)
    page = client.get("/settings/notifications/")
    assert "Times are those of Europe/Lisbon." in page.content.decode()
    sent = {name: field.initial for name, field in page.context["form"].fields.items()}

    kept = client.post(
        "/settings/notifications/", sent | {"begins": "21:30", "ends": "07:15", "weekends": "on"}
    )

    assert kept.status_code == 302
    assert QuietHours.objects.values_list("user", "begins", "ends", "weekends").get() == (
        user.pk, time(21, 30), time(7, 15), True
    )  # fmt: skip
    shown = client.get("/settings/notifications/").content.decode()
    assert 'value="21:30"' in shown
    assert 'value="07:15"' in shown
    client.post("/settings/notifications/", sent)
    assert QuietHours.objects.values_list("begins", "ends", "weekends").get() == (None, None, False)


@pytest.mark.parametrize(
    ("language", "given", "reason"),
    [
        ("en", {"begins": "22:00", "ends": ""}, "Until when? Give both times, or leave both empty."),
        ("en", {"begins": "", "ends": "07:00"}, "From when? Give both times, or leave both empty."),
        ("en", {"begins": "07:30", "ends": "07:00"}, "Leave at least an hour of the day"),
        ("en", {"begins": "07:00", "ends": "07:00"}, "Leave at least an hour of the day"),
        ("en", {"begins": "late", "ends": "07:00"}, "Enter a valid time."),
        ("nl", {"begins": "laat", "ends": "07:00"}, "Voer een geldige tijd in."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, language, given, reason):
    client.force_login(make_user(language=language))
    sent = dict.fromkeys(client.get("/settings/notifications/").context["form"].fields, "daily")
    response = client.post("/settings/notifications/", sent | given | {"weekends": "on"})
    page = response.content.decode()
    assert response.status_code == 400
    assert reason in page
    assert all(f'value="{value}"' in page for value in given.values() if value)
    assert '<option value="daily" selected>' in page
    assert not QuietHours.objects.exists()


def test_they_are_given_and_erased():
    user = sleeper()
    assert holdings_of(user)["quiet_hours"] == [NIGHT]
    erase_notifications(user)
    assert not QuietHours.objects.exists()
