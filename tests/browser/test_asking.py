"""A question from the directory to the answer that helped."""

import pytest

from communities.models import Discussion, Membership
from factories.communities import make_community, make_member
from factories.people import make_user
from support.journeys import first_now, look, say, stands_at, submit, write

ASKER = {"wide en dark": "phone nl light", "phone en light": "wide nl dark"}


@pytest.mark.parametrize("words", first_now(*ASKER))
def test_a_question_is_asked_answered_and_solved(browser_page, root, axe, run_tasks, words):
    community = make_community("Suppliers and Contracts", summary="For everyone who buys, agrees or pays.")
    knows = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    asker = make_user("Anouk Peeters")

    page = browser_page(**look(words), user=asker)
    page.goto("/communities/")
    axe(page)
    page.get_by_role("link", name=community.title).click()
    stands_at(page, "/communities/suppliers")
    axe(page)
    page.locator("form[action*=join] button").click()
    page.locator("#membership").wait_for()
    assert Membership.objects.get(user=asker).community == community
    axe(page)

    page.locator("a[href^='/discussions/new/']:visible").first.click()
    axe(page)
    page.locator("input[name=title]").fill("Can we keep the old supplier numbers?")
    write(page, "The new system wants eight digits.")
    page.locator("select[name=community]").select_option(label=community.title)
    submit(page)
    stands_at(page, r"/discussions/\d+/")
    axe(page)
    question = Discussion.objects.get()
    assert (question.title, question.author) == ("Can we keep the old supplier numbers?", asker)

    run_tasks()
    other = browser_page(**look(ASKER[words]), user=knows)
    other.goto("/inbox/")
    axe(other)
    other.locator("main .person a").first.click()
    stands_at(other, r"/discussions/\d+/")
    say(other, "Yes, put a 4 in front of them.")
    axe(other)
    run_tasks()

    page.goto("/")
    page.locator(".waiting__item .button--primary").click()
    stands_at(page, r"/discussions/\d+/")
    page.go_back()
    page.locator(".header__inbox").click()
    axe(page)
    page.locator("main .person a").first.click()
    page.locator("button[form^=accept-]").click()
    page.locator(".answer__label").wait_for()
    axe(page)
    question.refresh_from_db()
    assert question.state == Discussion.State.SOLVED
