"""Every mail says why it came and has a link that stops it."""

import pytest
from django.core import mail
from django.test import Client

from factories.people import make_user
from kring.notifications import kinds
from kring.notifications.actions import choose_deliveries, notify, send_notification_emails

pytestmark = pytest.mark.django_db

# These come for several reasons; whoever writes them gives one with each.
SEVERAL = {
    "comment.mention": "mentioned",
    "comment.other": "joined_in",
    "comment.own": "author",
    "comment.reply": "author",
    "comment.thanks": "author",
    "community.request": "lead",
    "discussion.accepted": "author",
    "discussion.announcement": "belongs",
    "discussion.discussion": "member",
    "discussion.question": "lead",
    "discussion.room": "belongs",
    "wiki.edited": "author",
    "wiki.grown": "joined_in",
    "wiki.named": "named",
    "wiki.published": "member",
}


def test_every_kind_says_why_it_is_mailed_and_one_click_stops_it():
    for name, kind in kinds._kinds.items():
        mail.outbox.clear()
        user = make_user(language="en")
        choose_deliveries(by=user, deliveries={kind.group: "now"})
        data = {"reason": SEVERAL[name]} if name in SEVERAL else {}
        rows = notify(kind=name, recipients=[user], actor=make_user(), title="Old", url="/", data=data)
        assert send_notification_emails.func([row.pk for row in rows]) == 1, name
        (sent,) = mail.outbox
        assert "You get this mail because " in sent.body, name
        link = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
        assert Client(enforce_csrf_checks=True).post(link).status_code == 200, name
        mail.outbox.clear()
        again = notify(kind=name, recipients=[user], actor=make_user(), title="Old", url="/", data=data)
        assert send_notification_emails.func([row.pk for row in again]) == 0, name
