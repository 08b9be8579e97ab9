"""The home page, and a newcomer's first week on it."""

import pytest
from django.utils.html import escape

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_lesson
from kring.home.models import HiddenPanel
from kring.home.querysets import first_steps
from kring.people.actions.privacy import erase, export_data
from kring.people.models import PersonSkill, Skill

pytestmark = pytest.mark.django_db


def page(client, user) -> str:
    client.force_login(user)
    response = client.get("/", headers={"host": "localhost"})
    assert response.status_code == 200
    return response.content.decode()


def done(user) -> dict[str, bool]:
    return {step.key: step.done for step in first_steps(user)}


def test_who_is_signed_out_is_asked_to_sign_in(client):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_an_empty_site_says_what_comes_here(client, reader):
    shown = page(client, reader)
    assert "Femke" in shown
    assert "Nothing at the moment." in shown
    assert "Nothing new yet" in shown
    assert "It has been quiet these seven days." in shown


def test_what_is_worth_reading_stands_there_with_its_reason(client, reader, mine):
    lesson = make_lesson(mine, "Twice <paid>", author=make_user())
    lesson.save_revision().publish()
    shown = page(client, reader)
    assert escape("Twice <paid>") in shown
    assert "<paid>" not in shown
    assert "because you are in Suppliers" in shown


def test_the_first_steps_are_ticked_off_as_they_are_done(reader):
    assert done(reader) == {
        "language": True, "profile": False, "skills": False, "communities": False, "speak": False,
    }  # fmt: skip
    reader.profile.headline = "Buys"
    reader.profile.save()
    for number in range(3):
        skill = Skill.objects.create(label_en=f"Skill {number}")
        PersonSkill.objects.create(user=reader, skill=skill, direction="offers", level=3)
    for _ in range(2):
        make_member(make_community(), reader)
    make_discussion(author=reader)
    assert set(done(reader).values()) == {True}


def test_skills_that_one_wants_are_none_that_others_can_ask_about(reader):
    for number in range(3):
        skill = Skill.objects.create(label_en=f"Skill {number}")
        PersonSkill.objects.create(user=reader, skill=skill, direction="wants", level=1)
    assert done(reader)["skills"] is False


def test_each_step_leads_where_it_is_done(client, reader):
    client.force_login(reader)
    urls = [step.url for step in first_steps(reader)]
    assert [client.get(url, headers={"host": "localhost"}).status_code for url in urls] == [200] * 5


def test_the_list_goes_when_everything_is_done(client, reader, mine):
    assert "Your first week" in page(client, reader)
    for user in (reader,):
        make_member(make_community(), user)
        user.profile.headline = "Buys"
        user.profile.save()
        make_discussion(mine, author=user)
        for number in range(3):
            skill = Skill.objects.create(label_en=f"Skill {number}")
            PersonSkill.objects.create(user=user, skill=skill, direction="offers", level=3)
    assert "Your first week" not in page(client, reader)


def test_the_list_can_be_put_away_for_good_and_twice(client, reader):
    client.force_login(reader)
    for _ in range(2):
        assert client.post("/first-week/hide/")["Location"] == "/"
    assert HiddenPanel.objects.filter(user=reader, panel="first-week").count() == 1
    assert "Your first week" not in page(client, reader)
    assert "Your first week" in page(client, make_user(language="en"))


def test_it_is_put_away_by_its_button_alone(client, reader):
    client.force_login(reader)
    assert client.get("/first-week/hide/").status_code == 405
    assert HiddenPanel.objects.count() == 0


def test_what_was_put_away_is_given_and_erased_with_the_rest(client, reader):
    client.force_login(reader)
    client.post("/first-week/hide/")
    hidden = HiddenPanel.objects.get()
    assert export_data(reader)["home"] == {"hidden": [{"panel": "first-week", "hidden_at": hidden.hidden_at}]}
    erase(person=reader, by=reader)
    assert HiddenPanel.objects.count() == 0


def test_a_guest_meets_no_newcomers_and_no_communities_to_join(client, root):
    make_community("Open to staff")
    guest = make_guest(language="en")
    shown = page(client, guest)
    assert "New colleagues" not in shown
    assert "Open to staff" not in shown
    assert "Join two communities" not in shown
    assert "1 of 4" in shown
    assert "the communities that invited you" in shown
    assert "Open to staff" not in (listed := client.get("/communities/").content.decode())
    assert "You are not in a community yet" in listed
    assert set(done(guest)) == {"language", "profile", "skills", "speak"}
