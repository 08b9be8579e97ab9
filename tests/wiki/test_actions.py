import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from kring.activity.models import Activity
from kring.conversations.models import Conversation
from kring.notifications.models import Notification
from wiki.actions import (
    EditConflictError,
    PagesBelowError,
    create_article,
    create_lesson,
    delete_page,
    edit_article,
    edit_lesson,
    publish_page,
    unpublish_page,
)
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def told():
    return {(row.recipient.name, row.kind, row.data["reason"]) for row in Notification.objects.all()}


def test_a_lesson_is_published_with_all_that_was_given(people):
    community, roles = people(openness="open")
    other = make_community("Buying")

    lesson = create_lesson(
        by=roles["member"],
        parent=community,
        title="The lift that was repaired four times",
        learned="<p>A log that one person can find is no log.</p>",
        outcome="failure",
        language="nl",
        tags=["lifts", "Logs"],
        applies_to=[other],
    )

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert lesson.live
    assert not lesson.has_unpublished_changes
    assert lesson.community == community
    assert lesson.owner == roles["member"]
    assert list(lesson.authors.all()) == [roles["member"]]
    assert sorted(tag.name for tag in lesson.tags.all()) == ["Logs", "lifts"]
    assert list(lesson.applies_to.all()) == [other]
    assert lesson.get_absolute_url().endswith("/the-lift-that-was-repaired-four-times/")
    assert lesson.latest_revision == lesson.live_revision
    assert lesson.revisions.count() == 1
    (fact,) = Activity.objects.about(lesson)
    assert (fact.verb, fact.actor, fact.audience) == ("published", roles["member"], community.audience)


def test_leads_eager_members_and_named_authors_are_told_once(people):
    community, roles = people(openness="open")
    make_member(community, make_user("eager"), level="all")
    make_member(community, make_user("silent lead"), role="lead", level="none")
    make_member(community, roles["stranger"], level="all")

    create_lesson(
        by=roles["member"], parent=community, title="T", authors=[roles["member"], roles["stranger"]]
    )

    assert told() == {
        ("lead", "wiki.published", "lead"),
        ("eager", "wiki.published", "member"),
        ("stranger", "wiki.named", "named"),
    }
    assert set(Notification.objects.values_list("audience", flat=True)) == {community.audience}


@pytest.mark.parametrize("role", ["stranger", "guest"])
def test_who_may_not_write_there_writes_nothing(people, role):
    community, roles = people(openness="private")
    before = ArticlePage.objects.count()
    with pytest.raises(PermissionDenied):
        create_article(by=roles[role], parent=community, title="T")
    assert ArticlePage.objects.count() == before


def test_an_article_stands_under_another_in_its_community(people):
    community, roles = people(openness="open")
    above = make_article(community)
    below = create_article(by=roles["member"], parent=above, title="Details", body="<p>x</p>")
    assert below.get_parent().specific == above
    assert below.community == community


@pytest.mark.parametrize("title", ["???", "日本", "a" * 255, "  <script>alert(1)</script>  "])
def test_any_title_gives_an_address(people, client, title):
    community, roles = people(openness="open")
    lesson = create_lesson(by=roles["member"], parent=community, title=title, body="<p>x</p>")
    client.force_login(roles["member"])
    assert client.get(lesson.get_absolute_url()).status_code == 200


def test_equal_titles_get_different_addresses(people):
    community, roles = people(openness="open")
    slugs = [create_lesson(by=roles["member"], parent=community, title="Same!").slug for _ in range(3)]
    assert slugs == ["same", "same-2", "same-3"]


def test_an_author_must_be_able_to_read_it(people):
    community, roles = people(openness="private")
    with pytest.raises(ValidationError) as error:
        create_lesson(by=roles["member"], parent=community, title="T", authors=[roles["stranger"]])
    assert list(error.value.message_dict) == ["authors"]
    assert not LessonPage.objects.exists()


def test_one_cannot_point_at_a_community_one_cannot_read(people):
    community, roles = people(openness="open")
    hidden = make_community(openness="private")
    with pytest.raises(ValidationError) as error:
        create_lesson(by=roles["member"], parent=community, title="T", applies_to=[hidden])
    assert list(error.value.message_dict) == ["applies_to"]


