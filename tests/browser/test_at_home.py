"""A coffee with a colleague, and how a community is doing."""

import pytest
from django.utils import timezone

from communities.actions.coffee import hold_round, like_coffee, round_on
from communities.models import CoffeeWish
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment
from kring.people.models import Team
from support.journeys import first_now, look, stands_at, submit


@pytest.mark.parametrize("words", first_now("phone nl light", "wide en dark"))
def test_one_likes_a_coffee_and_hears_with_whom(browser_page, root, axe, words):
    dyers, weavers = Team.add_root(name="Dyers"), Team.add_root(name="Weavers")
    anouk, tom = make_user("Anouk Peeters", team=dyers), make_user("Tom Willems", team=weavers)
    like_coffee(by=tom)
    page = browser_page(**look(words), user=anouk)
    page.goto("/coffee/")
    axe(page)
    submit(page, "form[action='/coffee/wish/']")
    assert CoffeeWish.objects.filter(user=anouk, paused=False).exists()
    axe(page)
    hold_round(number=round_on(timezone.localdate()), now=timezone.now())
    page.goto("/inbox/")
    axe(page)
    page.locator("main .person a").first.click()
    stands_at(page, "/coffee/")
    assert page.get_by_role("link", name="Tom Willems").is_visible()
    axe(page)
    with page.expect_navigation():
        page.locator("form[action='/coffee/met/'] button").click()
    assert page.locator("form[action='/coffee/met/'] button[value=no]").count() == 1
    axe(page)
    other = browser_page(**look("wide en light"), user=tom)
    other.goto("/coffee/")
    assert other.get_by_text("You met: said on").is_visible()
    axe(other)


@pytest.mark.parametrize("words", first_now("wide nl dark", "phone en light"))
def test_a_lead_reads_figures_about_five_people_or_more(browser_page, root, axe, words):
    community = make_community("Suppliers")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    talk = make_discussion(community, "Which index?", kind="discussion", author=lead)
    people = [make_member(community, make_user(f"Reader {number}")).user for number in range(3)]
    for by in people:
        post_comment(target=talk, by=by, body="<p>October.</p>")
    page = browser_page(**look(words), user=lead)
    page.goto(community.get_absolute_url())
    page.locator(f"main a[href='/communities/{community.pk}/health/']").click()
    stands_at(page, f"/communities/{community.pk}/health/")
    assert page.locator(".figure__few").count() == page.locator(".figure").count() == 5
    assert page.locator(".figure__now").count() == 0
    axe(page)
    for number in range(3, 6):
        by = make_member(community, make_user(f"Reader {number}")).user
        post_comment(target=talk, by=by, body="<p>November.</p>")
    page.reload()
    assert page.locator(".figure__now").first.inner_text().startswith("100%")
    assert "Reader" not in page.locator("main").inner_text()
    axe(page)
