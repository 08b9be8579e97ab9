"""What is found of people, by whom."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from factories.communities import make_community, make_member
from factories.people import make_admin, make_guest, make_user
from kring.indexing.models import IndexChange
from kring.indexing.registry import audience_of, documents_of, labels_of, searchables, stamps_of
from kring.people.actions.privacy import erase
from kring.people.actions.profiles import edit_profile
from kring.people.models import PersonSkill, Skill, Team
from support.searching import queries_for, stamps_agree, whole

pytestmark = pytest.mark.django_db

SKILL = {
    "label_en": "data migration",
    "label_nl": "gegevensmigratie",
    "alternatives": {"en": ["moving data"], "nl": ["gegevens overzetten"]},
}


def offer(person, *, direction="offers", level=4, **fields):
    skill, _made = Skill.objects.get_or_create(**{**SKILL, **fields})
    return PersonSkill.objects.create(user=person, skill=skill, direction=direction, level=level)


def test_a_person_with_team_place_and_skills():
    team = Team.add_root(name="Finance")
    femke = make_user("Femke de Vries", headline="Pays suppliers", team=team, location="Ghent")
    edit_profile(person=femke, by=femke, about="<p>I count.</p><p>And I sing.</p>")
    offer(femke)
    offer(femke, direction="wants", level=1, label_en="Arabic", label_nl="Arabisch", alternatives={})
    found = whole(femke, "person")
    assert (found.key, found.title, found.url) == (
        f"person:{femke.pk}",
        "Femke de Vries",
        f"/people/{femke.pk}/",
    )
    assert found.body.split("\n") == [
        "Pays suppliers",
        "Finance · Ghent",
        "data migration · gegevensmigratie · moving data · gegevens overzetten",
        "Arabic · Arabisch",
        "I count.",
        "And I sing.",
    ]
    assert (found.audience, found.people) == ((f"u:{femke.pk}", "staff"), (str(femke.pk),))
    assert found.facts == {
        "lines": True,
        "headline": "Pays suppliers",
        "team": "Finance",
        "location": "Ghent",
        "skills": [
            {"line": 2, "en": "data migration", "nl": "gegevensmigratie", "direction": "offers", "level": 4},
            {"line": 3, "en": "Arabic", "nl": "Arabisch", "direction": "wants", "level": 1},
        ],
    }


def test_odd_alternatives_are_passed_over():
    person = make_user("Ann")
    for alternatives in ([], {"en": "word"}, {"en": [1, None, "moving"]}):
        offer(person, label_en=f"skill {alternatives}", alternatives=alternatives)
    assert whole(person, "person").body.split("\n")[-1].endswith("· moving")


def test_who_left_or_was_erased_is_not_offered():
    left, erased = make_user("Left", is_active=False), make_user("Gone")
    erase(person=erased, by=erased)
    assert list(documents_of("person", [left.pk, erased.pk])) == []
    assert set(searchables()["person"].all_ids()) & {left.pk, erased.pk} == set()
    assert stamps_of("person").keys() & {left.pk, erased.pk} == set()


def test_audience_of_staff_guests_and_nobody():
    staff, guest = make_user(), make_guest()
    reader = make_guest()
    reader.user_permissions.add(Permission.objects.get(codename="read_everything"))
    assert audience_of(staff) == {f"u:{staff.pk}", "staff"}
    assert audience_of(guest) == {f"u:{guest.pk}"}
    assert audience_of(reader) == {f"u:{reader.pk}", "staff"}
    assert audience_of(make_user(is_active=False)) == frozenset()
    assert audience_of(AnonymousUser()) == frozenset()


def test_a_guest_meets_the_people_of_their_communities_only(root):
    guest, met, other = make_guest(), make_user(), make_user()
    ours, theirs = make_community(openness="private"), make_community()
    for community, person in ((ours, guest), (ours, met), (theirs, met), (theirs, other)):
        make_member(community, person)
    token = f"c:{ours.pk}"
    assert whole(met, "person").audience == (f"u:{met.pk}", "staff", token, f"c:{theirs.pk}")
    holds = audience_of(guest)
    assert holds == {f"u:{guest.pk}", token}
    found = {one.pk for one in (met, other, guest) if holds & set(whole(one, "person").audience)}
    assert found == {met.pk, guest.pk}
    assert searchables()["person"].visible_ids(guest, [met.pk, other.pk, guest.pk]) == found


def test_names_are_for_those_who_see_the_person(root):
    guest, stranger = make_guest(), make_user("Stranger")
    assert labels_of("people", guest, [str(stranger.pk), "x"]) == {}
    assert labels_of("people", make_admin(), [str(stranger.pk)])[str(stranger.pk)].text == "Stranger"


def test_thirty_people_cost_as_many_queries_as_one():
    people = [make_user() for _number in range(30)]
    for person in people:
        offer(person)
    assert queries_for("person", [people[0].pk]) == queries_for("person", [one.pk for one in people])


def test_versions_change_with_what_is_shown(root):
    person = make_user("Ann")
    community = make_community()
    seen = [stamps_of("person")[person.pk]]
    offer(person)
    seen.append(stamps_of("person")[person.pk])
    edit_profile(person=person, by=person, headline="New")
    seen.append(stamps_of("person")[person.pk])
    make_member(community, person)
    seen.append(stamps_of("person")[person.pk])
    assert len(set(seen)) == 4
    assert stamps_agree("person")


@pytest.mark.parametrize("change", ["name", "headline", "skill", "label", "team"])
def test_each_change_reaches_the_outbox(change):
    team = Team.add_root(name="Finance")
    person = make_user("Ann", team=team)
    row = offer(person)
    IndexChange.objects.all().delete()
    if change == "name":
        person.name = "Anna"
        person.save()
    elif change == "headline":
        edit_profile(person=person, by=person, headline="New")
    elif change == "skill":
        row.delete()
    elif change == "label":
        row.skill.label_en = "moving"
        row.skill.save()
    else:
        team.name = "Money"
        team.save()
    assert set(IndexChange.objects.values_list("kind", "object_id")) == {("person", person.pk)}


def test_signing_in_is_no_change():
    person = make_user()
    IndexChange.objects.all().delete()
    person.save(update_fields=["last_login"])
    assert not IndexChange.objects.exists()
