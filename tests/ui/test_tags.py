"""Small tags and filters that all pages use."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from kring.ui.templatetags import moments, ui


def drawn(source: str, rf, address: str = "/", **context) -> str:
    return Template("{% load ui %}" + source).render(Context({"request": rf.get(address), **context}))


@pytest.mark.parametrize(
    "name, letters",
    [
        ("Femke de Vries", "FV"),
        ("Björk", "B"),
        ("élodie van den Berg", "ÉB"),
        ("(extern) Jan Peeters", "JP"),
        ("", "?"),
        ("42", "?"),
        ("李 明", "李明"),
    ],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_a_person_keeps_their_colour():
    assert [ui.hue(number) for number in (1, 8, 9, 15)] == [2, 1, 2, 8]
    assert ui.hue("Imported Author") == ui.hue("Imported Author")
    assert 1 <= ui.hue("") <= 8


def test_a_circle_has_eight_places():
    placed = ui.around(range(12))
    assert [person for person, *_ in placed] == list(range(8))
    assert placed[0][1:] == ("80.0", "24.0", "28.6")


@pytest.mark.parametrize(
    "address, context, said",
    [
        ("/lessons/", {}, 'aria-current="page"'),
        ("/lessons/new/", {}, 'aria-current="true"'),
        ("/people/", {}, ""),
        ("/pages/12/", {"section": "/lessons/"}, 'aria-current="true"'),
        ("/lessons/new/", {"section": "/communities/"}, ""),
    ],
)
def test_the_menu_says_where_one_is(rf, address, context, said):
    assert drawn("{% current_if '/lessons/' %}", rf, address, **context) == said


def test_home_is_above_every_page_and_current_on_its_own_alone(rf):
    assert drawn("{% current_if '/' %}", rf, "/people/") == ""
    assert drawn("{% current_if '/' %}", rf, "/") == 'aria-current="page"'


def test_a_list_keeps_its_other_parameters(rf):
    source = "{% with_query page=2 sort=None as query %}{{ query|safe }}"
    assert drawn(source, rf, "/lessons/?tag=a&tag=b&sort=old&page=7") == "?tag=a&tag=b&page=2"


def test_an_icon_without_a_label_is_decoration_and_with_one_is_read_out():
    assert 'aria-hidden="true"' in ui.icon("check")
    assert 'role="img" aria-label="&lt;b&gt;"' in ui.icon("check", "<b>")


NOW = datetime(2025, 9, 4, 14, 30, tzinfo=UTC)


@pytest.fixture
def at_half_past_two(monkeypatch):
    """Thursday 4 September 2025, 14:30, in the zone UTC."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    with timezone.override(UTC):
        yield


@pytest.mark.parametrize(
    "before, english, dutch",
    [
        (timedelta(seconds=20), "just now", "zojuist"),
        (timedelta(minutes=1), "1 minute ago", "1 minuut geleden"),
        (timedelta(minutes=59), "59 minutes ago", "59 minuten geleden"),
        (timedelta(hours=2), "2 hours ago", "2 uur geleden"),
        (timedelta(hours=15), "yesterday", "gisteren"),
        (timedelta(days=3), "Monday", "maandag"),
        (timedelta(days=8), "27 August", "27 augustus"),
        (timedelta(days=300), "8 November 2024", "8 november 2024"),
        (-timedelta(days=2), "6 September", "6 september"),
    ],
)
def test_moments_are_said_as_people_do(at_half_past_two, before, english, dutch):
    with translation.override("en"):
        assert moments.as_said(NOW - before) == english
    with translation.override("nl"):
        assert moments.as_said(NOW - before) == dutch


def test_yesterday_is_the_readers(at_half_past_two):
    """At 14:30 in UTC it is past midnight in Auckland."""
    with translation.override("en"):
        assert moments.as_said(NOW - timedelta(hours=5)) == "5 hours ago"
        with timezone.override("Pacific/Auckland"):
            assert moments.as_said(NOW - timedelta(hours=5)) == "yesterday"
            assert moments.exactly(NOW) == "5 September 2025 02:30 NZST"


def test_no_moment_is_no_text(at_half_past_two):
    assert (moments.as_said(None), moments.exactly(None), moments.day(None)) == ("", "", "")


def test_days_name_the_year_when_it_is_another(at_half_past_two):
    with translation.override("en"):
        assert moments.day(date(2025, 3, 12)) == "12 March"
        assert moments.day(date(2024, 3, 12)) == "12 March 2024"
