"""What is searched for is counted without persons, and only what enough people asked for is shown."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories.communities import make_community
from factories.people import make_user
from factories.wiki import make_lesson
from search.actions.asking import count_search, forget_askers, settle_words, this_month
from search.actions.recent import choose_keeping
from search.asked import months, not_found, not_opened, shown, waiting
from search.models import AskedMark, AskedSalt, AskedWords
from search.text import as_asked, may_be_kept
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path, root):
    settings.INDEX_DIR = tmp_path / "index"
    cache.clear()


@pytest.fixture
def lesson():
    made = make_lesson(make_community("Buying"), "Suppliers moved", author=make_user("Femke"))
    index_all()
    return made


def counted():
    """Words to (searches, askers, empty, opened, refined)."""
    names = ("searches", "askers", "empty", "opened", "refined")
    return {row["words"]: tuple(row[name] for name in names) for row in AskedWords.objects.values()}


def reader(language="en"):
    client, user = Client(), make_user(language=language)
    client.force_login(user)
    return client


def asked(words, **fields):
    return AskedWords.objects.create(words=words, **({"month": this_month()} | fields))


def test_words_are_counted_without_case_accents_and_signs():
    assert as_asked("  Café-indeling?  ") == "cafe indeling"
    assert as_asked('"moved in" suppliers -night') == "moved in suppliers"


@pytest.mark.parametrize(
    "text", ["ask ruth@example.org", "call 06-12 34 56 78", "+31 20 123 4567", "a letter " * 10]
)
def test_what_looks_like_a_person_or_a_letter_is_not_kept(text):
    assert not may_be_kept(text)
    assert count_search(text=text, by=make_user(), found=True) is None
    assert counted() == {}


@pytest.mark.parametrize("text", ["AB-1234/5", "v2.3.1", "budget 2026", "error 500 on page 12"])
def test_numbers_of_parts_and_years_are_kept(text):
    assert may_be_kept(text)


def test_a_shown_page_is_counted_once_a_person(lesson):
    first, second = reader(), reader()
    for client in (first, first, second):
        client.get("/search/?q=Suppliers")
    assert counted() == {"suppliers": (2, 2, 0, 0, 0)}
    second.get("/search/?q=elephants")
    assert counted() == {"suppliers": (2, 2, 0, 0, 1), "elephants": (1, 1, 1, 0, 0)}
    second.get("/search/?q=suppliers")
    assert counted()["suppliers"] == (3, 2, 0, 0, 1)


@pytest.mark.parametrize(
    "address",
    [
        "/search/",
        "/search/?q=suppliers&page=2",
        "/search/?q=suppliers&kind=lesson",
        "/search/?q=suppliers&sort=newest",
        "/search/suggest/?q=suppliers",
        "/search/similar/?title=suppliers+moved",
    ],
)
def test_further_pages_and_typing_are_not_counted(lesson, address):
    assert reader().get(address).status_code == 200
    assert counted() == {}


def test_what_a_browser_fetches_ahead_is_not_counted(lesson):
    client = reader()
    client.get("/search/?q=suppliers", headers={"sec-purpose": "prefetch;prerender"})
    client.get("/search/?q=suppliers", headers={"purpose": "prefetch"})
    client.head("/search/?q=suppliers")
    assert counted() == {}


def test_opening_a_result_is_counted_once_a_page(lesson):
    client = reader()
    token = client.get("/search/?q=suppliers").context["opening"]
    for _again in range(2):
        assert client.post("/search/opened/", {"token": token}).status_code == 204
    assert counted() == {"suppliers": (1, 1, 0, 1, 0)}
    assert client.post("/search/opened/", {"token": f"{token}x"}).status_code == 400
    assert client.post("/search/opened/").status_code == 400
    assert client.get("/search/opened/").status_code == 405


def test_marks_name_nobody_and_do_not_tell_that_two_searches_were_of_one_person(lesson):
    client = reader()
    client.get("/search/?q=suppliers")
    client.get("/search/?q=elephants")
    marks = list(AskedMark.objects.values_list("mark", flat=True))
    assert (len(marks), len(set(marks)), {len(mark) for mark in marks}) == (2, 2, {64})
    fields = {field.name for model in (AskedMark, AskedWords) for field in model._meta.fields}
    assert fields & {"user", "by", "at"} == set()


def test_when_the_month_is_over_marks_secrets_and_rare_words_go():
    month = date(2026, 3, 1)
    AskedSalt.objects.create(month=month, salt=b"x")
    rare, frequent = asked("rare", month=month, askers=4), asked("frequent", month=month, askers=5)
    for row in (rare, frequent):
        AskedMark.objects.create(asked=row, mark="m")
    zone = ZoneInfo("Europe/Amsterdam")
    assert forget_askers(datetime(2026, 3, 31, 23, 59, tzinfo=zone)) == 0
    assert (AskedMark.objects.count(), AskedSalt.objects.count()) == (2, 1)
    assert forget_askers(datetime(2026, 4, 1, 0, 1, tzinfo=zone)) == 1
    assert list(AskedWords.objects.values_list("words", flat=True)) == ["frequent"]
    assert (AskedMark.objects.count(), AskedSalt.objects.count()) == (0, 0)


def test_nothing_of_fewer_than_five_people_is_shown():
    asked("four", askers=4, searches=90, empty=90)
    asked("none found", askers=5, searches=6, empty=6)
    # That few searches might be of one person.
    asked("few empty", askers=5, searches=8, empty=4, opened=4)
    asked("unread", askers=6, searches=10, empty=1, opened=1)
    asked("read", askers=6, searches=10, empty=0, opened=2)
    assert set(shown().values_list("words", flat=True)) == {"none found", "few empty", "unread", "read"}
    assert [row.words for row in not_found(shown())] == ["none found"]
    assert [row.words for row in not_opened(shown())] == ["unread"]
    assert months() == [this_month()]


def test_the_same_words_wait_once_until_somebody_saw_to_them():
    before = (this_month() - timedelta(days=1)).replace(day=1)
    for month in (before, this_month()):
        asked("parking", month=month, askers=7, searches=7, empty=7)
    asked("long ago", month=date(2020, 1, 1), askers=7, searches=7, empty=7)
    assert [(row.words, row.month, empty) for row, empty in waiting()] == [("parking", this_month(), True)]
    settle_words(words="parking")
    assert waiting() == []
    AskedWords.objects.update(settled_at=timezone.now() - timedelta(days=91))
    AskedWords.objects.filter(month=this_month()).update(settled_at=None)
    assert [row.words for row, _empty in waiting()] == ["parking"]


def test_who_wants_no_searches_kept_is_counted_nowhere(lesson):
    client, user = Client(), make_user(language="en")
    client.force_login(user)
    choose_keeping(keep=False, by=user)
    token = client.get("/search/?q=suppliers").context["opening"]
    assert client.post("/search/opened/", {"token": token}).status_code == 204
    assert (counted(), AskedMark.objects.count()) == ({}, 0)
