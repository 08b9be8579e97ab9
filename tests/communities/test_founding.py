import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import (
    create_community,
    curate,
    edit_community,
    edit_item,
    ensure_root,
    move_item,
    uncurate,
)
from communities.actions.curating import MOST_ITEMS
from communities.models import CommunitiesPage, CommunityPage, CuratedItem, Membership
from factories.people import make_admin, make_user
from factories.wiki import make_article, make_lesson
from kring.activity.models import Activity

pytestmark = pytest.mark.django_db


def titles(community):
    rows = CuratedItem.objects.filter(community=community).order_by("sort_order")
    return [row.title or row.page.title for row in rows]


def test_an_administrator_founds_a_community_and_leads_it(root):
    by = make_admin()
    made = create_community(by=by, title="Suppliers & Contracts", openness="private", tags=["contracts"])

    made = CommunityPage.objects.get(pk=made.pk)
    assert made.live
    assert made.get_absolute_url() == "/communities/suppliers-contracts/"
    assert (made.openness, made.tags, made.owner) == ("private", ["contracts"], by)
    assert made.latest_revision == made.live_revision
    assert list(Membership.objects.values_list("community", "user", "role")) == [(made.pk, by.pk, "lead")]
    assert [(fact.verb, fact.audience) for fact in Activity.objects.about(made)] == [
        ("founded", made.audience)
    ]
    again = create_community(by=by, leads=[make_user("Tom")], title="Suppliers & Contracts")
    assert again.slug == "suppliers-contracts-2"
    assert [row.user.name for row in again.memberships.all()] == ["Tom"]
    assert create_community(by=by, title="!!!").slug == "community"


@pytest.mark.parametrize("who", ["lead", "moderator", "staff", "reader of everything", "signed out"])
def test_nobody_else_founds_one(circle, who):
    made = circle()
    with pytest.raises(PermissionDenied):
        create_community(by=made.who(who), title="Ours")
    assert list(CommunityPage.objects.all()) == [made.community]


def test_leads_change_what_it_says_about_itself(circle):
    made = circle(summary="Old")
    lead = made.who("lead")

    assert edit_community(community=made.community, by=lead, summary="Old", title="Suppliers") is False
    assert Activity.objects.about(made.community).count() == 0
    assert edit_community(community=made.community, by=lead, summary="New", openness="private") is True

    page = CommunityPage.objects.get()
    assert (page.summary, page.openness) == ("New", "private")
    assert page.get_latest_revision_as_object().summary == "New"
    with pytest.raises(PermissionDenied):
        edit_community(community=made.community, by=made.who("moderator"), summary="Mine")
    with pytest.raises(TypeError):
        edit_community(community=made.community, by=lead, owner=lead)


def test_a_form_sent_back_as_it_was_changes_nothing(client, as_):
    purpose = "<p>Paint, <b>hours</b>.</p><ul><li>One</li><li>Two</li></ul>"
    made = as_("lead", purpose=purpose, rules="<p>First.</p><p>Second.</p>", tags=["contracts", "Paint"])
    before = CommunityPage.objects.get()
    address = f"/communities/{made.number}/edit/"
    form = client.get(address).context["form"]
    given = {field.html_name: field.value() for field in form}
    rendered = {name: form[name].field.widget.format_value(value) for name, value in given.items()}
    sent = {name: rendered[name] or "" for name in rendered} | {
        "openness": "open",
        "language": "en",
        "form": "practice",
    }
    sent = {name: value.replace("\n", "\r\n") for name, value in sent.items()}

    response = client.post(address, sent, follow=True)

    assert [str(message) for message in response.context["messages"]] == ["Nothing was changed."]
    after = CommunityPage.objects.get()
    assert (after.purpose, after.rules, after.tags) == (before.purpose, before.rules, before.tags)
    assert after.latest_revision == before.latest_revision


def test_the_root_is_made_once(root):
    assert ensure_root() == ensure_root() == CommunitiesPage.objects.get()


def test_curated_things_keep_their_order(circle):
    made = circle()
    by, community = made.who("moderator"), made.community
    lesson = make_lesson(community, "A lesson")
    curate(community=community, by=by, page=lesson.page_ptr, why="Short.")
    link = curate(community=community, by=by, url="https://example.org/", title="A link")
    last = curate(community=community, by=by, page=make_article(community, "An article").page_ptr)
    assert titles(community) == ["A lesson", "A link", "An article"]

    move_item(item=last, by=by, up=True)
    assert titles(community) == ["A lesson", "An article", "A link"]
    move_item(item=last, by=by, up=True)
    move_item(item=last, by=by, up=True)
    move_item(item=link, by=by, up=False)
    assert titles(community) == ["An article", "A lesson", "A link"]
    edit_item(item=link, by=by, title="Another title", why="Still right")
    uncurate(item=last, by=by)
    assert titles(community) == ["A lesson", "Another title"]
    # The administration edits from the same state.
    revision = CommunityPage.objects.get().get_latest_revision_as_object()
    assert [item.title for item in revision.curated_items.all()] == ["", "Another title"]


def test_what_leads_nowhere_or_stands_there_already_is_refused(circle):
    made = circle()
    by, community = made.who("lead"), made.community
    page = make_lesson(community).page_ptr
    curate(community=community, by=by, page=page)
    for wrong in ({"page": page}, {"url": "javascript:alert(1)", "title": "x"}, {"title": "Nothing"}):
        with pytest.raises(ValidationError):
            curate(community=community, by=by, **wrong)
    for number in range(1, MOST_ITEMS):
        curate(community=community, by=by, url=f"https://example.org/{number}", title="x")
    with pytest.raises(ValidationError):
        curate(community=community, by=by, url="https://example.org/more", title="x")
    assert CuratedItem.objects.count() == MOST_ITEMS


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything", "guest"])
def test_only_moderators_curate(circle, who):
    made = circle()
    item = curate(community=made.community, by=made.who("lead"), url="https://example.org/", title="x")
    for change in (
        lambda by: curate(community=made.community, by=by, url="https://example.org/2", title="y"),
        lambda by: edit_item(item=item, by=by, title="y"),
        lambda by: move_item(item=item, by=by, up=True),
        lambda by: uncurate(item=item, by=by),
    ):
        with pytest.raises(PermissionDenied):
            change(made.who(who))
    assert titles(made.community) == ["x"]
