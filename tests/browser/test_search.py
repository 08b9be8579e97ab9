"""From the first key to the result, by keyboard and by finger."""

import pytest
from playwright.sync_api import expect

from factories.communities import make_community, make_discussion
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from support.indexing import index_all

TITLE = "We moved 1,412 suppliers in one night"


@pytest.fixture
def lesson(root, site):
    community = make_community("Buying", language="en")
    made = make_lesson(
        community, TITLE, author=make_user("Femke de Vries"), language="en", outcome="failure",
        happened="<p>Invoices were paid twice.</p>",
    )  # fmt: skip
    make_lesson(make_community("Balie", language="nl"), "Twee leverancierslijsten", language="nl")
    make_article(community, "Which suppliers we pay", body="<h2>The gate</h2><p>A supplier signs.</p>")
    for number in range(12):
        make_discussion(community, f"Who tells suppliers about step {number}?", language="en")
    index_all()
    return made


def box(page):
    return page.get_by_role("combobox")


def type_in(page, words):
    box(page).press_sequentially(words)
    expect(page.locator(".suggestions")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("listbox")).to_be_visible()


@pytest.mark.parametrize(
    "width, language, theme", [(1280, "en", "light"), (390, "en", "dark"), (390, "nl", "light")]
)
def test_half_a_word_with_a_typo_finds_the_lesson(browser_page, lesson, axe, width, language, theme):
    page = browser_page(width=width, theme=theme, user=make_user(language=language))
    page.goto("/lessons/")
    type_in(page, "movd supplirs nigh")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    option = page.get_by_role("option").first
    expect(option).to_contain_text(TITLE)
    expect(option.locator("mark").first).to_be_visible()
    axe(page)
    panel, seen = page.locator(".suggestions").bounding_box(), page.viewport_size
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= seen["width"]
    assert panel["y"] + panel["height"] <= seen["height"]
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert page.url.endswith(lesson.get_absolute_url())


def test_the_keys_go_around_and_escape_closes(browser_page, lesson):
    page = browser_page(user=make_user(language="en"))
    page.goto("/search/")
    expect(box(page)).to_be_focused()
    type_in(page, "supplier")
    options = page.get_by_role("option")
    assert options.count() == 7
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.last).to_have_text("See all results for “supplier”")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("supplier")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_the_number_is_announced_and_nothing_old_stays(browser_page, lesson):
    page = browser_page(user=make_user(language="en"))
    page.goto("/")
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    type_in(page, "invoices")
    expect(page.locator("suggest-box [role=status]")).to_have_text("1 result. Choose with the arrow keys.")
    box(page).fill("qqqq zzzz")
    expect(page.get_by_text("Nothing found yet. Type on, or leave a word out.")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    box(page).fill("")
    expect(page.get_by_role("listbox")).to_have_count(0)
    type_in(page, "signs")
    page.locator(".footer__row > p").click()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_an_answer_that_comes_late_is_not_shown(browser_page, lesson):
    """The first answer is held back until the second stands there."""
    page = browser_page(user=make_user(language="en"))
    page.goto("/lessons/")
    held = []
    page.route("**/search/suggest/?q=signs", lambda route: held.append(route))
    with page.expect_request("**/search/suggest/?q=signs"):
        box(page).fill("signs")
    type_in(page, " invoices")
    box(page).fill("invoices")
    expect(page.get_by_role("option").first).to_contain_text(TITLE)
    for route in held:
        route.abort()
    expect(page.get_by_role("option").first).to_contain_text(TITLE)


def test_a_finger_opens_what_is_found(browser_page, lesson):
    page = browser_page(width=390, height=844, has_touch=True, user=make_user(language="en"))
    page.goto("/search/")
    expect(box(page)).not_to_be_focused()
    box(page).tap()
    type_in(page, "invoices")
    page.get_by_role("option").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
@pytest.mark.parametrize(
    "address",
    ["/search/", "/search/?q=suplier", "/search/?q=supplier&kind=question", "/search/?q=zzyzx+qqqq",
     "/search/?q=femke&kind=person", "/search/?q=supplier&kind=community"],
)  # fmt: skip
def test_pages_keep_nobody_out(browser_page, lesson, axe, address, width, theme):
    page = browser_page(width=width, theme=theme, user=make_user(language="en"))
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_is_narrowed_shared_and_taken_back(browser_page, lesson, javascript):
    page = browser_page(user=make_user(language="en"), javascript=javascript)
    page.goto("/")
    page.locator("#q").fill("supplier")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("14 results for supplier")
    page.get_by_role("link", name="All 12 questions").click()
    expect(page.get_by_role("checkbox", name="Questions")).to_be_checked()
    page.get_by_role("checkbox", name="Lessons").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("13 results for supplier")
    assert "/search/?kind=question&kind=lesson&" in page.url
    page.locator(".facets").get_by_role("link", name="Lessons take away").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 results for supplier")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("13 results for supplier")
    expect(page.locator("#q")).to_have_value("supplier")
