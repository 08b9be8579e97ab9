"""Searching again: what is saved tells what is new, a result is put first, and what many look for is seen."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from search.actions.alerting import tell_what_is_new
from search.actions.asking import count_search
from search.models import AskedWords, Pin, SavedSearch
from support.indexing import index_all
from support.journeys import first_now, look, press, stands_at, tab_to

ENGLISH, DUTCH = "wide en light", "phone nl dark"
OTHERS = {ENGLISH: DUTCH, DUTCH: ENGLISH}
BOTH = pytest.mark.parametrize("words", first_now(ENGLISH, DUTCH))


@pytest.fixture
def buying(root, site):
    community = make_community("Buying", language="en")
    for title in ("We moved our suppliers", "Suppliers on paper", "Which suppliers we pay"):
        make_lesson(community, title, author=make_user(), language="en")
    index_all()
    return community


def fits(page):
    """Nothing sticks out to the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@BOTH
def test_a_search_is_saved_tells_what_is_new_and_is_removed(browser_page, buying, axe, words):
    reader = make_user("Tom")
    page = browser_page(**look(words), user=reader)
    page.goto("/search/?q=suppliers")
    tab_to(page, ".saving summary")
    page.keyboard.press("Enter")
    axe(page)
    fits(page)
    tab_to(page, ".saving__form select")
    page.locator(".saving__form select").select_option("new")
    press(page, ".saving__form button")
    stands_at(page, r"/search/\?q=suppliers")
    expect(page.locator("p.saving")).to_contain_text("suppliers")
    axe(page)

    make_lesson(buying, "Suppliers, and what we learnt", author=make_user("Ruth Peeters"), language="en")
    index_all()
    assert tell_what_is_new(timezone.now()) == 1
    page.goto("/inbox/")
    axe(page)
    fits(page)
    press(page, "main .rail__list a")
    stands_at(page, r"/search/\?q=suppliers&sort=newest")
    expect(page.get_by_role("link", name="Suppliers, and what we learnt")).to_be_visible()
    axe(page)
    press(page, "p.saving a")
    stands_at(page, "/search/yours/")
    tab_to(page, ".saved summary")
    page.keyboard.press("Enter")
    axe(page)
    fits(page)
    tab_to(page, ".saved input[name=name]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Whom we pay")
    press(page, ".saved .buttons .button:not(.button--quiet)")
    expect(page.locator(".saved h3")).to_have_text("Whom we pay")
    tab_to(page, ".saved summary")
    page.keyboard.press("Enter")
    press(page, ".saved .button--quiet")
    stands_at(page, "/search/yours/")
    expect(page.locator("main .empty-state")).to_be_visible()
    axe(page)
    assert not SavedSearch.objects.exists()


@BOTH
def test_a_result_is_put_first_and_taken_off_again(browser_page, buying, axe, words):
    ruth = make_member(buying, make_user("Ruth Peeters"), role="moderator").user
    page = browser_page(**look(words), user=ruth)
    page.goto("/search/?q=suppliers")
    last = page.locator("main .hit h3").last
    title = last.inner_text()
    form = page.locator("main .hit").last.locator(".hit__pin")
    kind, number = (form.locator(f"[name={name}]").get_attribute("value") for name in ("kind", "id"))
    mine = f".hit__pin:has([name=kind][value='{kind}']):has([name=id][value='{number}'])"
    tab_to(page, f"{mine} summary", limit=80)
    page.keyboard.press("Enter")
    expect(form.locator("[name=words]")).to_have_value("suppliers")
    axe(page)
    fits(page)
    tab_to(page, f"{mine} [name=words]")
    press(page, f"{mine} button")
    expect(page.locator("main .pinned h3")).to_have_text(title)
    assert page.locator("main .hit h3").all_inner_texts().count(title) == 1
    axe(page)
    fits(page)

    colleague = browser_page(**look(OTHERS[words]), user=make_user("Tom"))
    colleague.goto("/search/?q=suppliers")
    expect(colleague.locator("main .hit h3").first).to_have_text(title)
    assert colleague.locator(".hit__pin").count() == 0
    axe(colleague)
    colleague.goto("/search/?q=which+suppliers")
    expect(colleague.locator("main .hit h3").first).to_be_visible()
    assert colleague.locator(".pinned").count() == 0

    press(page, ".pinned .hit__pin button")
    expect(page.locator("main .hit h3").first).to_be_visible()
    assert (page.locator(".pinned").count(), Pin.objects.count()) == (0, 0)
    axe(page)
    page.goto("/moderation/log/")
    expect(page.get_by_text(re.compile("suppliers”: ")).first).to_be_visible()
    axe(page)


