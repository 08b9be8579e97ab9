from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.people import make_user
from kring.people import actions
from kring.people.querysets import plain

pytestmark = pytest.mark.django_db


def names(client, query=""):
    return [one.name for one in client.get(f"/people/?{query}").context["page"]]


@pytest.fixture
def reader(client):
    user = make_user("Reader")
    client.force_login(user)
    return user


def test_names_are_found_without_accents_by_the_beginning_of_words(client, reader):
    make_user("Zoë van Ørsted")
    make_user("Łukasz Nowak")
    assert names(client, "q=zoe") == ["Zoë van Ørsted"]
    assert names(client, "q=ORSTED+zo") == ["Zoë van Ørsted"]
    assert names(client, "q=lukasz") == ["Łukasz Nowak"]
    assert names(client, "q=rsted") == []
    assert plain("  Ümit  Straße ") == "umit strasse"


def test_a_changed_name_is_found_by_the_new_one(client, reader):
    user = make_user("Old Name")
    actions.edit_profile(person=user, by=user, name="Née Name")
    assert names(client, "q=nee") == ["Née Name"]
    assert names(client, "q=old") == []


def test_filters_narrow_alone_and_together(client, reader):
    above = actions.find_or_create_team(["Uitvoering"])
    below = actions.find_or_create_team(["Uitvoering", "Toetsing"])
    actions.find_or_create_team(["IT"])
    a = make_user("A", team=below, location="Utrecht", languages=["nl", "en"])
    make_user("B", team=above, location="Gent", languages=["fr"])
    make_user("C")
    actions.add_skill(person=a, by=a, label="Python", direction="offers", level=3)
    actions.add_skill(person=reader, by=reader, label="Python", direction="wants", level=1)
    assert names(client, f"team={above.pk}") == ["A", "B"]
    assert names(client, f"team={below.pk}") == ["A"]
    assert names(client, "location=Gent") == ["B"]
    assert names(client, "language=nl") == ["A"]
    assert names(client, "skill=pyth") == ["A", "Reader"]
    assert names(client, "skill=python&direction=wants") == ["Reader"]
    assert names(client, f"team={above.pk}&location=Gent&language=nl") == []
    assert names(client, "team=999&location=Mars") == ["A", "B", "C", "Reader"]


def test_newcomers_started_lately(client, reader):
    reader.profile.started_on = timezone.localdate() - timedelta(days=400)
    reader.profile.save()
    new, old = make_user("New"), make_user("Old")
    actions.edit_profile(person=old, by=old, started_on=timezone.localdate() - timedelta(days=91))
    actions.edit_profile(person=new, by=new, started_on=timezone.localdate() - timedelta(days=89))
    make_user("Just made")
    assert names(client, "new=on") == ["Just made", "New"]


def test_who_left_is_not_listed(client, reader):
    make_user("Gone", is_active=False)
    assert names(client) == ["Reader"]


def test_pages_keep_the_filters_and_say_the_number(client, reader):
    for number in range(30):
        make_user(f"Colleague {number:02}", location="Utrecht")
    page = client.get("/people/?location=Utrecht&page=2")
    assert [one.name for one in page.context["page"]] == [f"Colleague {number}" for number in range(24, 30)]
    assert page.context["total"] == 30
    assert 'href="?location=Utrecht&amp;page=1"' in page.content.decode()


def test_nobody_found_offers_everybody(client, reader):
    page = client.get("/people/?q=nobody").content.decode()
    assert "Nobody fits all of this" in page


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_directory_costs_the_same_with_1_and_with_30(client, reader):
    team = actions.find_or_create_team(["IT"])
    one = queries(client, "/people/")
    for number in range(30):
        make_user(f"Colleague {number}", team=team, location=f"Place {number}", languages=["nl"])
    assert queries(client, "/people/") == one


def test_a_persons_page_costs_the_same_with_1_and_with_20_reports_and_skills(client, reader):
    boss = make_user("Boss")

    def add(number):
        one = make_user(f"Report {number}")
        actions.edit_profile(person=one, by=one, manager=boss)
        actions.add_skill(person=boss, by=boss, label=f"Skill {number}", direction="offers", level=3)

    add(0)
    before = queries(client, f"/people/{boss.pk}/")
    for number in range(1, 20):
        add(number)
    assert queries(client, f"/people/{boss.pk}/") == before


def test_teams_count_everybody_below(client, reader):
    below = actions.find_or_create_team(["Uitvoering", "Toetsing"])
    make_user(team=below)
    make_user(team=actions.find_or_create_team(["Uitvoering"]))
    make_user(team=below, is_active=False)
    teams = client.get("/people/teams/").context["teams"]
    assert [(team.name, team.people) for team in teams] == [("Uitvoering", 2), ("Toetsing", 1)]


def test_suggestions_complete_names_and_skills(client, reader):
    make_user("Zoë Jansen", email="zoe@example.org")
    actions.add_skill(person=reader, by=reader, label="Python", direction="offers", level=3)
    assert client.get("/people/colleagues/?manager=zo").content.decode().strip() == (
        '<option value="zoe@example.org" label="Zoë Jansen">'
    )
    assert client.get("/people/skills/?label=yth").content.decode().strip() == '<option value="Python">'
    assert client.get("/people/skills/").content.decode().strip() == ""
