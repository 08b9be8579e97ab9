"""`kring search-check`."""

import io

import pytest
from django.core.management import CommandError, call_command

from factories.communities import make_community, make_discussion
from factories.people import make_user
from kring.indexing.models import IndexChange
from kring.indexing.outbox import waiting
from kring.indexing.registry import stamps_of
from search.engines import current_engine
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    return settings.INDEX_DIR


def checked(**options):
    said = io.StringIO()
    call_command("search_check", stdout=said, **options)
    return [line.split() for line in said.getvalue().splitlines()]


def test_what_is_the_same_is_said_to_be_so():
    make_user()
    rebuild(current_engine())
    lines = checked()
    assert ["People", "1", "1", "0"] in lines
    assert " ".join(lines[-1]) == "The index has everything as the database has it."


def test_what_is_missing_surplus_or_old_is_brought_in(root):
    kept = make_discussion(make_community("Suppliers"), "Which form?")
    gone = make_user()
    rebuild(current_engine())
    # As after a restored backup: nothing of this stands in the outbox.
    type(kept).objects.filter(pk=kept.pk).update(title="Which of the forms?")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    make_user()
    IndexChange.objects.all().delete()
    lines = checked()
    assert ["Questions", "1", "1", "1"] in lines
    assert [" ".join(line) for line in lines[-2:]] == ["3 things differ.", "They are brought in."]
    assert waiting() == 0
    for kind in ("question", "person"):
        assert current_engine().stamps(kind) == stamps_of(kind)


def test_looking_changes_nothing():
    rebuild(current_engine())
    make_user()
    IndexChange.objects.all().delete()
    with pytest.raises(CommandError, match="1 thing differs"):
        checked(look=True)
    assert (waiting(), current_engine().stamps("person")) == (0, {})


def test_without_an_index_it_says_how_to_get_one():
    with pytest.raises(CommandError, match="kring reindex"):
        checked()
