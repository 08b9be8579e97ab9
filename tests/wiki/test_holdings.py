import pytest

from factories.people import make_user
from factories.wiki import make_article
from wiki.actions import create_lesson, erase_authorship, holdings_of
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def test_a_person_gets_what_they_wrote(people):
    community, roles = people(openness="open")
    create_lesson(
        by=roles["member"], parent=community, title="Mine", why="<p>a</p>", authors=[roles["member"]]
    )
    make_article(community, "Theirs", author=make_user())

    (held,) = holdings_of(roles["member"])

    assert (held["kind"], held["title"], held["published"]) == ("lesson", "Mine", True)
    assert held["text"]["why"] == "<p>a</p>"


def test_erasing_takes_the_name_off_the_page_and_out_of_its_history(people):
    community, roles = people(openness="open")
    gone, stays = roles["member"], roles["stranger"]
    lesson = create_lesson(by=gone, parent=community, title="T", authors=[gone, stays], language="en")
    make_article(community, author=stays)

    erase_authorship(gone)
    erase_authorship(gone)

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert list(lesson.authors.all()) == [stays]
    assert lesson.owner is None
    assert lesson.attributions == [{"name": "a former colleague", "url": "", "licence": ""}]
    revision = lesson.latest_revision
    assert revision.user is None
    assert (revision.content["authors"], revision.content["owner"]) == ([stays.pk], None)
    assert ArticlePage.objects.get().attributions == []


def test_publishing_again_after_an_erasure_brings_no_name_back(people):
    community, roles = people(openness="open")
    lesson = create_lesson(by=roles["member"], parent=community, title="T")
    erase_authorship(roles["member"])

    LessonPage.objects.get(pk=lesson.pk).latest_revision.publish()

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert list(lesson.authors.all()) == []
    assert [one["name"] for one in lesson.attributions] == ["a former colleague"]
