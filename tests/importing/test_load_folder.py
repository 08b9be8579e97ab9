"""`kring load`: a folder of files, each after what it needs."""

import json

import pytest

from communities.models import CommunityPage, Discussion, Membership
from kring.importing.models import ImportedRecord
from kring.people.models import Skill, User
from support.importing import write_lines
from wiki.models import ArticlePage, LessonPage

HANDBOOK = {"repo": "acme/handbook", "licence": "CC0-1.0"}
SKILL = {"id": "s1", "type": "skill", "label": {"en": "listening"}}
PERSON = {"id": "p1", "type": "person", "name": "Ilse", "email": "ilse@example.org"}
COMMUNITY = {"id": "c1", "type": "community", "lang": "nl", "title": "Onderhoud", "leads": ["p1"]}
LESSON = {
    "id": "l1",
    "type": "lesson",
    "lang": "en",
    "title": "Call first",
    "learned": "Call.",
    "source_url": "https://lessons.example.org/lesson/1",
    "source": HANDBOOK,
}
PAGE = {
    "id": "w1",
    "type": "wiki_page",
    "lang": "nl",
    "title": "Sleutels",
    "body": "Hier.",
    "source": HANDBOOK,
}
THREAD = {"id": "t1", "type": "thread", "title": "Who?", "body": "Who knows?", "community": "c1"}


@pytest.fixture
def folder(tmp_path):
    """One file of each kind, named so that the alphabet is the wrong order."""
    files = {
        "communities_nl": COMMUNITY,
        "esco_skills_en_nl": SKILL,
        "lessons_en": LESSON,
        "people_en_nl": PERSON,
        "questions": THREAD,
        "wiki_nl": PAGE,
    }
    for name, record in files.items():
        write_lines(tmp_path / f"{name}.jsonl", record)
    (tmp_path / "README.md").write_text("Not content.")
    return tmp_path


def test_each_kind_comes_after_what_it_needs(command, folder):
    code, out, err = command("load_folder", str(folder))
    assert (code, err) == (0, "")
    rows = [line.split() for line in out.splitlines()]
    assert rows[0] == "files created updated unchanged kept as they are on the site rejected seconds".split()
    assert [row[:7] for row in rows[1:]] == [
        [kind, "1", "1", "0", "0", "0", "0"]
        for kind in ("skills", "people", "communities", "lessons", "pages", "threads")
    ]
    assert Skill.objects.get().label_en == "listening"
    lead = Membership.objects.get()
    assert (lead.user, lead.community.title, lead.role) == (User.objects.get(), "Onderhoud", "lead")
    assert Discussion.objects.get().community == lead.community


def test_a_community_for_each_source_holds_what_names_none(command, folder):
    command("load_folder", str(folder))
    assert LessonPage.objects.get().community.title == "lessons.example.org"
    home = ArticlePage.objects.get().community
    assert (home.title, home.language) == ("Acme handbook", "nl")


def test_titles_of_these_communities_can_be_given_and_changed(command, folder):
    command("load_folder", str(folder), "--title", "acme/handbook=The handbook")
    home = CommunityPage.objects.get(title="The handbook")
    home.title = "Our handbook"
    home.save()
    write_lines(folder / "wiki_more.jsonl", PAGE | {"id": "w2"})
    command("load_folder", str(folder))
    assert list(ArticlePage.objects.values_list("community", flat=True)) == [home.pk, home.pk]
    assert CommunityPage.objects.count() == 3


def test_one_community_for_all(command, folder):
    command("load_folder", str(folder), "--create-community", "Library")
    assert LessonPage.objects.get().community.title == "Library"
    assert ArticlePage.objects.get().community.title == "Library"


