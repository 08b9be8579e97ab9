import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex

from factories.communities import make_community, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_article, make_lesson
from wiki.models import LessonPage
from wiki.permissions import can_edit, can_read, can_read_image, can_withdraw, can_write_in


def test_a_private_lesson_is_listed_for_members_only(root):
    community = make_community(openness="private")
    lesson = make_lesson(community)
    member, stranger = make_member(community).user, make_user()

    assert list(LessonPage.objects.visible_to(member)) == [lesson]
    assert list(LessonPage.objects.visible_to(stranger)) == []
    assert list(LessonPage.objects.visible_to(make_guest())) == []


READERS = {
    "open": {"member", "moderator", "lead", "stranger", "administrator"},
    "on_request": {"member", "moderator", "lead", "stranger", "administrator"},
    "private": {"member", "moderator", "lead", "administrator"},
}
WRITERS = READERS | {"on_request": {"member", "moderator", "lead", "administrator"}}
MODERATORS = {"moderator", "lead", "administrator"}


@pytest.mark.parametrize("openness", ["open", "on_request", "private"])
def test_who_may_do_what(people, openness):
    community, roles = people(openness=openness)
    lesson, article = make_lesson(community, author=roles["member"]), make_article(community)
    hidden = make_article(community)
    hidden.unpublish()

    def those(predicate, thing):
        return {role for role, user in roles.items() if predicate(user, thing)}

    assert those(can_read, lesson) == those(can_read, article) == READERS[openness]
    assert those(can_write_in, community) == WRITERS[openness]
    assert those(can_edit, article) == WRITERS[openness]
    assert those(can_edit, lesson) == MODERATORS | {"member"}
    assert those(can_read, hidden) == WRITERS[openness]
    assert those(can_withdraw, lesson) == MODERATORS


def test_an_author_who_lost_the_community_may_neither_read_nor_edit(people):
    community, roles = people(openness="private")
    lesson = make_lesson(community, author=roles["stranger"])
    assert not can_read(roles["stranger"], lesson)
    assert not can_edit(roles["stranger"], lesson)


def test_a_locked_page_is_for_moderators(people):
    community, roles = people(openness="open")
    article = make_article(community, locked=True)
    assert {role for role, user in roles.items() if can_edit(user, article)} == MODERATORS


def test_nobody_reads_what_lost_its_community(people):
    community, roles = people(openness="open")
    article = make_article(community)
    article.community = None
    assert not any(can_read(user, article) or can_edit(user, article) for user in roles.values())


@pytest.fixture
def image(db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return get_image_model().objects.create(title="Lift", file=get_test_image_file(filename="lift.png"))


def show(image, page):
    page.body = f'<embed embedtype="image" id="{image.pk}" alt="" format="fullwidth"/>'
    page.save()
    ReferenceIndex.create_or_update_for_object(page)


def test_an_image_is_for_those_who_may_read_a_page_with_it(people, image):
    community, roles = people(openness="private")
    show(image, make_article(community))
    rendition = image.get_rendition("width-10")

    for path in (image.file.name, rendition.file.name):
        allowed = {role for role, user in roles.items() if can_read_image(user, path)}
        assert allowed == {"member", "moderator", "lead", "administrator"}
    assert not can_read_image(AnonymousUser(), image.file.name)
    assert not can_read_image(roles["member"], "images/other.png")


def test_an_image_of_an_unpublished_page_is_hidden(people, image):
    community, roles = people(openness="open")
    article = make_article(community)
    show(image, article)
    assert can_read_image(roles["stranger"], image.file.name)
    article.unpublish()
    assert not can_read_image(roles["stranger"], image.file.name)


def test_an_image_on_no_page_is_for_its_uploader(people, image):
    _, roles = people(openness="open")
    image.uploaded_by_user = roles["member"]
    image.save()
    assert can_read_image(roles["member"], image.file.name)
    assert not can_read_image(roles["lead"], image.file.name)
