import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.actions import curate
from communities.models import CommunityPage, CuratedItem, Membership
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_front_page_shows_what_waits_and_what_other_parts_have(client, as_):
    made = as_("staff", summary="For whoever buys.", purpose="<p>Paint too.</p>", rules="<p>Be brief.</p>")
    make_discussion(made.community, "Solved already", kind="question", state="solved")
    make_lesson(made.community, "The contract that renewed itself")
    make_article(made.community, "How buying works")
    made.who("lead")

    page = client.get(made.community.get_absolute_url())

    assert [one.title for one in page.context["waiting"]] == ["May we keep the old numbers?"]
    assert [one.title for one in page.context["latest"]] == ["Solved already"]
    for words in ("For whoever buys.", "Paint too.", "Be brief.", "Lessons lately", "How buying works"):
        assert words in text(page)
    assert [(tab["label"], tab["current"]) for tab in page.context["tabs"]] == [
        ("Front page", True),
        ("Conversations", False),
        ("Lessons", False),
        ("Articles", False),
        ("Members", False),
    ]
    assert [user.name for user in page.context["leads"]] == ["lead"]


def test_an_empty_community_teaches(client, as_):
    made = as_("lead")
    made.question.delete()
    page = text(client.get(made.community.get_absolute_url()))
    assert "Nobody has asked anything here yet" in page
    assert "What should somebody new read first?" in page


def test_the_curated_list_shows_only_what_the_reader_may_open(client, as_):
    made = as_("staff")
    secret = make_lesson(make_community("Closed", openness="private"), "Secret lesson")
    elsewhere = make_lesson(make_community("Buying"), "Elsewhere")
    draft = make_lesson(made.community, "Draft lesson", live=False)
    for page in (secret, elsewhere, draft):
        CuratedItem.objects.create(community=made.community, page=page.page_ptr, why=f"why {page.title}")
    curate(community=made.community, by=made.who("lead"), url="https://example.org/", title="Link")

    shown = client.get(made.community.get_absolute_url())

    found = [one["title"] for one in shown.context["curated"]]
    assert "Secret lesson" not in text(shown)
    assert "Draft lesson" not in text(shown)
    assert found[-1] == "Link"


@pytest.mark.parametrize("who", ["member", "lead", "moderator"])
def test_who_belongs_can_leave_and_need_not_join(client, as_, who):
    made = as_(who)
    page = text(client.get(made.community.get_absolute_url()))
    assert "/leave/" in page
    assert f"/communities/{made.number}/join/" not in page


def test_joining_by_the_button(client, as_):
    made = as_("staff")
    address = f"/communities/{made.number}/join/"
    assert address in text(client.get(made.community.get_absolute_url()))
    for _ in range(2):
        response = client.post(address, follow=True)
        assert response.redirect_chain == [(made.community.get_absolute_url(), 302)]
    assert Membership.objects.filter(user=made.who("staff")).count() == 1
    assert client.get(address).status_code == 405


def test_who_cannot_join_can_ask_to_be_let_in(client, as_):
    made = as_("staff", "on_request")
    made.who("lead")
    page = text(client.get(made.community.get_absolute_url()))
    assert "Ask to be let in" in page
    assert f"/communities/{made.number}/request/" in page
    response = client.post(f"/communities/{made.number}/join/", follow=True)
    assert "Only members write in this community." in said(response)[0]
    assert not Membership.objects.filter(user=made.who("staff")).exists()


def test_leaving_is_asked_first_and_a_private_one_is_gone_then(client, as_):
    made = as_("member", "private")
    address = f"/communities/{made.number}/leave/"
    assert "you no longer see it at all" in text(client.get(address))
    response = client.post(address, follow=True)
    assert response.redirect_chain == [("/communities/", 302)]
    assert said(response) == ["You left Suppliers."]
    assert client.get(made.community.get_absolute_url()).status_code == 404
    assert client.get(address).status_code == 404


def test_the_last_lead_is_told_what_to_do_first(client, as_):
    made = as_("lead")
    response = client.post(f"/communities/{made.number}/leave/")
    assert response.status_code == 400
    assert "Make another member lead first" in text(response)
    assert Membership.objects.filter(user=made.who("lead")).exists()


def test_who_does_not_belong_has_nothing_to_leave(client, as_):
    made = as_("staff")
    response = client.get(f"/communities/{made.number}/leave/")
    assert response["Location"] == made.community.get_absolute_url()


