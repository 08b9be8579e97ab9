"""`kring import`: what it prints, and the code it ends with."""

import json

import pytest
from django.utils import translation

from communities.models import CommunityPage
from factories.communities import make_community
from kring.importing.models import ImportedRecord
from kring.people.models import Skill
from support.importing import write_lines
from wiki.models import LessonPage

GOOD = {"id": "s1", "label": {"en": "listening", "nl": "luisteren"}}
LESSON = {"id": "l1", "lang": "en", "title": "Call before you drive", "happened": "Nobody was there."}


def test_records_are_imported_and_counted(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", GOOD)
    expected = "1 created, 0 updated, 0 unchanged, 0 kept as they are on the site, 0 rejected\n"
    assert command("import_content", "skills", str(path)) == (0, expected, "")
    assert Skill.objects.get().label_nl == "luisteren"


def test_each_rejected_record_is_a_line_and_the_rest_is_imported(command, tmp_path):
    path = write_lines(
        tmp_path / "skills.jsonl",
        {"id": "a", "label": "listening"},
        GOOD,
        b"\xff",
        GOOD,
        {"id": "b", "label": {"en": "waiting"}, "uri": "no address"},
        {"label": {"en": "waiting"}},
        {"id": "c", "label": {"en": "x" * 201}},
        {"id": "d", "label": {}},
    )
    code, out, err = command("import_content", "skills", str(path))
    assert (code, out) == (
        1,
        "1 created, 0 updated, 0 unchanged, 0 kept as they are on the site, 7 rejected\n",
    )
    assert err.splitlines() == [
        f"{path}:1: label must be an object",
        f"{path}:3: byte 1 is not valid UTF-8",
        f"{path}:4: id “s1” stands on line 2 already",
        f"{path}:5: uri is no address: no address",
        f"{path}:6: id is missing",
        f"{path}:7: label is longer than 200 characters",
        f"{path}:8: label needs en or nl",
    ]


def test_reasons_and_counts_in_dutch(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", {"label": {"en": "waiting"}}, GOOD)
    with translation.override("nl"):
        code, out, err = command("import_content", "skills", str(path))
    assert (code, err) == (1, f"{path}:1: id ontbreekt\n")
    assert out.startswith("1 gemaakt, ")


@pytest.mark.parametrize(
    "words, line",
    [
        (("hats", "{good}"), "unknown kind “hats”; known are "),
        (("skills", "{absent}"), "{absent}: there is no such file"),
        (("skills", "{folder}"), "{folder} is a folder; name its files, or load them all with kring load"),
        (("comments", "{good}"), "unknown kind “comments”; known are "),
        (("lessons", "{good}", "--community", "Nowhere"), "there is no community “Nowhere”"),
    ],
)
def test_what_cannot_be_run_changes_nothing(command, tmp_path, words, line):
    places = {
        "good": write_lines(tmp_path / "skills.jsonl", GOOD),
        "absent": tmp_path / "absent.jsonl",
        "folder": tmp_path,
    }
    code, out, err = command("import_content", *(word.format(**places) for word in words))
    assert (code, out) == (2, "")
    assert err.startswith(line.format(**places))
    assert err.count("\n") == 1
    assert ImportedRecord.objects.count() == 0


def test_an_empty_file(command, tmp_path):
    code, out, err = command("import_content", "skills", str(write_lines(tmp_path / "none.jsonl")))
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "The file holds no records."


def test_a_dry_run_says_what_would_be_and_changes_nothing(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", GOOD, {"id": "x"})
    code, out, err = command("import_content", "skills", str(path), "--dry-run")
    assert (code, err) == (1, f"{path}:2: label needs en or nl\n")
    assert out.startswith("Nothing was changed. It would be: 1 created")
    assert (Skill.objects.count(), ImportedRecord.objects.count()) == (0, 0)


def test_counts_as_json(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", GOOD)
    code, out, _err = command("import_content", "skills", str(path), "--json")
    assert code == 0
    assert json.loads(out) == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "kept": 0,
        "rejected": 0,
        "waiting": 0,
        "dry_run": False,
    }


def test_quiet_prints_rejected_records_only(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", GOOD, {"id": "x"})
    written = command("import_content", "skills", str(path), "--quiet")
    assert written == (1, "", f"{path}:2: label needs en or nl\n")


def test_fields_that_nothing_is_known_of_are_named(command, tmp_path):
    path = write_lines(tmp_path / "skills.jsonl", GOOD | {"smell": "fresh"})
    _code, out, _err = command("import_content", "skills", str(path))
    assert out.splitlines()[1] == "Left out: the field “smell”, in 1 record."


@pytest.mark.parametrize("by", ["pk", "slug", "title", "title in capitals", "source_id"])
def test_records_without_a_community_go_to_the_one_named(command, root, tmp_path, by):
    community = make_community("Field work", language="nl", source_id="com-field")
    names = {
        "pk": str(community.pk),
        "slug": "field-work",
        "title": "Field work",
        "title in capitals": "FIELD WORK",
        "source_id": "com-field",
    }
    path = write_lines(tmp_path / "lessons.jsonl", LESSON)
    code, _out, _err = command("import_content", "lessons", str(path), "--community", names[by])
    lesson = LessonPage.objects.get()
    assert (code, lesson.community, lesson.get_parent().pk) == (0, community, community.pk)


def test_a_community_can_be_made_on_the_way(command, tmp_path):
    path = write_lines(tmp_path / "lessons.jsonl", LESSON)
    for _time in range(2):
        assert command("import_content", "lessons", str(path), "--create-community", "Field work")[0] == 0
    assert LessonPage.objects.get().community == CommunityPage.objects.get(title="Field work")


def test_without_any_community_a_record_is_rejected(command, tmp_path):
    path = write_lines(tmp_path / "lessons.jsonl", LESSON, LESSON | {"id": "l2", "community": "Nowhere"})
    code, _out, err = command("import_content", "lessons", str(path))
    assert code == 1
    assert err.splitlines() == [
        f"{path}:1: no community is named; name one with --community",
        f"{path}:2: there is no community “Nowhere”",
    ]


def test_stopping_it_says_how_to_go_on(command, tmp_path, monkeypatch):
    path = write_lines(tmp_path / "skills.jsonl", GOOD)

    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("kring.importing.actions.progress.Progress.show", interrupt)
    code, _out, err = command("import_content", "skills", str(path))
    assert (code, err) == (130, "Stopped. Start the same command again to go on where it was.\n")
    monkeypatch.undo()
    assert command("import_content", "skills", str(path))[1].startswith("0 created, 0 updated, 1 unchanged")
