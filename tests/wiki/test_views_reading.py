from datetime import timedelta

import pytest
from django.utils import timezone

from factories.wiki import make_article, make_lesson
from wiki.actions import create_article, unpublish_page
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def test_a_lesson_shows_its_parts_authors_sources_and_leads(client, as_):
    community, roles = as_()
    lesson = make_lesson(
        community,
        "The lift",
        author=roles["member"],
        outcome="failure",
        why="<p>Because.</p>",
        happened="<ol><li><strong>Monday</strong> It stopped.</li><li><b>Friday</b> Again.</li></ol>",
        next_time="<ul><li>Keep a log.</li></ul>",
        language="nl",
        attributions=[{"name": "Ann Outsider", "url": "https://example.org/a", "licence": "CC BY 4.0"}],
    )
    lesson.tags.add("lifts & logs")
    lesson.save()

    html = client.get(lesson.get_absolute_url()).content.decode()

    assert '<h2 class="part__name" id="why">Why</h2>' in html
    assert 'id="planned"' not in html
    assert "<li><span>Monday</span><span>It stopped.</span></li>" in html
    assert '<ul class="ticks">' in html
    assert '<h1 lang="nl">The lift</h1>' in html
    assert '<a href="https://example.org/a" rel="noopener external nofollow">Ann Outsider</a>' in html
    assert "Licence: CC BY 4.0" in html
    assert "Something went wrong" in html
    assert '?tag=lifts%20%26%20logs"' in html
    assert [
        (user.name, why) for user, why in client.get(lesson.get_absolute_url()).context["who_to_ask"]
    ] == [
        ("member", "Wrote it"),
        ("lead", "Looks after this community"),
    ]


def test_a_source_without_a_web_address_is_no_link(client, as_):
    community, _ = as_()
    lesson = make_lesson(community, attributions=[{"name": "Ann", "url": "javascript:alert(1)"}])
    assert b"javascript:" not in client.get(lesson.get_absolute_url()).content


@pytest.mark.parametrize("role", ["stranger", "guest"])
def test_what_one_may_not_read_is_not_found_anywhere(client, as_, role):
    community, _ = as_(role, openness="private")
    lesson = make_lesson(community, "Secret")
    missing = lesson.pk + 1000

    assert client.get(lesson.get_absolute_url()).status_code == 404
    for path in ("/pages/{}/", "/pages/{}/edit/", "/pages/{}/unpublish/", "/pages/{}/delete/"):
        hidden, nothing = client.get(path.format(lesson.pk)), client.get(path.format(missing))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert client.post(f"/pages/{lesson.pk}/publish/").status_code == 404
    assert client.get(f"/wiki/new/?parent={lesson.pk}").status_code == 404
    response = client.get(f"/lessons/?community={community.pk}")
    assert b"Secret" not in response.content
    assert b"Suppliers" not in response.content
    assert response.context["page"].paginator.count == 0


def test_who_may_read_but_not_edit_is_told_so(client, as_):
    community, _ = as_("stranger")
    lesson = make_lesson(community)
    assert client.get(f"/pages/{lesson.pk}/edit/").status_code == 403
    assert client.post(f"/pages/{lesson.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert client.get(f"/pages/{lesson.pk}/delete/").status_code == 403
    assert client.post(f"/pages/{lesson.pk}/publish/").status_code == 403
    assert LessonPage.objects.get().title == lesson.title


def test_other_wagtail_pages_are_no_pages_of_the_wiki(client, as_):
    community, _ = as_("administrator")
    assert client.get(f"/pages/{community.pk}/").status_code == 404


def test_an_unpublished_page_is_shown_by_number_to_its_editors(client, as_):
    community, roles = as_("member")
    article = create_article(by=roles["member"], parent=community, title="T", body="<p>x</p>")
    unpublish_page(by=roles["lead"], page=article)

    assert client.get(article.get_absolute_url()).status_code == 404
    assert b"Not published" in client.get(f"/pages/{article.pk}/").content


def test_an_article_has_contents_children_and_a_warning_when_its_review_is_due(client, as_):
    community, _ = as_()
    body = '<h2>First &amp; last</h2><p>x</p><h2 id="kept">Second</h2><h2>First &amp; last</h2>'
    article = make_article(community, "Above", body=body, review_on=timezone.localdate())
    make_article(article, "Below")
    make_lesson(community, "Elsewhere")

    response = client.get(article.get_absolute_url())
    html = response.content.decode()

    for anchor in ("s-first-last", "s-kept", "s-first-last-2"):
        assert f'<a href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert [one.title for one in response.context["below"]] == ["Below"]
    assert "Read it with care." in html
    labels = [
        item["label"]
        for item in client.get(ArticlePage.objects.get(title="Below").get_absolute_url()).context["path"]
    ]
    assert labels == ["Suppliers", "Articles", "Above"]


def test_the_next_review_is_no_warning(client, as_):
    community, _ = as_()
    article = make_article(community, review_on=timezone.localdate() + timedelta(days=1))
    assert b"Read it with care." not in client.get(article.get_absolute_url()).content


def test_withdrawing_asks_first(client, as_):
    community, _ = as_("moderator")
    lesson = make_lesson(community)

    assert client.get(f"/pages/{lesson.pk}/unpublish/").status_code == 200
    assert LessonPage.objects.get().live
    client.post(f"/pages/{lesson.pk}/unpublish/")
    assert not LessonPage.objects.get().live
    client.post(f"/pages/{lesson.pk}/publish/")
    assert LessonPage.objects.get().live
    assert client.get(f"/pages/{lesson.pk}/delete/").status_code == 200
    client.post(f"/pages/{lesson.pk}/delete/")
    assert not LessonPage.objects.exists()


def test_an_article_with_others_under_it_stays(client, as_):
    community, _ = as_("moderator")
    article = make_article(community)
    make_article(article)
    response = client.post(f"/pages/{article.pk}/delete/")
    assert response.status_code == 409
    assert b"1 page stands under it." in response.content


@pytest.mark.parametrize(("make", "label"), [(make_lesson, "lesson"), (make_article, "article")])
def test_readers_can_report_a_page_and_its_authors_cannot(client, as_, make, label):
    community, roles = as_("member")
    page = make(
        community, "The lift", author=roles["lead"], **({"body": "<p>Up.</p>"} if label == "article" else {})
    )
    link = f'href="/report/{label}/{page.pk}/"'
    assert link in client.get(page.get_absolute_url()).content.decode()
    client.force_login(roles["lead"])
    assert link not in client.get(page.get_absolute_url()).content.decode()