def test_the_level_is_kept(client, as_):
    made = as_("member")
    address = f"/communities/{made.number}/level/"
    client.post(address, {"level": "mine"})
    assert Membership.objects.get(user=made.who("member")).level == "mine"
    assert "You hear about answers and replies to you." in text(client.get(made.community.get_absolute_url()))
    assert said(client.post(address, {"level": "loud"}, follow=True)) == ["Choose one of the four."]
    client.force_login(made.who("staff"))
    assert client.post(address, {"level": "mine"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["", "members/", "join/", "leave/", "level/", "edit/", "front-page/", "members/add/", "front-page/1/"],
)
def test_a_private_community_is_not_there_for_strangers(client, as_, path):
    made = as_("staff", "private")
    address = f"/communities/{made.number}/{path}" if path else made.community.get_absolute_url()
    method = client.post if path in {"join/", "level/", "members/add/"} else client.get
    assert method(address).status_code == 404
    assert method(f"/communities/99999/{path or 'members/'}").status_code == 404


def test_its_talk_is_not_there_for_strangers_either(client, circle):
    from kring.conversations.actions import post_comment

    made = circle("private")
    comment = post_comment(target=made.question, by=made.who("member"), body="<p>Hm.</p>")
    client.force_login(made.who("staff"))
    number = made.question.pk
    for address in (
        f"/discussions/{number}/",
        made.question.get_absolute_url(),
        f"/discussions/{number}/edit/",
        f"/comments/{comment.pk}/",
        f"/comments/{comment.pk}/edit/",
        f"/comments/{comment.pk}/delete/",
        f"/talk/discussion/{number}/",
        f"/talk/discussion/{number}/pace/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/discussions/{number}/accept/", {"answer": comment.pk}).status_code == 404
    listed = client.get("/discussions/")
    assert listed.context["page"].paginator.count == 0
    assert listed.context["facets"] == []


def test_only_leads_edit_and_only_administrators_found(client, circle):
    made = circle()
    statuses = {}
    for who in ("administrator", "lead", "moderator", "member", "staff"):
        client.force_login(made.who(who))
        statuses[who] = (
            client.get(f"/communities/{made.number}/edit/").status_code,
            client.get("/new-community/").status_code,
        )
    assert statuses == {
        "administrator": (200, 200),
        "lead": (200, 403),
        "moderator": (403, 403),
        "member": (403, 403),
        "staff": (403, 403),
    }


def test_a_community_is_founded_by_form_and_nothing_typed_is_lost(client, as_):
    as_("administrator")
    sent = {
        "title": "",
        "summary": "For testers.",
        "purpose": "We *test*.",
        "rules": "- Be kind",
        "openness": "private",
        "tag_words": "testing, forms",
        "language": "en",
    }
    response = client.post("/new-community/", sent)
    assert response.status_code == 400
    for words in ("For testers.", "We *test*.", "- Be kind", "testing, forms"):
        assert words in text(response)
    assert not CommunityPage.objects.filter(summary="For testers.").exists()

    response = client.post("/new-community/", sent | {"title": "Testing"})
    made = CommunityPage.objects.get(title="Testing")
    assert response["Location"] == made.get_absolute_url()
    assert made.purpose == "<p>We <em>test</em>.</p>"
    assert (made.openness, made.tags) == ("private", ["testing", "forms"])


def test_too_many_tags_are_refused(client, as_):
    made = as_("lead")
    many = ", ".join(f"tag{number}" for number in range(21))
    response = client.post(f"/communities/{made.number}/edit/", {"tag_words": many})
    assert "Twenty tags are the most" in text(response)
    assert many in text(response)


def test_the_front_page_is_curated_by_buttons_alone(client, as_):
    made = as_("moderator")
    lesson = make_lesson(made.community, "A lesson")
    base = f"/communities/{made.number}/front-page/"
    client.post(base, {"page": lesson.pk, "why": "Short."})
    client.post(base, {"url": "https://example.org/", "title": "A link"})
    first, second = CuratedItem.objects.order_by("sort_order")
    client.post(f"{base}{second.pk}/move/", {"to": "up"})
    assert list(CuratedItem.objects.order_by("sort_order")) == [second, first]
    page = text(client.get(base))
    assert page.index("A link") < page.index("A lesson")
    response = client.post(f"{base}{second.pk}/", {"url": "https://example.org/", "title": "Changed"})
    assert response["Location"] == base
    client.post(f"{base}{first.pk}/remove/")
    assert [str(item) for item in CuratedItem.objects.all()] == ["Changed"]
    assert client.get(f"{base}{first.pk}/").status_code == 404


def test_a_curated_thing_is_a_page_or_an_address_and_what_was_typed_stays(client, as_):
    made = as_("moderator")
    lesson = make_lesson(made.community)
    base = f"/communities/{made.number}/front-page/"
    both = client.post(base, {"page": lesson.pk, "url": "https://example.org/", "why": "Because"})
    assert both.status_code == 400
    assert "one of the two" in text(both)
    assert "Because" in text(both)
    assert "Give the address a title" in text(client.post(base, {"url": "https://example.org/"}))
    assert client.post(base, {"url": "javascript:alert(1)", "title": "x"}).status_code == 400
    foreign = make_lesson(make_community("Closed", openness="private"))
    assert client.post(base, {"page": foreign.pk}).status_code == 400
    assert CuratedItem.objects.count() == 0


def test_the_item_of_another_community_is_not_there(client, as_):
    made = as_("moderator")
    other = CuratedItem.objects.create(community=make_community(), url="https://example.org/", title="x")
    base = f"/communities/{made.number}/front-page/{other.pk}/"
    assert client.get(base).status_code == 404
    assert client.post(f"{base}remove/").status_code == 404
    assert client.post(f"{base}move/").status_code == 404


def names(client, made, query=""):
    page = client.get(f"/communities/{made.number}/members/?{query}").context["page"]
    return [row.user.name for row in page]


def test_members_stand_by_role_and_are_found_by_name(client, as_):
    made = as_("member")
    made.who("lead"), made.who("moderator")
    make_member(made.community, make_user("Gone", is_active=False))
    assert names(client, made) == ["lead", "moderator", "Anouk Peeters", "member"]
    assert names(client, made, "words=peet") == ["Anouk Peeters"]
    assert names(client, made, "role=lead") == ["lead"]
    assert names(client, made, "role=king") == ["lead", "moderator", "Anouk Peeters", "member"]
    page = text(client.get(f"/communities/{made.number}/members/"))
    assert "Let somebody in" not in page
    assert b"No member fits" in client.get(f"/communities/{made.number}/members/?words=zzz").content


def test_leads_manage_members_and_others_do_not(client, circle):
    made = circle()
    member = made.who("member")
    base = f"/communities/{made.number}/members/"
    posts = (
        (f"{base}add/", {"person": "x", "role": "member"}),
        (f"{base}{member.pk}/role/", {"role": "lead"}),
        (f"{base}{member.pk}/remove/", {}),
    )
    for who in ("moderator", "member", "staff"):
        client.force_login(made.who(who))
        assert [client.post(address, data).status_code for address, data in posts] == [403, 403, 403]
    client.force_login(made.who("lead"))
    assert "Let somebody in" in text(client.get(base))
    response = client.post(f"{base}{member.pk}/role/", {"role": "moderator"}, follow=True)
    assert said(response) == ["The role of member is changed."]
    assert client.post(f"{base}{member.pk}/role/", {"role": "king"}).status_code == 404
    assert "Remove member?" in text(client.get(f"{base}{member.pk}/remove/"))
    response = client.post(f"{base}{member.pk}/remove/", follow=True)
    assert said(response) == ["member is no longer a member."]
    assert client.get(f"{base}{member.pk}/remove/").status_code == 404


def test_the_last_lead_stays_lead(client, as_):
    made = as_("lead")
    own = made.who("lead").pk
    base = f"/communities/{made.number}/members/{own}/"
    for response in (
        client.post(f"{base}role/", {"role": "member"}, follow=True),
        client.post(f"{base}remove/", follow=True),
    ):
        assert "A community needs somebody who looks after it." in said(response)[0]
    assert Membership.objects.get(user=own).role == "lead"


def test_somebody_is_let_in_by_name_or_address(client, as_):
    made = as_("lead", "private")
    make_user("Tom Willems", email="tom@example.org")
    make_user("Tom Willemsen", email="other@example.org")
    base = f"/communities/{made.number}/members/add/"
    client.post(base, {"person": "tom willems", "role": "moderator"})
    client.post(base, {"person": " OTHER@example.org ", "role": "member"})
    roles = dict(Membership.objects.filter(user__name__startswith="Tom").values_list("user__name", "role"))
    assert roles == {"Tom Willems": "moderator", "Tom Willemsen": "member"}
    for typed, problem in (
        ("Tom", "Several people are called that"),
        ("Nobody Here", "Nobody here is called that"),
        ("tom@example.org", "is a member already"),
    ):
        response = client.post(base, {"person": typed, "role": "member"})
        assert response.status_code == 400
        assert problem in text(response)
        assert f'value="{typed}"' in text(response)


@pytest.mark.parametrize("path", ["", "members/"])
def test_pages_of_a_community_cost_the_same_with_few_and_many(client, as_, path):
    made = as_("lead")
    address = f"/communities/{made.number}/{path}" if path else made.community.get_absolute_url()

    def fill(times):
        for number in range(times):
            make_member(made.community)
            one = make_discussion(made.community, author=make_user(), kind="question")
            one.tags.add(f"tag {number}")
            make_discussion(made.community, author=make_user(), kind="discussion")
            make_lesson(made.community, author=make_user())
            make_article(made.community, author=make_user())
            CuratedItem.objects.create(community=made.community, url="https://example.org/", title="x")

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    fill(5)
    queries()
    few = queries()
    fill(6)
    assert queries() == few
