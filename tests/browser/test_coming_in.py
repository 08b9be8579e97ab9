"""Signing in, coming in by an invitation, a forgotten password, the first visit."""

import pytest
from django.core import mail

from factories.communities import make_community
from factories.people import make_admin, make_user
from factories.wiki import make_lesson
from kring.people.models import User
from support.journeys import first_now, link_in, look, stands_at, submit

PASSWORD = "four common loose words"


@pytest.mark.parametrize("words", first_now("wide en light", "phone nl dark"))
def test_a_wrong_password_then_the_right_one(browser_page, root, axe, words):
    user = make_user("Anouk Peeters", password=PASSWORD)
    page = browser_page(**look(words))
    page.goto("/lessons/")
    stands_at(page, "/accounts/login/")
    axe(page)
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill("something else")
    submit(page, ".entrance form:has(input[name=login])")
    assert page.locator("[role=alert]").count() == 1
    assert page.locator("input[name=login]").input_value() == user.email
    axe(page)
    page.locator("input[name=password]").fill(PASSWORD)
    submit(page, ".entrance form:has(input[name=login])")
    stands_at(page, "/lessons/")
    axe(page)


def test_an_invitation_by_mail_makes_an_account(browser_page, root, axe):
    administrator = make_admin(name="Ada Beheer", language="en")
    page = browser_page(**look("wide nl dark"), user=administrator)
    page.goto("/people/invitations/")
    page.locator("input[name=email]").fill("zoe@example.org")
    page.locator("select[name=language]").select_option("nl")
    submit(page)
    axe(page)
    (message,) = mail.outbox

    page = browser_page(**look("phone nl light"))
    page.goto(link_in(message))
    axe(page)
    page.locator("input[name=name]").fill("Zoë Jansen")
    page.locator("input[name=password]").fill(PASSWORD)
    submit(page, ".entrance form")
    page.goto("/")
    assert "Zoë" in page.locator("h1").inner_text()
    axe(page)
    assert User.objects.get(email="zoe@example.org").name == "Zoë Jansen"


def test_a_forgotten_password_is_replaced_by_mail(browser_page, root, axe, sign_in):
    user = make_user("Anouk Peeters", password="was forgotten long ago", language="en")
    page = browser_page(**look("phone en light"))
    page.goto("/accounts/login/")
    page.locator("a[href*=reset]").click()
    axe(page)
    page.locator("input[name=email]").fill(user.email)
    submit(page, ".entrance form")
    axe(page)
    page.goto(link_in(mail.outbox[0]))
    axe(page)
    page.locator("input[name=password1]").fill(PASSWORD)
    if page.locator("input[name=password2]").count():
        page.locator("input[name=password2]").fill(PASSWORD)
    submit(page, ".entrance form")
    axe(page)
    page.context.clear_cookies()
    sign_in(page, user, PASSWORD)
    stands_at(page, "/$")


@pytest.mark.parametrize("words", first_now("wide nl light", "phone en dark"))
def test_a_first_visit_is_a_list_of_small_steps(browser_page, root, axe, words):
    options = look(words)
    community = make_community("Suppliers")
    make_lesson(community, "Two firms, one boiler")
    user = make_user("Ilse Goossens")
    page = browser_page(**options, user=user)
    page.goto("/")
    steps = page.locator(".first-week > li")
    assert (steps.count(), page.locator(".first-week .is-done").count()) == (5, 0)
    axe(page)
    page.locator(".first-week .is-next .button").click()
    stands_at(page, "/settings/")
    page.locator("select[name=language]").select_option(options["language"])
    submit(page)
    axe(page)
    page.goto("/")
    assert page.locator(".first-week .is-done").count() == 1
    assert page.locator(".seats .is-full").count() == 1
    page.locator(".first-week .is-next .button").click()
    stands_at(page, f"/people/{user.pk}/edit/")
    axe(page)
    page.goto("/")
    page.locator("form[action*=hide] button").click()
    page.locator(".first-week").wait_for(state="detached")
