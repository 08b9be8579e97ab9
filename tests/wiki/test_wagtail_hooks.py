import pytest
from django.contrib.auth.models import Permission

from factories.communities import make_community
from factories.people import make_admin, make_user
from factories.wiki import make_article, make_lesson
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def permit(user, *codenames):
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))


@pytest.mark.parametrize(
    "codenames,status",
    [
        ((), 403),
        (("access_admin",), 403),
        (("access_admin", "read_everything"), 200),
    ],
)
def test_the_administration_is_for_those_who_may_read_everything(client, root, codenames, status):
    user = make_user()
    permit(user, *codenames)
    client.force_login(user)
    assert client.get("/admin/").status_code == status


def test_a_page_made_in_the_administration_belongs_to_the_community_above_it(root):
    community = make_community()
    article = make_article(community)
    lesson = LessonPage(title="T")
    article.add_child(instance=lesson)
    assert LessonPage.objects.get().community == community


def test_publishing_an_old_draft_keeps_the_page_in_its_community(root):
    old, new = make_community(), make_community()
    article = make_article(old, body="<p>x</p>")
    article.save_revision()
    ArticlePage.objects.filter(pk=article.pk).update(community=new, source_hash="abc")

    ArticlePage.objects.get().latest_revision.publish()

    article = ArticlePage.objects.get()
    assert (article.community, article.source_hash) == (new, "abc")


def test_moving_a_page_takes_what_stands_under_it_along(client, root):
    old, new = make_community(), make_community(openness="private")
    above = make_article(old)
    make_article(above)
    make_lesson(above)
    client.force_login(make_admin())

    response = client.post(f"/admin/pages/{above.pk}/move/{new.pk}/confirm/")

    assert response.status_code == 302
    assert {page.community for page in ArticlePage.objects.all()} == {new}
    assert LessonPage.objects.get().community == new


def test_an_administrator_edits_a_lesson_in_wagtail(client, root):
    lesson = make_lesson(make_community(), why="<p>a</p>")
    client.force_login(make_admin())
    assert client.get(f"/admin/pages/{lesson.pk}/edit/").status_code == 200


def test_only_the_administration_may_use_inline_scripts(client, root):
    client.force_login(make_admin())
    policies = [client.get(path).headers["Content-Security-Policy"] for path in ("/admin/", "/inbox/")]
    assert ["'unsafe-inline'" in policy for policy in policies] == [True, False]


@pytest.mark.parametrize(
    "path", ["/admin/pages/", "/admin/images/", "/admin/reports/site-history/", "/admin/users/"]
)
def test_an_administrator_finds_the_way_in_the_administration(client, root, path):
    make_lesson()
    client.force_login(make_admin())
    assert client.get(path).status_code == 200
