"""What the page of letters says of who knows whom."""

import pytest

from communities.actions import start_discussion
from kring.conversations.actions import agree_opening, ask_opening
from kring.conversations.models import Seal

pytestmark = pytest.mark.django_db

UNKNOWN = "You write without knowing to whom."
NOT_LEARNT = "You do not learn who it is."


def page(client, user, seal):
    client.force_login(user)
    return client.get(f"/letters/{seal.pk}/").content.decode().replace("&#x27;", "'")


def test_once_it_is_open_the_page_says_who_knows_the_name(circle, client):
    made = circle(allows_anonymous=True)
    lead, admin, author = made.who("lead"), made.who("administrator"), made.who("member")
    start_discussion(by=author, community=made.community, kind="question", title="How?", anonymous=True)
    seal = Seal.objects.get()
    for who in (lead, admin, made.who("moderator")):
        closed = page(client, who, seal)
        assert (UNKNOWN in closed, NOT_LEARNT in closed) == (True, True)
    assert "without knowing who you are" in page(client, author, seal)
    agree_opening(opening=ask_opening(seal=seal, by=lead, reason="A threat."), by=admin)
    for who in (lead, admin):
        opened = page(client, who, seal)
        assert "The two of you who opened it know whom you write to." in opened
        assert (UNKNOWN in opened, NOT_LEARNT in opened) == (False, False)
    other = page(client, made.who("moderator"), seal)
    assert (UNKNOWN in other, NOT_LEARNT in other) == (True, True)
    assert "Two people who look after Suppliers know who you are." in page(client, author, seal)
