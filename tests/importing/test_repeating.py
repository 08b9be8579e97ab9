"""Importing again: nothing twice, nothing lost, nothing of the site's own overwritten."""

import pytest

from communities.models import CommunityPage
from factories.communities import make_community
from kring.importing.actions import Report, import_files
from kring.importing.models import ImportedRecord
from support.importing import counted, write_lines
from wiki.models import LessonPage


def lesson(number, **fields):
    return {"id": f"l{number}", "lang": "en", "title": f"Lesson {number}", "learned": "Ask."} | fields


@pytest.fixture
def community(root):
    return make_community("Field work")


def test_the_same_file_again_changes_nothing(load, community):
    records = [lesson(1, tags=["site"]), lesson(2)]
    assert counted(load("lessons", *records, community="Field work")) == {"created": 2}
    before = list(LessonPage.objects.values())
    assert counted(load("lessons", *records, community="Field work")) == {"unchanged": 2}
    assert list(LessonPage.objects.values()) == before


def test_a_changed_record_changes_the_lesson_and_what_it_drops_becomes_empty(load, community):
    load("lessons", lesson(1, tags=["site"], summary="Old"), community="Field work")
    changed = lesson(1, title="Lesson one", summary="New")
    assert counted(load("lessons", changed, community="Field work")) == {"updated": 1}
    found = LessonPage.objects.get()
    assert (found.title, found.summary, list(found.tags.names())) == ("Lesson one", "New", [])


def test_what_was_edited_on_the_site_stays(load, community):
    load("lessons", lesson(1), community="Field work")
    found = LessonPage.objects.get()
    found.learned = "<p>Ask twice.</p>"
    found.save()
    report = load("lessons", lesson(1, learned="Ask thrice."), community="Field work")
    assert counted(report) == {"kept": 1}
    assert [reason for _place, reason in report.kept] == ["was changed on the site; the site's text stays"]
    assert LessonPage.objects.get().learned == "<p>Ask twice.</p>"


def test_what_was_removed_on_the_site_stays_removed(load, community):
    load("lessons", lesson(1), community="Field work")
    LessonPage.objects.get().delete()
    for record in (lesson(1), lesson(1, title="Back again")):
        report = load("lessons", record, community="Field work")
        assert counted(report) == {"kept": 1}
        assert report.kept[0][1] == "was removed on the site and stays removed"
    assert LessonPage.objects.count() == 0


def test_an_id_in_two_files_is_one_record_and_the_later_fills_gaps_only(load, community):
    load("lessons", lesson(1, happened="A pump stood still."), name="first.jsonl", community="Field work")
    later = lesson(1, title="Other", happened="Something else.", why="No spare parts.")
    assert counted(load("lessons", later, name="second.jsonl", community="Field work")) == {"updated": 1}
    found = LessonPage.objects.get()
    assert (found.title, found.happened, found.why) == (
        "Lesson 1",
        "<p>A pump stood still.</p>",
        "<p>No spare parts.</p>",
    )
    for name, record in {
        "first.jsonl": lesson(1, happened="A pump stood still."),
        "second.jsonl": later,
    }.items():
        assert counted(load("lessons", record, name=name, community="Field work")) == {"unchanged": 1}


@pytest.mark.slow
def test_a_cut_off_import_keeps_whole_batches_and_goes_on(db, tmp_path, community):
    path = write_lines(tmp_path / "lessons.jsonl", *(lesson(number) for number in range(120)))

    def stop(done, total):
        raise KeyboardInterrupt

    def run(report):
        return import_files(kind="lessons", files=[path], community="Field work", report=report)

    with pytest.raises(KeyboardInterrupt):
        run(Report(on_progress=stop))
    assert (LessonPage.objects.count(), ImportedRecord.objects.count()) == (50, 50)
    assert counted(run(Report())) == {"created": 70, "unchanged": 50}
    assert LessonPage.objects.count() == 120
    assert CommunityPage.find_problems() == ([], [], [], [], [])


def test_progress_ends_at_the_whole(db, tmp_path, community):
    path = write_lines(tmp_path / "lessons.jsonl", *(lesson(number) for number in range(60)))
    seen = []
    report = Report(on_progress=lambda done, total: seen.append((done, total)))
    import_files(kind="lessons", files=[path], community="Field work", report=report)
    size = path.stat().st_size
    assert [total for _done, total in seen] == [size, size]
    assert seen[-1] == (size, size)


def test_a_rejected_record_leaves_nothing_behind(load, community):
    report = load(
        "lessons",
        lesson(1, comments=[{"id": "c1", "body": "Well."}, {"id": "c2"}]),
        lesson(2),
        community="Field work",
    )
    assert [reason for _place, reason in report.rejected] == ["a comment has no text"]
    assert list(LessonPage.objects.values_list("source_id", flat=True)) == ["l2"]
    community.refresh_from_db()
    assert community.numchild == 1
