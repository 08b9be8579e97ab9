import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from factories.people import make_user
from kring.notifications.actions import (
    choose_deliveries,
    erase_notifications,
    holdings_of,
    notify,
    read_unsubscribe_link,
    send_due_digests,
    send_notification_emails,
    unsubscribe_link,
)
from kring.notifications.models import Notification, NotificationPreference

pytestmark = pytest.mark.django_db


def tell(kind, recipients, actor=None, **fields):
    given = {"title": "Old supplier numbers", "url": "/discussions/1/", **fields}
    return notify(kind=kind, recipients=recipients, actor=actor, **given)


def send(rows):
    return send_notification_emails.func([row.pk for row in rows])


def test_each_recipient_gets_one_row_and_the_actor_and_inactive_people_none(answered):
    ruth, samuel, gone = make_user(), make_user(), make_user(is_active=False)

    rows = tell(answered, [ruth, samuel, samuel, gone], actor=ruth)

    assert [row.recipient for row in rows] == [samuel]
    assert Notification.objects.get().actor == ruth


def test_a_dedupe_key_tells_a_person_once(answered):
    first, second = make_user(), make_user()
    tell(answered, [first], dedupe_key="answer:1")

    rows = tell(answered, [first, second], dedupe_key="answer:1")

    assert [row.recipient for row in rows] == [second]
    with pytest.raises(IntegrityError):
        Notification.objects.create(recipient=first, kind=answered, title="x", url="/", dedupe_key="answer:1")


def test_a_long_title_is_cut_to_what_fits(answered):
    (row,) = tell(answered, [make_user()], title="a" * 400)
    row.refresh_from_db()
    assert row.title == "a" * 255


