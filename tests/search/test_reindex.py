"""`kring reindex`."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from factories.people import make_user
from kring.cli.checking import _search
from kring.indexing.models import IndexChange
from kring.indexing.outbox import waiting
from kring.indexing.registry import stamps_of
from search.engines import Reached, current_engine
from search.engines.embedded import storage
from search.halfway import going_on
from search.rebuilding import GoesOn, rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    return settings.INDEX_DIR


def test_everything_can_be_found_and_nothing_waits():
    make_user()
    make_user()
    said = io.StringIO()
    call_command("reindex", stdout=said)
    assert current_engine().stamps("person") == stamps_of("person")
    assert waiting() == 0
    assert said.getvalue().startswith("2 things can be found now")


def test_quiet_prints_nothing():
    said = io.StringIO()
    call_command("reindex", "--quiet", stdout=said)
    assert said.getvalue() == ""


def test_progress_goes_from_nothing_to_all():
    for _number in range(3):
        make_user()
    shown = []
    rebuild(current_engine(), show=lambda done, total: shown.append((done, total)))
    assert (shown[0], shown[-1]) == ((0, 6), (6, 6))
    assert [done for done, _total in shown] == sorted(done for done, _total in shown)


def test_a_second_one_at_the_same_time_is_refused(folder):
    with storage.locked(folder, "rebuild"), pytest.raises(CommandError, match="being built already"):
        call_command("reindex")


def test_after_ctrl_c_it_goes_on_and_says_so(monkeypatch, capsys):
    monkeypatch.setattr("search.rebuilding.STEP", 3)
    for _number in range(30):
        make_user()
    call_command("reindex", "--quiet")

    def reindex(*words, stop_at=None):
        def show(_self, done, _total):
            if stop_at and done >= stop_at:
                raise KeyboardInterrupt

        monkeypatch.setattr("kring.importing.actions.progress.Progress.show", show)
        said = io.StringIO()
        call_command("reindex", *words, stdout=said)
        return said.getvalue().splitlines()

    with pytest.raises(SystemExit) as ended:
        reindex(stop_at=12)
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped. Start the same command again to go on where it was.\n"
    with pytest.raises(SystemExit):
        reindex("--quiet", stop_at=30)
    told, done = reindex()
    assert re.fullmatch(r"Going on with the rebuild of .+: 30 of 30 are read\.", told)
    assert done.startswith("30 things can be found now")
    with pytest.raises(SystemExit):
        reindex(stop_at=45)
    (done,) = reindex("--anew")
    assert done.startswith("30 things can be found now")


def test_how_far_it_was_is_told_of_writing_too():
    reached = Reached(began=1_795_700_000, last="", whole=True, read=100_000, written=40_000)
    told = going_on(GoesOn(reached, 100_000))
    assert told.endswith(": all is read, and 40,000 of 100,000 are written.")


def test_a_folder_that_cannot_be_used_is_an_error_of_the_system(folder):
    folder.write_text("a file, where a folder should be")
    with pytest.raises(FileExistsError):
        call_command("reindex")


def test_the_old_index_stays_when_the_new_one_fails(monkeypatch):
    make_user()
    call_command("reindex", "--quiet")
    before = current_engine().stamps("person")
    monkeypatch.setattr("search.engines.embedded.writing.to_tantivy", lambda *_: 1 / 0)
    with pytest.raises(CommandError, match="could not be built"):
        call_command("reindex")
    assert current_engine().stamps("person") == before


def test_check_says_what_is_wrong_with_the_index(folder):
    assert [finding.line.split(".")[0] for finding in _search()] == [
        "There is no search index of this version yet"
    ]
    call_command("reindex", "--quiet")
    assert list(_search()) == []
    make_user()
    IndexChange.objects.update(created_at="2026-01-01T12:00Z")
    (late,) = _search()
    assert (late.must, "wait for the search index since 2026-01-01" in late.line) == (False, True)


def test_check_says_that_the_index_is_damaged(folder):
    call_command("reindex", "--quiet")
    (meta,) = folder.glob("v*/meta.json")
    meta.write_text("{}")
    (damaged,) = _search()
    assert (damaged.must, damaged.line.startswith("The search index cannot be read")) == (True, True)
