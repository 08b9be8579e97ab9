"""Without a mouse, script, connection or permission, and with the reader's own colours."""

import pytest

from communities.models import Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from support.journeys import first_now, look, stands_at, submit, tab_to


def test_a_question_is_asked_by_keyboard_alone(browser_page, root, axe):
    community = make_community("Suppliers")
    asker = make_member(community, make_user("Anouk Peeters")).user
    page = browser_page(user=asker)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    axe(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")

    page.goto("/")
    tab_to(page, ".header__create summary")
    page.keyboard.press("Enter")
    page.locator(".header__create .menu__list").wait_for()
    axe(page)
    page.keyboard.press("Escape")
    page.locator(".header__create .menu__list").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.header__create summary')")
    page.keyboard.press("Enter")
    tab_to(page, ".header__create a[href='/discussions/new/']")
    page.keyboard.press("Enter")
    stands_at(page, "/discussions/new/")

    page.locator(".rich-text__text").wait_for()
    tab_to(page, "input[name=title]")
    page.keyboard.type("May a supplier use our logo?")
    tab_to(page, "select[name=community]")
    page.keyboard.type("Suppliers")
    tab_to(page, "main .button--primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    stands_at(page, r"/discussions/\d+/")
    assert Discussion.objects.get().title == "May a supplier use our logo?"


@pytest.mark.parametrize("words", first_now("wide en light", "phone nl dark"))
def test_everything_works_before_any_script_has_run(browser_page, root, sign_in, words):
    community = make_community("Suppliers")
    question = make_discussion(community, "May we keep the old numbers?", body="<p>Well?</p>")
    user = make_user("Anouk Peeters", password="four common loose words")
    page = browser_page(**look(words), javascript=False)
    sign_in(page, user, "four common loose words")
    page.goto("/communities/")
    page.get_by_role("link", name="Suppliers").first.click()
    with page.expect_navigation():
        page.locator("form[action*=join] button").click()
    page.goto(question.get_absolute_url())
    page.locator("textarea[name=body]").fill("Yes, **all** of them.")
    submit(page, "#say")
    assert page.locator(".comment .prose strong").inner_text() == "all"
    page.locator(".header__me summary:visible, .bottom-bar summary:visible").last.click()
    assert page.locator(".menu__list:visible").count() == 1
    page.locator(".menu__list:visible form button").click()
    stands_at(page, "/accounts/login/")


def test_without_a_connection_a_page_of_the_site_says_so(browser_page, root, axe):
    page = browser_page(user=make_user(), allow=("failed (", "service-worker", "ERR_INTERNET_DISCONNECTED"))
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.context.set_offline(True)
    page.goto("/communities/")
    assert page.locator(".empty-state h1").count() == 1
    axe(page)
    page.context.set_offline(False)
    page.goto("/communities/")
    assert page.locator(".empty-state h1").count() == 0


@pytest.mark.parametrize("words", first_now("wide nl light", "phone en dark"))
def test_what_is_not_there_or_not_for_you_says_what_to_do(browser_page, root, axe, words):
    private = make_community("Board", openness="private")
    page = browser_page(**look(words), user=make_user(), allow=("answer 403", "answer 404"))
    for path, status in [
        ("/nothing/", 404),
        (private.get_absolute_url(), 404),
        ("/people/invitations/", 403),
    ]:
        assert (path, page.goto(path).status) == (path, status)
        assert page.locator("main .button--primary").count() == 1
        axe(page)


def test_with_the_readers_own_colours_the_current_part_and_the_next_step_stand_out(browser_page, root, axe):
    community = make_community("Suppliers")
    page = browser_page(user=make_user(), forced_colors="active")
    page.goto(community.get_absolute_url())
    axe(page)
    edge = "part => getComputedStyle(part).borderBottomColor"
    for parts in (".header__nav a", ".tabs a"):
        current, other = page.locator(f"{parts}[aria-current]"), page.locator(f"{parts}:not([aria-current])")
        assert current.first.evaluate(edge) != other.first.evaluate(edge)
    assert (
        page.locator(".button--primary").first.evaluate("one => getComputedStyle(one).borderTopWidth")
        == "3px"
    )
