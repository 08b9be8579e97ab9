"""Coming into a community, and how one is handed over, put away, opened again and merged."""

import pytest

from communities.models import CommunityPage, Invite, JoinRequest, Membership
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from support.journeys import first_now, look, stands_at, submit

OTHERS = {"phone nl dark": "wide en light", "wide nl light": "phone en dark"}


def role_of(user, community):
    return Membership.objects.filter(user=user, community=community).values_list("role", flat=True).first()


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_one_asks_to_be_let_in_and_is_answered_from_the_queue(browser_page, root, axe, words):
    community = make_community("Suppliers", openness="on_request")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    kim = make_user("Kim Bos")

    page = browser_page(**look(words), user=kim)
    page.goto(community.get_absolute_url())
    axe(page)
    page.locator("details.unfold summary").click()
    page.locator("textarea[name=message]").fill("I buy for the new office.")
    axe(page)
    submit(page, "details.unfold form")
    stands_at(page, community.get_absolute_url())
    axe(page)
    assert JoinRequest.objects.get().message == "I buy for the new office."

    other = browser_page(**look(OTHERS[words]), user=lead)
    other.goto("/moderation/")
    assert other.locator(".task blockquote").inner_text() == "I buy for the new office."
    other.locator(".task details summary").click()
    other.locator(".task textarea[name=answer]").fill("Good that you come.")
    axe(other)
    with other.expect_navigation():
        other.locator(".task .button--primary").click()
    stands_at(other, "/moderation/")
    axe(other)
    assert role_of(kim, community) == "member"

    page.goto("/inbox/")
    axe(page)
    page.locator("main .person a").first.click()
    stands_at(page, community.get_absolute_url())
    page.locator("#membership").wait_for()
    axe(page)


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_an_invitation_is_written_and_followed(browser_page, root, axe, words):
    community = make_community("Board", summary="What we decide.", openness="private")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    kim = make_user("Kim Bos")

    page = browser_page(**look(words), user=lead, allow=("answer 400",))
    page.goto(community.get_absolute_url())
    page.locator(f"a[href='/communities/{community.pk}/invite/']").first.click()
    page.locator("input[name=person]").fill("Kim Boss")
    page.locator("textarea[name=message]").fill("You know more about it than we do.")
    submit(page)
    assert page.locator("[aria-invalid=true]").input_value() == "Kim Boss"
    assert page.locator("textarea[name=message]").input_value() == "You know more about it than we do."
    axe(page)
    page.locator("input[name=person]").fill("Kim Bos")
    submit(page)
    axe(page)
    assert Invite.objects.get().user == kim

    other = browser_page(**look(OTHERS[words]), user=kim)
    other.goto("/inbox/")
    axe(other)
    other.locator("main .person a").first.click()
    stands_at(other, f"/communities/{community.pk}/invitation/")
    assert other.get_by_text("You know more about it than we do.").is_visible()
    axe(other)
    with other.expect_navigation():
        other.locator("button[name=answer][value=accept]").click()
    stands_at(other, community.get_absolute_url())
    axe(other)
    assert role_of(kim, community) == "member"


@pytest.mark.parametrize("words", first_now("wide en dark", "phone nl light"))
def test_the_leadership_is_handed_over(browser_page, root, axe, words):
    community = make_community("Suppliers")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    bram = make_member(community, make_user("Bram Peeters")).user
    page = browser_page(**look(words), user=lead)
    page.goto(community.get_absolute_url())
    page.locator(f"a[href='/communities/{community.pk}/hand-over/']").click()
    page.locator("input[name=person]").fill("Bram Peeters")
    page.locator("input[name=stay][value=moderator]").check()
    axe(page)
    submit(page)
    stands_at(page, community.get_absolute_url())
    axe(page)
    assert (role_of(lead, community), role_of(bram, community)) == ("moderator", "lead")
    assert page.locator(f"a[href='/communities/{community.pk}/hand-over/']").count() == 0


@pytest.mark.parametrize("words", first_now("phone nl light", "wide en dark"))
def test_a_community_is_archived_and_opened_again(browser_page, root, axe, words):
    community = make_community("Suppliers")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    question = make_discussion(community, "Who signs?", author=make_user("Kim Bos"))
    page = browser_page(**look(words), user=lead)
    page.goto(community.get_absolute_url())
    page.locator(f"a[href='/communities/{community.pk}/archive/']").click()
    axe(page)
    with page.expect_navigation():
        page.locator("main .button--danger").click()
    page.locator(".archived").wait_for()
    axe(page)
    page.goto(question.get_absolute_url())
    assert page.locator("#say").count() == 0
    axe(page)
    page.goto(community.get_absolute_url())
    page.locator(".archived a").click()
    stands_at(page, f"/communities/{community.pk}/open-again/")
    axe(page)
    submit(page)
    assert page.locator(".archived").count() == 0
    axe(page)
    page.goto(question.get_absolute_url())
    page.locator("#say").wait_for()
    assert CommunityPage.objects.get(pk=community.pk).archived_at is None


@pytest.mark.parametrize("words", first_now("wide nl dark", "phone en light"))
def test_two_communities_are_merged(browser_page, root, axe, words):
    one, other = make_community("Suppliers"), make_community("Contracts")
    lead = make_member(one, make_user("Ruth Adeyemi"), role="lead").user
    make_member(other, lead, role="lead")
    kim = make_member(one, make_user("Kim Bos")).user
    question = make_discussion(one, "Who signs?", author=kim)
    old = one.get_absolute_url()
    page = browser_page(**look(words), user=lead)
    page.goto(old)
    page.locator(f"a[href='/communities/{one.pk}/merge/']").click()
    axe(page)
    page.locator("select[name=into]").select_option(label="Contracts")
    submit(page)
    axe(page)
    with page.expect_navigation():
        page.locator("main .button--danger").click()
    stands_at(page, other.get_absolute_url())
    axe(page)
    page.goto(old)
    stands_at(page, other.get_absolute_url())
    page.goto(question.get_absolute_url())
    assert page.locator(".page__path a").first.inner_text() == "Contracts"
    assert role_of(kim, other) == "member"
