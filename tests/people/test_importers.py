"""People by e-mail, skills by URI."""

from functools import partial

import pytest

from factories.people import make_user
from kring.indexing.models import IndexChange
from kring.people.models import PersonSkill, Skill, Team, User
from support.importing import counted, import_records, reasons

URI = "http://data.europa.eu/esco/skill/1"
ILSE = {"id": "p1", "name": "Ilse Goossens", "email": "Ilse@example.org"}


@pytest.fixture
def load(db, tmp_path):
    return partial(import_records, tmp_path)


def test_a_person_with_everything(load):
    record = ILSE | {
        "language": "nl-BE",
        "languages": ["nl", "FR", "nl"],
        "location": "Gent",
        "time_zone": "Europe/Brussels",
        "team": "Works / Planning",
        "headline": "Planner",
        "about_markdown": "I *plan*.",
        "started_on": "2024-03-01",
        "working_hours": {"tue": ["09:00", "17:30"]},
        "skills_offered": [{"uri": URI, "label": {"en": "planning", "nl": "plannen"}, "level": 4}],
        "skills_wanted": [{"label": {"en": "welding"}}],
        "manager": "p2",
    }
    manager = {"id": "p2", "name": "Noor", "email": "noor@example.org", "role": "admin"}
    assert counted(load("people", record, manager)) == {"created": 2}
    ilse = User.objects.get(email="ilse@example.org")
    profile = ilse.profile
    assert (ilse.name, ilse.language, ilse.time_zone) == ("Ilse Goossens", "nl", "Europe/Brussels")
    assert (profile.headline, profile.location, str(profile.started_on)) == ("Planner", "Gent", "2024-03-01")
    assert (profile.languages, profile.working_hours) == (["nl", "fr"], {"tue": ["09:00", "17:30"]})
    assert profile.about == "<p>I <em>plan</em>.</p>"
    assert (profile.team.name, profile.team.get_parent().name) == ("Planning", "Works")
    assert (profile.manager.name, profile.manager.is_superuser, ilse.is_superuser) == ("Noor", True, False)
    assert list(ilse.skills.values_list("direction", "skill__label_en", "level")) == [
        ("offers", "planning", 4),
        ("wants", "welding", 3),
    ]
    assert not ilse.has_usable_password()


def test_people_of_the_site_are_found_by_e_mail_and_keep_what_they_wrote(load):
    known = make_user("Ilse", email="ilse@example.org", headline="My own words")
    assert counted(load("people", ILSE | {"headline": "Planner", "location": "Gent"})) == {"updated": 1}
    known = User.objects.get()
    assert (known.name, known.profile.headline, known.profile.location) == ("Ilse", "My own words", "Gent")


def test_skills_that_a_person_no_longer_has_go_and_levels_change(load):
    def skills(*rows):
        return [{"label": {"en": label}, "level": level} for label, level in rows]

    load("people", ILSE | {"skills_offered": skills(("planning", 2), ("welding", 3))})
    IndexChange.objects.all().delete()
    load("people", ILSE | {"skills_offered": skills(("planning", 5), ("sailing", 1))})
    rows = PersonSkill.objects.order_by("skill__label_en").values_list("skill__label_en", "level")
    assert list(rows) == [("planning", 5), ("sailing", 1)]
    assert IndexChange.objects.filter(kind="person", object_id=User.objects.get().pk).exists()


def test_teams_are_made_once_whatever_their_case(load):
    load(
        "people", ILSE | {"team": "Works/Planning"}, ILSE | {"id": "p2", "email": "b@x.org", "team": "works"}
    )
    assert sorted(Team.objects.values_list("name", "depth")) == [("Planning", 2), ("Works", 1)]


def test_people_who_cannot_be_imported(load):
    report = load(
        "people",
        ILSE | {"id": "1", "email": ""},
        ILSE | {"id": "2", "email": "ilse"},
        ILSE | {"id": "3", "time_zone": "Mars/Base"},
        ILSE | {"id": "4", "language": "fr"},
        ILSE | {"id": "5", "working_hours": {"mon": ["17:00", "09:00"]}},
        ILSE | {"id": "6", "role": "king"},
        ILSE | {"id": "7", "skills_offered": [{"label": {"en": "planning"}, "level": 6}]},
        ILSE | {"id": "8", "skills_offered": [{"level": 1}]},
        ILSE | {"id": "9", "started_on": "soon"},
        ILSE | {"id": "10", "started_on": "0999-01-01"},
        ILSE | {"id": "11", "headline": "x" * 161},
        ILSE | {"id": "12", "languages": "nl"},
        ILSE | {"id": "13", "name": {"first": "Ilse"}},
    )
    assert reasons(report) == {
        1: "email is missing",
        2: "email is no address: ilse",
        3: "time_zone is unknown: Mars/Base",
        4: "language must be one of en, nl",
        5: 'working_hours must look like {"mon": ["09:00", "17:00"]}',
        6: "role must be one of employee, moderator, admin",
        7: "level must be between 1 and 5",
        8: "label needs en or nl",
        9: "started_on must be a date such as 2026-11-23",
        10: "started_on lies outside the years 1900 to 2200",
        11: "headline is longer than 160 characters",
        12: "languages must be a list",
        13: "name must be text",
    }
    assert (User.objects.count(), Skill.objects.count()) == (0, 0)


def test_a_manager_who_is_nobody_waits(load):
    assert load("people", ILSE | {"manager": "p9"}).waiting == 1
    assert load("people", ILSE | {"id": "p9", "email": "boss@example.org"}, name="more.jsonl").waiting == 0
    assert User.objects.get(source_id="p1").profile.manager.source_id == "p9"


def test_skills_with_labels_and_wider_terms(load):
    record = {
        "id": "s1",
        "uri": URI,
        "label": {"en": "planning", "nl": "plannen"},
        "alt": {"en": ["scheduling"], "nl": []},
        "description": {"en": "Making plans.", "nl": None},
        "broader_en": ["management"],
    }
    assert counted(load("skills", record)) == {"created": 1}
    skill = Skill.objects.get()
    assert (skill.uri, skill.label_en, skill.label_nl) == (URI, "planning", "plannen")
    assert (skill.alternatives, skill.description_en) == (
        {"en": ["scheduling"]},
        "Making plans.\nmanagement",
    )


def test_a_skill_of_a_person_is_the_skill_with_its_uri(load):
    load("people", ILSE | {"skills_offered": [{"uri": URI, "label": {"en": "planning"}}]})
    report = load("skills", {"id": "s1", "uri": URI, "label": {"en": "to plan", "nl": "plannen"}})
    assert counted(report) == {"updated": 1}
    skill = Skill.objects.get()
    assert (skill.label_en, skill.label_nl) == ("planning", "plannen")