@BOTH
def test_a_person_is_put_first_is_told_and_takes_it_away(browser_page, buying, axe, words):
    moderator = make_member(buying, make_user("Tom"), role="moderator").user
    ruth = make_member(buying, make_user("Ruth Peeters")).user
    index_all()
    page = browser_page(**look(words), user=moderator)
    page.goto("/search/?q=Ruth+Peeters")
    mine = f".hit__pin:has([name=kind][value=person]):has([name=id][value='{ruth.pk}'])"
    tab_to(page, f"{mine} summary", limit=80)
    page.keyboard.press("Enter")
    page.locator(f"{mine} [name=words]").fill("suppliers")
    axe(page)
    fits(page)
    tab_to(page, f"{mine} button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/search/?q=suppliers")
    expect(page.locator("main .pinned h3")).to_have_text("Ruth Peeters")
    fits(page)

    pinned = browser_page(**look(OTHERS[words]), user=ruth)
    pinned.goto("/inbox/")
    press(pinned, "main .rail__list a")
    stands_at(pinned, r"/search/\?q=suppliers")
    expect(pinned.locator("main .pinned h3")).to_have_text("Ruth Peeters")
    axe(pinned)
    fits(pinned)
    pinned.goto(f"/people/{ruth.pk}/")
    expect(pinned.locator(".first-for")).to_contain_text("suppliers")
    axe(pinned)
    fits(pinned)
    press(pinned, ".first-for button")
    stands_at(pinned, f"/people/{ruth.pk}/")
    assert (pinned.locator(".first-for").count(), Pin.objects.count()) == (0, 0)
    pinned.goto("/inbox/")
    expect(pinned.locator("main .empty-state")).to_be_visible()

    page.reload()
    expect(page.locator("main .hit h3").first).to_be_visible()
    assert page.locator(".pinned").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("words", OTHERS)
def test_what_five_people_look_for_is_shown_and_seen_to(browser_page, buying, axe, words):
    ruth = make_member(buying, make_user("Ruth Peeters"), role="moderator").user
    for _number in range(4):
        count_search(text="zebra crossing", by=make_user(), found=False)
    page = browser_page(**look(words), user=ruth)
    page.goto("/moderation/asked/")
    expect(page.locator("main .empty-state")).to_be_visible()
    assert page.get_by_text("zebra").count() == 0
    axe(page)
    fits(page)

    fifth = browser_page(**look(OTHERS[words]), user=make_user("Tom"))
    fifth.goto("/search/?q=zebra+crossing")
    axe(fifth)
    asked = AskedWords.objects.filter(words="zebra crossing", askers=5)
    fifth.wait_for_timeout(50)
    for _time in range(100):
        if asked.exists():
            break
        fifth.wait_for_timeout(50)

    page.goto("/moderation/asked/")
    expect(page.locator("#not-found ~ ol h3")).to_have_text("zebra crossing")
    axe(page)
    fits(page)
    press(page, "main a[href*='/synonyms/add/']")
    expect(page.locator("main textarea")).to_have_value(re.compile("zebra crossing"))
    axe(page)

    page.goto("/moderation/")
    axe(page)
    press(page, "main .task a[href='/search/?q=zebra+crossing']")
    expect(page.locator("main p.small", has_text="zebra crossing")).to_be_visible()
    axe(page)
    fits(page)
    page.goto("/moderation/")
    press(page, "main button[formaction='/moderation/asked/settle/']")
    stands_at(page, "/moderation/")
    assert page.get_by_role("link", name="zebra crossing").count() == 0
    page.goto("/moderation/asked/")
    expect(page.locator("#most ~ ol li").first).to_contain_text("zebra crossing")
    axe(page)
