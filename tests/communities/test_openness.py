"""The table in docs/architecture.md, cell by cell: with the predicates and with what addresses answer."""

from pathlib import Path

import pytest

from communities.models import CommunityPage, Discussion
from communities.permissions import can_moderate, can_post_in, can_read_community
from factories.circle import ROLES
from kring.conversations.models import Comment

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[2] / "docs" / "architecture.md"
OPENNESS = {"open": "open", "on request": "on_request", "private": "private"}
YES = {"yes": True, "no": False}


def table():
    text = DOCUMENT.read_text("utf-8")
    rows = (
        text.split("<!-- table:openness -->")[1].split("<!-- /table:openness -->")[0].strip().splitlines()[2:]
    )
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [
        (OPENNESS[openness], who, YES[read], YES[post], YES[mod]) for openness, who, read, post, mod in cells
    ]


def test_the_table_has_each_openness_and_role_once():
    pairs = [(openness, who) for openness, who, *_rest in table()]
    assert pairs == [(openness, who) for openness in OPENNESS.values() for who in ROLES]


@pytest.mark.parametrize(("openness", "who", "read", "post", "moderate"), table())
def test_the_predicates_say_what_the_table_says(circle, openness, who, read, post, moderate):
    made = circle(openness)
    user = made.who(who)

    assert can_read_community(user, made.community) is read
    assert can_post_in(user, made.community) is post
    assert can_moderate(user, made.community) is moderate
    # The querysets, in one query, say the same.
    assert list(CommunityPage.objects.visible_to(user)) == ([made.community] if read else [])
    assert list(CommunityPage.objects.open_to_posts_by(user)) == ([made.community] if post else [])
    assert list(Discussion.objects.visible_to(user)) == ([made.question] if read else [])


@pytest.mark.parametrize(("openness", "who", "read", "post", "moderate"), table())
def test_addresses_answer_what_the_table_says(client, circle, openness, who, read, post, moderate):
    made = circle(openness)
    user = made.who(who)
    signed_in = user.is_authenticated
    if signed_in:
        client.force_login(user)
    talk = f"/talk/discussion/{made.question.pk}/"
    unreadable = 404 if signed_in else "sign in"
    reading = 200 if read else unreadable

    def status(response):
        sent_away = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
        return "sign in" if sent_away or response.status_code == 401 else response.status_code

    for address in (
        made.community.get_absolute_url(),
        f"/communities/{made.number}/members/",
        made.question.get_absolute_url(),
    ):
        assert status(client.get(address)) == reading
    for address in ("/communities/", "/discussions/", f"/discussions/?community={made.number}"):
        response = client.get(address)
        assert status(response) == (200 if signed_in else "sign in")
        shown = made.community.title in response.content.decode()
        assert shown is read

    answered = client.post(talk, {"body": "Yes, until May.", "kind": "answer"})
    refused = 403 if read else unreadable
    assert status(answered) == (302 if post else refused)
    assert Comment.objects.count() == post
    if read and not post:
        assert "Yes, until May." in answered.content.decode()
    asked = client.post(
        "/discussions/new/",
        {"kind": "question", "community": made.number, "title": "And the letters?", "language": "en"},
    )
    assert status(asked) == (302 if post else (400 if signed_in else "sign in"))
    assert Discussion.objects.filter(title="And the letters?").exists() is post

    for address in (f"/communities/{made.number}/front-page/", f"{talk}pace/"):
        assert status(client.get(address)) == (200 if moderate else refused)
