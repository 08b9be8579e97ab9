"""A live room, from its announcement to what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Discussion
from factories.communities import make_community, make_member
from factories.people import make_user
from support.journeys import first_now, look, say, stands_at, submit

OTHERS = {"wide en light": "phone nl dark", "phone nl light": "wide en dark"}
MOMENT = "%Y-%m-%dT%H:%M"


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_a_room_is_announced_begun_asked_in_answered_and_closed(browser_page, root, axe, words):
    community = make_community("Suppliers")
    lead = make_member(community, make_user("Bram Peeters"), role="lead").user
    host = make_member(community, make_user("Ruth Adeyemi")).user
    kim = make_member(community, make_user("Kim Bos")).user

    page = browser_page(**look(words), user=lead, allow=("answer 400",))
    page.goto(community.get_absolute_url())
    page.locator("main a[href^='/discussions/room/']").click()
    page.locator("input[name=title]").fill("Ask Ruth anything")
    page.locator("textarea[name=hosts]").fill("Ruud Adeyemi")
    begins = timezone.localtime() + timedelta(days=1)
    page.locator("input[name=starts_at]").fill(begins.strftime(MOMENT))
    page.locator("input[name=ends_at]").fill((begins + timedelta(hours=1)).strftime(MOMENT))
    axe(page)
    submit(page)
    page.locator("[aria-invalid=true]").first.wait_for()
    assert page.locator("textarea[name=hosts]").input_value() == "Ruud Adeyemi"
    assert page.locator("input[name=title]").input_value() == "Ask Ruth anything"
    assert page.locator("input[name=starts_at]").input_value() == begins.strftime(MOMENT)
    axe(page)
    page.locator("textarea[name=hosts]").fill("Ruth Adeyemi")
    submit(page)
    stands_at(page, r"/discussions/\d+/")
    page.locator(".live").wait_for()
    axe(page)
    room = Discussion.objects.get()
    assert (room.kind, list(room.hosts.all())) == ("room", [host])

    answers = browser_page(**look(words), user=host)
    answers.goto("/inbox/")
    axe(answers)
    Discussion.objects.filter(pk=room.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    answers.locator("main .person a").first.click()
    stands_at(answers, room.get_absolute_url())
    asks = browser_page(**look(OTHERS[words]), user=kim)
    asks.goto(community.get_absolute_url())
    axe(asks)
    asks.locator(".rooms .live a").click()
    say(asks, "Do the old numbers stay?")
    answers.locator("kring-talk article .prose", has_text="Do the old numbers stay?").wait_for()
    axe(asks)
    answers.locator("kring-talk article a[href^='?reply=']").first.click()
    answers.locator("#reply .rich-text__text").click()
    answers.keyboard.type("Yes, with a 4 in front.")
    answers.locator("#reply button[type=submit].button--primary").click()
    asks.locator("kring-talk article .prose", has_text="Yes, with a 4 in front.").wait_for()
    axe(asks)
    axe(answers)

    page.goto(room.get_absolute_url())
    page.locator(".page__head .menu summary").click()
    axe(page)
    page.locator(f".menu__list a[href='/discussions/{room.pk}/close/']").click()
    page.locator("textarea[name=resolution]").fill("The old numbers stay, with a 4 in front.")
    axe(page)
    submit(page)
    assert "The old numbers stay" in page.locator("main .notice", has_text="4 in front").inner_text()
    assert page.locator("#say").count() == 0
    axe(page)
    asks.goto(room.get_absolute_url())
    assert asks.get_by_text("The old numbers stay, with a 4 in front.").is_visible()
    axe(asks)
