"""Nothing of what one may not read is told: not by hits, counts, filters, corrections, people or titles."""

import re

import pytest

from communities.permissions import can_read_community
from factories.circle import ROLES, make_circle
from factories.communities import make_community, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_lesson
from kring.people.models import PersonSkill, Skill
from support.indexing import index_all

pytestmark = pytest.mark.django_db

# The word that is searched for stands on the page again; the mark stands in what is found alone.
WORD, MARK = "kwartelslag", "Zilverreiger"


@pytest.fixture(autouse=True)
def _own_index(site_engine, root):
    """On each engine."""


def make_secret(openness):
    """A community of this openness with a lesson by its member, in the index."""
    circle = make_circle(openness, f"{MARK} circle")
    author = make_member(circle.community, make_user("Anna Author", language="en")).user
    lesson = make_lesson(circle.community, f"{MARK} {WORD}", author=author, outcome="failure")
    lesson.tags.add(f"{MARK} tag")
    lesson.save()
    index_all()
    return circle, lesson


def told(client, query):
    """Everything that both addresses answer."""
    return (
        client.get(f"/search/?{query}").content.decode()
        + client.get(f"/search/suggest/?{query}").content.decode()
    )


@pytest.mark.parametrize("openness", ["open", "on_request", "private"])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "signed out"])
def test_who_may_read_finds_and_nobody_else(client, openness, role):
    circle, _lesson = make_secret(openness)
    user = circle.who(role)
    client.force_login(user)
    response = client.get(f"/search/?q={WORD}")
    if can_read_community(user, circle.community):
        assert response.context["results"].total == 1
        assert MARK in told(client, f"q={WORD}")
    else:
        assert (response.context["results"].total, response.context["facets"]) == (0, [])
        assert "people" not in response.context


@pytest.mark.parametrize("name", ["staff", "guest"])
@pytest.mark.parametrize(
    "query",
    [
        f"q={WORD}",
        f"q={WORD}&page=1",
        f"q={WORD}&sort=newest",
        f"q={WORD}+something",
        "q=kwartelslog+",
        "q=kwartel",
        "q=k",
        "q=zilverrei",
        "q=",
        "kind=lesson",
        "kind=community",
        "q=the&kind=lesson",
        f'q="{WORD}"',
    ],
)
def test_the_mark_of_a_private_community_is_nowhere(client, name, query):
    circle, _lesson = make_secret("private")
    other = make_community("Elsewhere", language="en")
    make_lesson(other, "Something else")
    index_all()
    user = make_guest(language="en") if name == "guest" else make_user(language="en")
    make_member(other, user)
    client.force_login(user)
    answer = told(client, query)
    assert MARK not in answer
    assert "kwartelslag" not in answer or WORD in query
    assert f'value="{circle.number}"' not in answer


def test_an_unreadable_community_is_as_unknown_as_none(client):
    circle, _lesson = make_secret("private")
    client.force_login(make_user(language="en"))
    told = []
    for number in (circle.number, 987654):
        page = client.get(f"/search/?q=x&community={number}").content.decode()
        main = re.sub(r'(token|value)="[\w:=-]{20,}"', "", page.split("<main")[1].split("</main>")[0])
        told.append(main.replace(str(number), "N"))
    assert told[0] == told[1]
    assert "A filter in this address" in told[0]


@pytest.mark.parametrize("change", ["unpublished", "deleted", "left", "closed account"])
def test_what_changed_a_moment_ago_is_neither_shown_nor_counted(client, change):
    circle, lesson = make_secret("private")
    member = make_member(circle.community, make_user("Reader", language="en")).user
    client.force_login(member)
    assert client.get(f"/search/?q={WORD}").context["results"].total == 1
    if change == "unpublished":
        lesson.unpublish()
    elif change == "deleted":
        lesson.delete()
    elif change == "left":
        member.memberships.all().delete()
    else:
        member.is_active = False
        member.save()
    response = client.get(f"/search/?q={WORD}")
    if change == "closed account":
        assert response.status_code == 302
    else:
        assert (response.context["results"].total, response.context["facets"]) == (0, [])
        assert MARK not in told(client, f"q={WORD}")


def test_a_guest_finds_the_people_of_their_communities_alone(client, root):
    community = make_community("Buying", openness="private")
    inside, outside = make_member(community, make_user("Anouk Inside")).user, make_user("Koen Outside")
    skill = Skill.objects.create(label_en="weaving", label_nl="weven")
    for person in (inside, outside):
        PersonSkill.objects.create(user=person, skill=skill, direction="offers", level=3)
    index_all()
    guest = make_member(community, make_guest(language="en")).user
    client.force_login(guest)
    answer = told(client, "q=weaving")
    assert ("Anouk Inside" in answer, "Koen Outside" in answer) == (True, False)
    assert client.get("/search/?q=weaving").context["results"].total == 1


def test_an_author_whom_a_guest_does_not_meet_has_a_name_and_no_link(client, root):
    community = make_community("Buying", openness="private")
    gone = make_user("Ruth Gone")
    make_lesson(community, "Weaving in one night", author=gone)
    index_all()
    guest = make_member(community, make_guest(language="en")).user
    client.force_login(guest)
    answer = told(client, "q=weaving")
    assert ("Ruth Gone" in answer, gone.get_absolute_url() in answer) == (True, False)


def test_both_want_somebody_who_signed_in(client, db):
    for address in ("/search/?q=x", "/search/suggest/?q=x"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")
        assert client.post(address).status_code == 401


def test_what_is_suggested_is_kept_nowhere(client, root):
    make_secret("open")
    client.force_login(make_user())
    response = client.get(f"/search/suggest/?q={WORD}")
    assert response["Cache-Control"] == "private, no-store"
    assert client.post("/search/suggest/").status_code == 405
