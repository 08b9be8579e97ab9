"""What the other tests in this folder stand on."""

import asyncio

import pytest

from communities.models import CommunityPage
from factories.communities import make_community
from factories.people import make_user
from kring.people.models import User
from support.chromium import Watch, violations

PASSWORD = "a long enough one"


def test_the_site_sees_what_a_test_makes(browser_page, root, sign_in, axe):
    user = make_user("Anouk Peeters", password=PASSWORD)
    page = browser_page()
    sign_in(page, user, PASSWORD)
    assert page.locator("html").get_attribute("lang") == "en"
    axe(page)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nothing_is_left_for_the_next(turn, root):
    assert (User.objects.count(), CommunityPage.objects.count()) == (0, 0)
    make_community(turn, owner=make_user(turn))


def test_faults_are_seen(chromium, site):
    context = chromium.new_context(base_url=site)
    watch = Watch(context, site)
    page = context.new_page()
    page.goto("/nothing/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    with page.expect_event("requestfailed"):
        page.goto("data:text/html,<img src=https://example.invalid/a.png>")
    context.close()
    kinds = {line.partition(" ")[0] for line in watch.found}
    assert kinds == {"answer", "console:", "script:", "third", "failed"}


def test_what_keeps_people_out_is_said(browser_page):
    page = browser_page()
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('html').removeAttribute('lang')")
    assert [line.partition(" ")[0] for line in violations(page)] == ["html-has-lang"]


async def test_other_tests_may_run_a_loop():
    assert asyncio.get_running_loop().is_running()
