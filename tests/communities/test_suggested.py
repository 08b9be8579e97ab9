import pytest
from django.utils import timezone

from communities.models import CommunityPage
from communities.views.suggested import suggestions_for
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_guest, make_user
from kring.conversations.actions import post_comment
from kring.people.models import PersonSkill, Skill, Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, root):
    user = make_user("Reader", language="en", team=Team.add_root(name="Buying"))
    client.force_login(user)
    return User.objects.get(pk=user.pk)


def found(user):
    return [(page.title, why) for page, why in suggestions_for(user)]


def with_mates(reader, number, title, **fields):
    community = make_community(title, **fields)
    for _ in range(number):
        make_member(community, make_user(team=reader.profile.team))
    return community


def test_each_has_its_reason_and_the_best_stands_first(client, reader):
    with_mates(reader, 4, "Mates")
    with_mates(reader, 1, "One mate")
    make_community("Dyers", tags=["Dyeing"], openness="on_request")
    wish = Skill.objects.create(label_en="dyeing", label_nl="verven")
    PersonSkill.objects.create(user=reader, skill=wish, direction="wants", level=1)
    answered = make_discussion(make_community("Helped"), kind="question", author=make_user())
    post_comment(target=answered, by=reader, body="<p>May.</p>", kind="answer")
    make_community("Nothing in common")

    assert found(reader) == [
        ("Helped", "You answered 1 question here"),
        ("Dyers", "About dyeing, which you want to learn"),
        ("Mates", "4 of your team are in it"),
    ]
    page = client.get("/communities/").content.decode()
    assert "Perhaps something for you" in page
    assert "You answered 1 question here" in page
    assert "Perhaps something for you" not in client.get("/communities/?words=e").content.decode()


def test_at_most_three(reader):
    for number in range(5):
        with_mates(reader, 2 + number, f"Number {number}")
    assert [title for title, _why in found(reader)] == ["Number 4", "Number 3", "Number 2"]


def test_never_private_archived_or_ones_own(reader):
    with_mates(reader, 3, "Private", openness="private")
    with_mates(reader, 3, "Archived", archived_at=timezone.now())
    make_member(with_mates(reader, 3, "Own"), reader)
    assert found(reader) == []
    reader.is_superuser = True
    reader.save()
    assert found(reader) == []


def test_none_for_guests_and_who_belongs_to_three(reader):
    with_mates(reader, 3, "Mates")
    assert len(found(reader)) == 1
    guest = make_guest(team=reader.profile.team)
    make_member(CommunityPage.objects.get(), guest)
    assert found(guest) == []
    for _ in range(3):
        make_member(make_community(), reader)
    assert found(reader) == []


def test_archived_ones_stand_in_the_directory_when_asked_for(client, reader):
    make_community("In use")
    make_community("Old", archived_at=timezone.now())
    make_community("Old and private", openness="private", archived_at=timezone.now())

    def titles(query=""):
        return [one.title for one in client.get(f"/communities/{query}").context["communities"]]

    assert titles() == ["In use"]
    assert titles("?archived=1") == ["Old"]
    page = client.get("/communities/?archived=1").content.decode()
    assert "Archived on" in page
    assert client.get("/communities/").context["archived"] == 1
