from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from communities.actions import (
    add_chapter,
    archive_community,
    discuss_chapter,
    edit_chapter,
    move_chapter,
    remove_chapter,
)
from communities.models import Chapter, CommunityPage, Discussion

pytestmark = pytest.mark.django_db

SENT = {"title": "Chapter 3", "source": "Peopleware", "url": "https://example.org/", "discussed_on": ""}


def text(response):
    return response.content.decode()


def titles(community):
    return [one.title for one in Chapter.objects.filter(community=community).order_by("sort_order")]


def listed(made, *names, by="moderator"):
    return [add_chapter(community=made.community, by=made.who(by), title=name) for name in names]


def test_chapters_keep_their_order(circle):
    made = circle(form="think_club")
    first, second, third = listed(made, "One", "Two", "Three")
    by = made.who("lead")
    move_chapter(chapter=third, by=by, up=True)
    move_chapter(chapter=first, by=by, up=True)
    assert titles(made.community) == ["One", "Three", "Two"]
    edit_chapter(chapter=second, by=by, title="2", source="Peopleware")
    remove_chapter(chapter=first, by=by)
    assert titles(made.community) == ["Three", "2"]
    # The administration edits from the same state.
    revision = CommunityPage.objects.get().get_latest_revision_as_object()
    assert [one.title for one in revision.chapters.all()] == ["Three", "2"]
    with pytest.raises(TypeError):
        edit_chapter(chapter=second, by=by, discussion=None)
    with pytest.raises(ValidationError):
        edit_chapter(chapter=second, by=by, url="javascript:alert(1)")


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything"])
def test_only_those_who_look_after_it_keep_the_list(circle, who):
    made = circle()
    (chapter,) = listed(made, "One")
    by = made.who(who)
    for change in (
        lambda: add_chapter(community=made.community, by=by, title="Mine"),
        lambda: edit_chapter(chapter=chapter, by=by, title="Mine"),
        lambda: move_chapter(chapter=chapter, by=by, up=True),
        lambda: remove_chapter(chapter=chapter, by=by),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert titles(made.community) == ["One"]


def test_the_discussion_about_a_chapter_begins_once(circle):
    made = circle("on_request")
    chapter = add_chapter(
        community=made.community,
        by=made.who("lead"),
        title="Slack",
        source="Peopleware & more",
        url="https://example.org/a?b=1&c=2",
    )
    with pytest.raises(PermissionDenied):
        discuss_chapter(chapter=chapter, by=made.who("staff"))
    first = discuss_chapter(chapter=chapter, by=made.who("member"))
    assert discuss_chapter(chapter=chapter, by=made.who("lead")) == first
    assert (first.kind, first.title, first.author) == ("discussion", "Slack", made.who("member"))
    assert "Peopleware &amp; more" in first.body
    assert 'href="https://example.org/a?b=1&amp;c=2"' in first.body
    archive_community(community=made.community, by=made.who("lead"))
    Chapter.objects.update(discussion=None)
    with pytest.raises(PermissionDenied):
        discuss_chapter(chapter=chapter, by=made.who("lead"))


def test_the_front_page_shows_what_is_read_now(client, as_):
    made = as_("member", form="think_club")
    today = timezone.localdate()
    past, later, soon = listed(made, "Past", "Later", "Soon")
    for chapter, days in ((past, -1), (later, 9), (soon, 2)):
        Chapter.objects.filter(pk=chapter.pk).update(discussed_on=today + timedelta(days=days))
    front = client.get(made.community.get_absolute_url())
    assert front.context["next_chapter"] == soon
    assert "What we read now" in text(front)
    labels = [tab["label"] for tab in front.context["tabs"]]
    assert labels[:3] == ["Front page", "Conversations", "Reading list"]
    Chapter.objects.filter(pk=soon.pk).update(discussed_on=None)
    assert client.get(made.community.get_absolute_url()).context["next_chapter"] == later
    Chapter.objects.update(discussed_on=today - timedelta(days=1))
    assert "Nothing is planned at the moment." in text(client.get(made.community.get_absolute_url()))


def test_other_forms_have_no_reading_list_on_their_front_page(client, as_):
    made = as_("member")
    page = client.get(made.community.get_absolute_url())
    assert "What we read now" not in text(page)
    assert "Reading list" not in [tab["label"] for tab in page.context["tabs"]]


def test_the_list_is_kept_by_buttons_alone(client, as_):
    made = as_("moderator", form="think_club")
    base = f"/communities/{made.number}/reading/"
    assert "Nothing is on the list yet" in text(client.get(base))
    refused = client.post(base, SENT | {"title": "", "discussed_on": "tomorrow"})
    assert refused.status_code == 400
    for words in ("Peopleware", "https://example.org/", "tomorrow"):
        assert words in text(refused)
    for title in ("Chapter 3", "Chapter 4"):
        assert client.post(base, SENT | {"title": title})["Location"] == base
    first, second = Chapter.objects.order_by("sort_order")
    client.post(f"{base}{second.pk}/move/", {"to": "up"})
    assert titles(made.community) == ["Chapter 4", "Chapter 3"]
    assert "Peopleware" in text(client.get(f"{base}{first.pk}/"))
    assert client.post(f"{base}{first.pk}/", SENT | {"title": ""}).status_code == 400
    client.post(f"{base}{first.pk}/", SENT | {"discussed_on": "2031-05-14"})
    page = text(client.get(base))
    assert "We talk about it on 14 May 2031." in page
    assert "Read now" in page
    begun = client.post(f"{base}{first.pk}/discuss/")
    made_one = Discussion.objects.get(title="Chapter 3")
    assert begun["Location"] == made_one.get_absolute_url()
    assert "What we said about it" in text(client.get(base))
    client.post(f"{base}{first.pk}/remove/")
    assert titles(made.community) == ["Chapter 4"]
    assert client.post(f"{base}{first.pk}/remove/").status_code == 404
    assert Discussion.objects.filter(pk=made_one.pk).exists()


def test_members_read_the_list_and_strangers_of_a_private_one_do_not(client, as_):
    made = as_("member", "private", form="think_club")
    (chapter,) = listed(made, "One")
    base = f"/communities/{made.number}/reading/"
    page = text(client.get(base))
    assert "Start the discussion" in page
    assert "Add a chapter" not in page
    assert client.post(base, SENT).status_code == 403
    assert client.get(f"{base}{chapter.pk}/").status_code == 403
    client.force_login(made.who("staff"))
    for address in (base, f"{base}{chapter.pk}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{base}{chapter.pk}/discuss/").status_code == 404


@pytest.mark.parametrize("url", ["not an address", "ftp://example.org/", "javascript:alert(1)"])
def test_a_wrong_address_comes_back_with_what_was_typed(client, as_, url):
    made = as_("moderator", form="think_club")
    (chapter,) = listed(made, "One")
    for path in (f"/communities/{made.number}/reading/", f"/communities/{made.number}/reading/{chapter.pk}/"):
        answer = client.post(path, {**SENT, "url": url})
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["url"]
        assert 'value="Peopleware"' in text(answer)
    assert titles(made.community) == ["One"]
