from datetime import timedelta
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.communities import make_community
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.models import Conversation
from wiki.models import LessonPage

pytestmark = pytest.mark.django_db


def titles(response):
    return [one.title for one in response.context["page"]]


def test_lessons_are_narrowed_and_counted(client, as_):
    community, roles = as_()
    other = make_community("Buying")
    make_lesson(community, "A", outcome="success", language="nl", author=roles["member"])
    make_lesson(community, "B", outcome="failure", language="en")
    tagged = make_lesson(other, "C", outcome="failure", language="en")
    tagged.tags.add("Lifts")
    tagged.save()

    def shown(query):
        return sorted(titles(client.get(f"/lessons/?{query}")))

    assert shown("") == ["A", "B", "C"]
    assert shown("outcome=failure") == ["B", "C"]
    assert shown("outcome=failure&outcome=success") == ["A", "B", "C"]
    assert shown(f"community={other.pk}") == ["C"]
    assert shown("language=nl") == ["A"]
    assert shown("tag=lifts") == ["C"]
    assert shown("mine=1") == ["A"]
    assert shown("outcome=nonsense&community=x&sort=worst&language=xx&page=99") == ["A", "B", "C"]
    assert shown("community=99999999999999999999") == ["A", "B", "C"]
    facets = client.get("/lessons/?outcome=failure").context["facets"]
    counts = {facet["name"]: {str(o.value): o.number for o in facet["options"]} for facet in facets}
    assert counts["outcome"] == {"success": 1, "mixed": 0, "failure": 2}
    assert counts["language"] == {"en": 2, "nl": 0}
    assert counts["community"] == {str(community.pk): 1, str(other.pk): 1}
    assert counts["tag"] == {"Lifts": 1}


def test_lessons_are_sorted_by_age_and_by_talk(client, as_):
    community, _ = as_()
    made = [make_lesson(community, title) for title in "ABC"]
    for days, lesson in enumerate(made):
        at = timezone.now() - timedelta(days=days)
        LessonPage.objects.filter(pk=lesson.pk).update(first_published_at=at)
    about = ContentType.objects.get_for_model(LessonPage)
    Conversation.objects.create(content_type=about, object_id=made[1].pk, comment_count=4)

    assert titles(client.get("/lessons/")) == ["A", "B", "C"]
    assert titles(client.get("/lessons/?sort=old")) == ["C", "B", "A"]
    assert titles(client.get("/lessons/?sort=talk")) == ["B", "A", "C"]
    assert b"4 comments" in client.get("/lessons/").content


def test_articles_of_one_community_stand_as_a_tree(client, as_):
    community, _ = as_()
    above = make_article(community, "Above")
    make_article(above, "Below")
    make_article(community, "Beside")
    make_article(make_community(), "Elsewhere")

    tree = client.get(f"/wiki/?community={community.pk}").context["tree"]

    assert [(branch.article.title, [one.article.title for one in branch.branches]) for branch in tree] == [
        ("Above", ["Below"]),
        ("Beside", []),
    ]


@pytest.mark.parametrize(
    "address", ["/lessons/", "/lessons/?outcome=success", "/wiki/", "/wiki/?sort=new", "/wiki/?community={}"]
)
def test_lists_cost_the_same_with_one_and_with_thirty(client, as_, address, django_assert_num_queries):
    community, _ = as_()

    def make():
        for page in (
            make_lesson(community, author=make_user(), outcome="success"),
            make_article(community, author=make_user()),
        ):
            page.tags.add("one", "two")
            page.save()

    make()
    address = address.format(community.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(29):
        make()
    with django_assert_num_queries(len(one)):
        response = client.get(address)
    assert response.context["page"].paginator.count == 30


def test_an_empty_list_teaches(client, as_):
    as_()
    assert b"No lessons yet" in client.get("/lessons/").content
    assert "You haven't told a lesson yet" in unescape(client.get("/lessons/?mine=1").content.decode())
    assert b"No articles yet" in client.get("/wiki/").content