def test_a_change_is_a_new_revision_and_keeps_the_address(people):
    community, roles = people(openness="open")
    lesson = create_lesson(by=roles["member"], parent=community, title="First", why="<p>a</p>")
    address, seen = lesson.get_absolute_url(), lesson.latest_revision_id

    assert edit_lesson(by=roles["moderator"], page=lesson, seen_revision=seen, title="Second", tags=["x"])

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert (lesson.title, lesson.why) == ("Second", "<p>a</p>")
    assert [tag.name for tag in lesson.tags.all()] == ["x"]
    assert lesson.get_absolute_url() == address
    assert lesson.revisions.count() == 2
    assert lesson.latest_revision.user == roles["moderator"]
    assert ("member", "wiki.edited", "author") in told()


def test_saving_unchanged_writes_nothing(people):
    community, roles = people(openness="open")
    lesson = create_lesson(
        by=roles["member"], parent=community, title="T", why="<p>a</p>\n<p>b</p>", tags=["x"]
    )
    before = LessonPage.objects.values().get(pk=lesson.pk)

    changed = edit_lesson(
        by=roles["member"],
        page=lesson,
        seen_revision=lesson.latest_revision_id,
        title="T",
        why="<p>a</p>\r\n<p>b</p>",
        tags=["x"],
        authors=[roles["member"]],
        applies_to=[],
    )

    assert changed is False
    assert LessonPage.objects.values().get(pk=lesson.pk) == before
    assert lesson.revisions.count() == 1
    assert not Activity.objects.filter(verb="edited").exists()


def test_a_page_without_history_keeps_its_first_text_when_it_is_changed(people):
    community, roles = people(openness="open")
    article = make_article(community, "Imported", body="<p>old</p>")
    edit_article(by=roles["member"], page=article, seen_revision=None, body="<p>new</p>")
    bodies = [revision.content["body"] for revision in article.revisions.order_by("pk")]
    assert bodies == ["<p>old</p>", "<p>new</p>"]


def test_a_change_over_somebody_elses_is_refused_until_it_was_seen(people):
    community, roles = people(openness="open")
    article = create_article(by=roles["member"], parent=community, title="T", body="<p>0</p>")
    seen = article.latest_revision_id
    edit_article(by=roles["stranger"], page=article, seen_revision=seen, body="<p>1</p>")

    with pytest.raises(EditConflictError) as conflict:
        edit_article(by=roles["member"], page=article, seen_revision=seen, body="<p>2</p>")
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>1</p>"
    assert conflict.value.page.latest_revision.user == roles["stranger"]

    newest = conflict.value.page.latest_revision_id
    edit_article(by=roles["member"], page=article, seen_revision=newest, body="<p>2</p>")
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>2</p>"


def test_only_its_authors_and_moderators_change_a_lesson(people):
    community, roles = people(openness="open")
    lesson = make_lesson(community, author=roles["member"], why="<p>a</p>")
    with pytest.raises(PermissionDenied):
        edit_lesson(by=roles["stranger"], page=lesson, seen_revision=None, why="<p>b</p>")
    assert LessonPage.objects.get(pk=lesson.pk).why == "<p>a</p>"


def test_editing_an_unpublished_page_keeps_it_unpublished(people):
    community, roles = people(openness="open")
    article = create_article(by=roles["member"], parent=community, title="T", body="<p>0</p>")
    unpublish_page(by=roles["moderator"], page=article)
    article.refresh_from_db()
    edit_article(by=roles["member"], page=article, seen_revision=article.latest_revision_id, body="<p>1</p>")
    article = ArticlePage.objects.get(pk=article.pk)
    assert not article.live

    publish_page(by=roles["moderator"], page=article)

    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.live, article.body) == (True, "<p>1</p>")


@pytest.mark.parametrize("action", [unpublish_page, publish_page, delete_page])
def test_authors_cannot_withdraw_pages(people, action):
    community, roles = people(openness="open")
    lesson = make_lesson(community, author=roles["member"])
    with pytest.raises(PermissionDenied):
        action(by=roles["member"], page=lesson)
    assert LessonPage.objects.get(pk=lesson.pk).live


def test_deleting_takes_the_conversation_along(people):
    community, roles = people(openness="open")
    lesson = make_lesson(community)
    about = ContentType.objects.get_for_model(lesson)
    conversation = Conversation.objects.create(content_type=about, object_id=lesson.pk)

    delete_page(by=roles["lead"], page=lesson)

    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
    assert not Conversation.objects.filter(pk=conversation.pk).exists()
    assert Activity.objects.about(community).get().data == {"title": lesson.title, "page": lesson.pk}


def test_a_page_with_others_under_it_is_not_deleted(people):
    community, roles = people(openness="open")
    article = make_article(community)
    make_article(article)
    with pytest.raises(PagesBelowError):
        delete_page(by=roles["lead"], page=article)
    assert ArticlePage.objects.count() == 2