def test_again_changes_nothing(command, folder):
    command("load_folder", str(folder))
    before = list(ImportedRecord.objects.values())
    code, out, _err = command("load_folder", str(folder), "--json")
    assert code == 0
    nothing = {"created": 0, "updated": 0, "unchanged": 1, "kept": 0, "rejected": 0}
    kinds = ["skills", "people", "communities", "lessons", "pages", "threads"]
    assert json.loads(out) == {"kinds": dict.fromkeys(kinds, nothing), "waiting": 0, "dry_run": False}
    assert list(ImportedRecord.objects.values()) == before


def test_a_dry_run_of_kinds_that_need_one_another_changes_nothing(command, folder):
    code, out, err = command("load_folder", str(folder), "--dry-run")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "Nothing was changed: this is what would happen."
    assert [line.split()[2] for line in out.splitlines()[1:7]] == ["1"] * 6
    assert (CommunityPage.objects.count(), User.objects.count(), ImportedRecord.objects.count()) == (0, 0, 0)


def test_files_are_recognised_by_their_records_too(command, tmp_path):
    write_lines(tmp_path / "export.jsonl", b"no json", LESSON)
    code, _out, err = command("load_folder", str(tmp_path))
    assert (code, LessonPage.objects.count()) == (1, 1)
    assert err == f"{tmp_path / 'export.jsonl'}:1: not valid JSON: Expecting value at character 1\n"


def test_files_that_cannot_be_loaded_yet_are_named(command, folder):
    sessions = write_lines(folder / "sessions_en.jsonl", {"id": "e1", "type": "session"})
    strange = write_lines(folder / "strange.jsonl", {"id": "x"})
    code, _out, err = command("load_folder", str(folder))
    assert code == 0
    assert err.splitlines() == [
        f"{sessions}: records of type “session” are not supported yet",
        f"{strange}: it is not clear what this file holds; begin its name with a kind",
    ]


def test_rejected_records_end_it_with_one(command, folder):
    path = write_lines(folder / "lessons_more.jsonl", LESSON | {"id": "l2", "tags": "pump"})
    code, out, err = command("load_folder", str(folder), "--quiet")
    assert (code, out, err) == (1, "", f"{path}:1: tags must be a list\n")


@pytest.mark.parametrize("name", ["absent", "README.md", "empty"])
def test_what_is_no_folder_of_content(command, folder, name):
    (folder / "empty").mkdir()
    place = folder / name
    code, out, err = command("load_folder", str(place))
    assert (code, out) == (2, "")
    assert err.startswith(
        {
            "absent": f"{place}: there is no such folder",
            "README.md": f"{place} is no folder",
            "empty": f"{place} holds no files to load; their names begin like skills_….jsonl, people_….jsonl",
        }[name]
    )


def test_a_community_that_is_not_there(command, folder):
    code, _out, err = command("load_folder", str(folder), "--community", "Nowhere")
    assert (code, err) == (2, "there is no community “Nowhere”\n")


@pytest.mark.parametrize(
    "source, title",
    [
        ("acme/handbook", "Acme handbook"),
        ("acme/acme-wiki", "Acme wiki"),
        ("lessons.example.org", "lessons.example.org"),
        ("incidents", "Incidents"),
    ],
)
def test_titles_of_sources(source, title):
    from kring.importing.actions.sources import source_title

    assert source_title(source) == title


@pytest.mark.parametrize(
    "record, source",
    [
        ({"source_url": "https://www.example.org/a/1", "source": HANDBOOK}, "example.org"),
        (
            {"source_url": "https://github.com/acme/handbook/blob/main/a.md", "source": HANDBOOK},
            "acme/handbook",
        ),
        ({"source_url": "https://acme.github.io/handbook/a", "source": [HANDBOOK]}, "acme/handbook"),
        ({"source_url": "https://github.com/acme"}, "github.com"),
        ({"source_url": "http://[broken", "source": "acme"}, "incidents"),
        ({}, "incidents"),
    ],
)
def test_sources_of_records(record, source):
    from kring.importing.actions.sources import source_of

    assert source_of(record, "lessons_incidents_en.jsonl") == source
