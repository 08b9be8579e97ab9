"""Reading a lesson and talking about it; people and one's own settings."""

import pytest

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.models import Comment
from kring.people.actions import add_skill
from kring.people.models import User
from support.journeys import first_now, look, say, stands_at, submit

TEXT = "<p>" + "A test with clean data told us what we hoped to hear. " * 40 + "</p>"


@pytest.mark.parametrize("words", first_now("wide en light", "phone nl dark"))
def test_a_lesson_is_read_and_its_author_hears_of_a_comment(browser_page, root, axe, run_tasks, words):
    community = make_community("Suppliers and Contracts")
    author = make_member(community, make_user("Femke de Vries")).user
    parts = {"planned": TEXT, "happened": TEXT, "why": TEXT, "learned": TEXT}
    lesson = make_lesson(community, "We paid 31 invoices twice", author=author, summary="In short.", **parts)
    reader = make_member(community, make_user("Daan Hofstra")).user

    page = browser_page(**look(words), user=reader)
    page.goto("/lessons/")
    axe(page)
    page.get_by_role("link", name=lesson.title).click()
    axe(page)
    if page.locator("kring-contents").is_visible():
        current = page.locator("kring-contents [aria-current]")
        assert current.count() == 0
        page.locator("#why").evaluate("part => part.scrollIntoView()")
        page.locator("kring-contents a[href='#why'][aria-current]").wait_for()
        assert current.count() == 1
    say(page, "Did it with meter data. Two hundred is too few.")
    axe(page)
    run_tasks()

    other = browser_page(**look(words), user=author)
    other.goto("/")
    other.locator(".header__inbox").click()
    other.get_by_text("Daan Hofstra").first.wait_for()
    axe(other)
    other.locator("main .person a").first.click()
    other.get_by_text("Two hundred is too few").wait_for()
    assert other.url.endswith(f"#c{Comment.objects.get().pk}")


@pytest.mark.parametrize("words", first_now("wide nl dark", "phone en light"))
def test_a_colleague_is_found_by_what_they_know(browser_page, root, axe, words):
    found = make_user("Katarzyna Nowak", headline="Permits", location="Antwerp")
    add_skill(person=found, by=found, label="Polish", direction="offers", level=5)
    make_user("Daan Hofstra")
    page = browser_page(**look(words), user=make_user("Anouk Peeters"))
    page.goto("/people/")
    axe(page)
    assert page.locator(".rows > .person").count() == 3
    if not page.locator("input[name=skill]").is_visible():
        page.locator(".narrow > summary").click()
    page.locator("input[name=skill]").fill("polish")
    with page.expect_navigation():
        page.locator(".narrow button[type=submit]").click()
    assert page.locator(".person__name").all_inner_texts() == ["Katarzyna Nowak"]
    axe(page)
    page.get_by_role("link", name="Katarzyna Nowak").click()
    stands_at(page, f"/people/{found.pk}/")
    assert page.locator("h1").inner_text() == "Katarzyna Nowak"
    axe(page)


@pytest.mark.parametrize("words", first_now("phone nl light", "wide en dark"))
def test_language_theme_and_zone_are_the_persons_own(browser_page, root, axe, words):
    options = look(words)
    user = make_user("Anouk Peeters")
    language = {"nl": "en", "en": "nl"}[options["language"]]
    theme = {"light": "dark", "dark": "light"}[options["theme"]]
    page = browser_page(**options, user=user)
    page.goto("/settings/")
    axe(page)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("select[name=language]").select_option(language)
    page.locator(f"input[name=theme][value={theme}]").check()
    page.locator("select[name=time_zone]").select_option("America/Paramaribo")
    submit(page)
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("data-theme")) == (language, theme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    assert "America/Paramaribo" in page.locator(".footer").inner_text()
    axe(page)
    user = User.objects.get()
    assert (user.language, user.theme, user.time_zone) == (language, theme, "America/Paramaribo")
