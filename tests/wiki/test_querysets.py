from datetime import date

import pytest

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def tag(page, *names):
    page.tags.add(*names)
    page.save()
    return page


def test_by_finds_what_one_wrote_alone_or_with_others(root):
    writer, other = make_user(), make_user()
    own, shared = make_lesson(author=writer), make_lesson(author=other)
    shared.authors.add(writer)
    shared.save()
    make_lesson(author=other)
    assert set(LessonPage.objects.by(writer)) == {own, shared}


def test_in_communities_of_is_about_memberships(root):
    community = make_community()
    lesson = make_lesson(community)
    make_lesson()
    assert list(LessonPage.objects.in_communities_of(make_member(community).user)) == [lesson]


def test_tagged_ignores_case_and_gives_each_once(root):
    both = tag(make_lesson(), "Lifts", "Logs")
    tag(make_lesson(), "else")
    assert list(LessonPage.objects.tagged(["lifts", "LOGS"])) == [both]
    assert list(LessonPage.objects.tagged([])) == []


def test_to_review_by_gives_ones_own_articles_that_are_due(root):
    writer, today = make_user(), date(2026, 3, 1)
    due = make_article(author=writer, review_on=today)
    overdue = make_article(author=writer, review_on=date(2026, 1, 1))
    make_article(author=writer, review_on=date(2026, 3, 2))
    make_article(author=make_user(), review_on=today)
    assert list(ArticlePage.objects.to_review_by(writer, today)) == [overdue, due]


def test_drafts_are_ones_own_pages_that_others_do_not_see_so(root):
    writer = make_user()
    hidden, changed = make_lesson(author=writer), make_lesson(author=writer)
    hidden.unpublish()
    changed.save_revision()
    make_lesson(author=writer)
    make_lesson(author=make_user()).unpublish()
    assert set(LessonPage.objects.drafts_of(writer)) == {hidden, changed}


def test_counts_leave_out_what_is_empty(root):
    make_lesson(outcome="success")
    make_lesson(outcome="success")
    make_lesson(outcome="mixed")
    make_lesson()
    assert LessonPage.objects.all().counts_by("outcome") == {"success": 2, "mixed": 1}


def test_tags_are_counted_the_most_used_first(root):
    tag(make_lesson(), "a", "b")
    tag(make_lesson(), "b")
    tag(make_lesson(), "c")
    assert list(LessonPage.objects.all().tag_counts(2)) == [("b", 2), ("a", 1)]