def test_mail_leaves_after_the_transaction_is_committed(answered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        (row,) = tell(answered, [make_user()], actor=make_user())
    mailing = [one.args for one in callbacks if getattr(one, "args", None)]
    assert mailing == [([row.pk],)]


def test_the_mail_says_who_what_and_why_in_english(answered):
    (row,) = tell(
        answered, [make_user(email="ann@example.org", language="en")], actor=make_user("Ruth Adeyemi")
    )

    assert send([row]) == 1

    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert sent.to == ["ann@example.org"]
    assert sent.subject == "Ruth Adeyemi: question: Old supplier numbers"
    assert f"Read it: http://localhost:8000/inbox/{row.pk}/" in sent.body
    assert "You get this mail because you asked this." in sent.body
    assert '<html lang="en">' in html
    assert f'href="http://localhost:8000/inbox/{row.pk}/"' in html
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<http://localhost:8000/unsubscribe/(.+)/>", sent.extra_headers["List-Unsubscribe"])
    assert read_unsubscribe_link(link[1]) == (row.recipient, [answered])


def test_the_mail_is_in_the_recipients_language(answered):
    (row,) = tell(answered, [make_user(language="nl")], actor=make_user("Ruth Adeyemi"))
    send([row])
    assert '<html lang="nl">' in mail.outbox[0].alternatives[0].content


def test_a_title_cannot_add_headers_or_markup(answered):
    rows = tell(answered, [make_user()], actor=make_user(), title="<b>Hi</b>\nBcc: x@example.org")
    send(rows)
    assert mail.outbox[0].subject.endswith("<b>Hi</b> Bcc: x@example.org")
    assert "&lt;b&gt;Hi&lt;/b&gt;" in mail.outbox[0].alternatives[0].content


def test_sending_twice_sends_once(answered):
    rows = tell(answered, [make_user()], actor=make_user())

    assert [send(rows), send(rows)] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_failure_is_raised_and_the_next_try_sends(answered, settings):
    rows = tell(answered, [make_user()], actor=make_user())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(OSError):
        send(rows)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(rows) == 1


def test_no_mail_to_whoever_left_or_lost_access_or_read_it(answered, holders):
    left, lost, read, stays = make_user(), make_user(), make_user(), make_user()
    holders.update({left.pk, lost.pk, read.pk, stays.pk})
    rows = tell(answered, [left, lost, read, stays], actor=make_user(), audience="x:1")
    left.is_active = False
    left.save()
    holders.discard(lost.pk)
    Notification.objects.filter(recipient=read).update(read_at=timezone.now())

    assert send(rows) == 1
    assert mail.outbox[0].to == [stays.email]


def test_a_kind_that_is_not_mailed_by_itself_is_mailed_when_chosen(answered):
    silent, eager = make_user(), make_user()
    choose_deliveries(by=eager, deliveries={"test.quiet": "now"})

    send(tell("test.quiet", [silent, eager]))

    assert [sent.to for sent in mail.outbox] == [[eager.email]]


def test_none_and_daily_are_not_mailed_at_once(answered):
    never, daily = make_user(), make_user()
    choose_deliveries(by=never, deliveries={answered: "none"})
    choose_deliveries(by=daily, deliveries={answered: "daily"})

    assert send(tell(answered, [never, daily], actor=make_user())) == 0


def test_the_digest_comes_once_after_eight_in_the_persons_own_morning(answered):
    user = make_user(time_zone="America/New_York", language="en")
    choose_deliveries(by=user, deliveries={answered: "daily"})
    ruth = make_user("Ruth Adeyemi")
    rows = [*tell(answered, [user], actor=ruth), *tell(answered, [user], actor=ruth, title="Second")]
    Notification.objects.update(created_at=datetime(2026, 3, 3, 20, tzinfo=UTC))

    assert send_due_digests(datetime(2026, 3, 4, 12, 30, tzinfo=UTC)) == 0
    assert send_due_digests(datetime(2026, 3, 4, 13, 30, tzinfo=UTC)) == 1
    assert send_due_digests(datetime(2026, 3, 4, 14, 30, tzinfo=UTC)) == 0

    (sent,) = mail.outbox
    assert sent.subject == "2 things for you at Kring"
    assert sent.body.count("Ruth Adeyemi: question") == len(rows)
    assert "3 March 2026 15:00 EST, because you asked this" in sent.body


def test_a_dutch_digest_has_dutch_dates(answered):
    user = make_user(time_zone="Europe/Amsterdam", language="nl")
    choose_deliveries(by=user, deliveries={answered: "daily"})
    tell(answered, [user], actor=make_user("Ruth Adeyemi"))
    Notification.objects.update(created_at=datetime(2026, 3, 3, 20, tzinfo=UTC))

    send_due_digests(datetime(2026, 3, 4, 12, tzinfo=UTC))

    html = mail.outbox[0].alternatives[0].content
    assert "3 maart 2026 21:00 CET" in mail.outbox[0].body
    assert '<html lang="nl">' in html


def test_the_digest_leaves_out_what_is_read_and_what_came_this_morning(answered):
    user = make_user(time_zone="UTC")
    choose_deliveries(by=user, deliveries={answered: "daily"})
    tell(answered, [user], actor=make_user())
    Notification.objects.update(created_at=datetime(2026, 3, 4, 8, 10, tzinfo=UTC))

    assert send_due_digests(datetime(2026, 3, 4, 9, tzinfo=UTC)) == 0

    Notification.objects.update(read_at=timezone.now())
    assert send_due_digests(datetime(2026, 3, 5, 9, tzinfo=UTC)) == 0


def test_choosing_again_replaces_the_choice():
    user = make_user()
    choose_deliveries(by=user, deliveries={"a": "now", "b": "none"})
    choose_deliveries(by=user, deliveries={"a": "daily"})
    assert NotificationPreference.objects.chosen_by([user.pk]) == {
        (user.pk, "a"): "daily",
        (user.pk, "b"): "none",
    }


def test_a_changed_link_names_nobody():
    user = make_user()
    token = unsubscribe_link(user, {"b", "a"}).rsplit("/", 2)[1]
    assert read_unsubscribe_link(token) == (user, ["a", "b"])
    assert read_unsubscribe_link(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert read_unsubscribe_link("") is None


def test_old_news_is_not_digested(answered):
    user = make_user(time_zone="UTC")
    choose_deliveries(by=user, deliveries={answered: "daily"})
    tell(answered, [user], actor=make_user())
    now = timezone.now() + timedelta(days=9)
    assert send_due_digests(now) == 0


def test_a_person_gets_their_inbox_and_choices(answered):
    user = make_user()
    tell(answered, [user], actor=make_user())
    choose_deliveries(by=user, deliveries={answered: "none"})

    held = holdings_of(user)

    assert [row["title"] for row in held["inbox"]] == ["Old supplier numbers"]
    assert held["mail"] == [{"group": answered, "delivery": "none"}]


def test_erasing_empties_the_inbox_and_leaves_no_name_in_others(answered):
    gone, other = make_user(), make_user()
    tell(answered, [gone], actor=other)
    tell(answered, [other], actor=gone)

    erase_notifications(gone)

    (left,) = Notification.objects.all()
    assert (left.recipient, left.actor) == (other, None)


def test_there_is_one_mail_about_a_thing_until_it_is_looked_at(answered):
    reader, other = make_user(), make_user()
    first = tell(answered, [reader, other], make_user(name="Ruth"), group_key="question:1")
    assert send(first) == 2
    second = tell(answered, [reader, other], make_user(name="Tom"), group_key="question:1")
    elsewhere = tell(answered, [reader], make_user(name="Tom"), group_key="question:2")
    assert send([*second, *elsewhere]) == 1
    Notification.objects.filter(recipient=other).update(read_at=timezone.now())
    assert send(tell(answered, [reader, other], make_user(name="Femke"), group_key="question:1")) == 1


def test_who_has_not_looked_is_not_told_the_same_again(answered):
    reader = make_user()
    for _ in range(3):
        tell(answered, [reader], make_user(), group_key="question:1", once_unread=True)
    assert Notification.objects.filter(recipient=reader).count() == 1
    Notification.objects.update(read_at=timezone.now())
    tell(answered, [reader], make_user(), group_key="question:1", once_unread=True)
    assert Notification.objects.filter(recipient=reader).count() == 2
