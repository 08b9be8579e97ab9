"""Words that mean the same: added, tried, removed and put back by keyboard; then found by a colleague."""

import pytest

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from search.models import Synonyms
from support.indexing import index_all
from support.journeys import first_now, look, press, stands_at, tab_to

OTHERS = {"wide en light": "phone nl dark", "phone nl light": "wide en dark"}
LIST = "/moderation/synonyms/"


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_words_are_kept_and_found(browser_page, root, axe, words):
    community = make_community("Archive", language="nl")
    make_lesson(community, "De Wet open overheid in het kort", language="nl")
    index_all()
    ruth = make_member(community, make_user("Ruth Peeters"), role="moderator").user

    page = browser_page(**look(words), user=ruth, allow=("answer 400",))
    page.goto(LIST)
    axe(page)
    press(page, f"main .empty-state a[href='{LIST}add/']")
    stands_at(page, f"{LIST}add/")
    tab_to(page, "main textarea")
    page.keyboard.type("WOO")
    press(page, "main .button--primary")
    page.locator(".field__error").wait_for()
    axe(page)
    tab_to(page, "main textarea")
    page.keyboard.press("Control+End")
    page.keyboard.type(", Wet open overheid")
    page.locator("main select").select_option("nl")
    press(page, "main .button--primary")
    page.locator("ol.alike").wait_for()
    axe(page)
    tab_to(page, "#try")
    page.keyboard.type("woo verzoek")
    page.keyboard.press("Enter")
    page.get_by_text("Wet open overheid").last.wait_for()
    axe(page)

    press(page, f"main a[href='{LIST}{Synonyms.objects.get().pk}/remove/']")
    axe(page)
    press(page, "main .button--danger")
    page.locator(".alike__back").wait_for()
    assert Synonyms.objects.count() == 0
    axe(page)
    press(page, ".alike__back button")
    stands_at(page, f"{LIST}log/")
    assert Synonyms.objects.get().words == "WOO, Wet open overheid"
    axe(page)

    reader = browser_page(**look(OTHERS[words]), user=make_user("Tom"))
    reader.goto("/search/?q=woo")
    reader.locator("main .hit mark").first.wait_for()
    axe(reader)
    press(reader, "main a[href='?q=woo&typed=1']")
    stands_at(reader, "/search/")
    axe(reader)
    assert reader.locator("main .hit").count() == 0
