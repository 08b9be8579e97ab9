"""A lesson that was told before, and a question that was asked twice."""

import pytest
from playwright.sync_api import expect

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.models import Decision
from search.learning import learn
from search.models import NotAlike
from support import subjects
from support.indexing import index_all
from support.journeys import first_now, look, press, stands_at

BODY = "<p>The pressure in the pipe falls when the pump starts, and the valve leaks.</p>"
TITLE = "The pump loses pressure when it starts"
OTHERS = {"wide en light": "phone nl dark", "phone en dark": "wide nl light"}


@pytest.fixture
def works(root, site):
    """(lesson, moderator, the later of two questions)"""
    community = make_community("Water works", language="en")
    moderator = make_member(community, make_user("Ruth Peeters", language="en"), role="moderator").user
    for number, (_name, words) in enumerate(subjects.texts(12)):
        make_lesson(community, f"{' '.join(words[:3])} {number}", summary=" ".join(words), language="en")
    lesson = make_lesson(community, TITLE, happened=BODY, language="en", author=moderator)
    make_discussion(community, f"Why? {TITLE}", body=BODY, language="en")
    later = make_discussion(community, f"{TITLE}, why?", body=BODY, language="en")
    index_all()
    assert learn()
    return lesson, moderator, later


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_what_is_the_same_is_seen_and_set_apart(browser_page, works, axe, words):
    lesson, moderator, later = works
    page = browser_page(**look(words), user=moderator)
    page.goto("/lessons/new/")
    page.locator("input[name=title]").press_sequentially("Pump without pressure")
    page.locator(".before__list a").filter(has_text="loses pressure").first.wait_for()
    axe(page)
    page.goto(lesson.get_absolute_url())
    aside = page.locator(".rail__list a").filter(has_text="loses pressure").first
    expect(aside).to_be_visible()
    axe(page)

    page.goto("/moderation/")
    item = page.locator(f"[id^='alike-question-{later.pk}-']")
    expect(item).to_be_visible()
    axe(page)
    item.locator("a[href*=merge]").click()
    stands_at(page, f"/discussions/{later.pk}/merge/")
    expect(page.locator("input[name=choice]:checked")).to_have_count(1)
    axe(page)
    page.go_back()
    press(page, f"[id^='alike-question-{later.pk}-'] button[name=pair]", 200)
    stands_at(page, "/moderation/")
    expect(item).to_have_count(0)
    axe(page)
    assert NotAlike.objects.get().by == moderator
    page.goto("/moderation/log/")
    axe(page)
    page.locator(".decided form button").first.click()
    page.wait_for_load_state()
    assert (NotAlike.objects.count(), Decision.objects.get().undone_by) == (0, moderator)


def test_without_script_a_lesson_is_compared_by_a_button(browser_page, works):
    _lesson, moderator, _later = works
    page = browser_page(user=moderator, javascript=False)
    page.goto("/lessons/new/")
    page.locator("input[name=title]").fill("Pump without pressure")
    page.locator("button[name=look]").click()
    expect(page.locator(".before__list a").filter(has_text="loses pressure").first).to_be_visible()
    expect(page.locator("input[name=title]")).to_have_value("Pump without pressure")
