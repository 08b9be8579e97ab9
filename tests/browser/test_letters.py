"""Writing to somebody whose name nobody sees, and two who open the seal together."""

import pytest

from communities.actions import start_discussion
from communities.models import Discussion
from factories.communities import make_community, make_member
from factories.people import make_user
from kring.conversations.actions import block_anonymous
from kring.conversations.models import Seal, SealBlock, SealOpening
from kring.notifications.models import Notification
from support.journeys import look, stands_at, submit, write

OTHERS = {"phone nl light": "wide en dark", "wide en light": "phone nl dark"}
NAME = "Wilhelmina Zonneschijn"


def nameless(page):
    """The author's name stands nowhere in it."""
    assert [part for part in NAME.split() if part in page.content()] == []


def first_of_inbox(page):
    page.goto("/inbox/")
    page.locator("main .person a").first.click()


@pytest.mark.slow
@pytest.mark.parametrize("words", OTHERS)
def test_a_moderator_writes_to_whoever_asked_and_two_leads_open_the_seal(browser_page, root, axe, words):
    community = make_community("Suppliers", allows_anonymous=True)
    bram, ruth = (make_member(community, make_user(name), role="lead").user for name in ("Bram", "Ruth"))
    asker = make_member(community, make_user(NAME)).user

    page = browser_page(**look(words), user=asker)
    page.goto(f"/discussions/new/?community={community.pk}")
    page.locator("input[name=title]").fill("How do I say that I broke it?")
    write(page, "The numbers are gone.")
    page.locator("input[name=anonymous]").check()
    submit(page)
    stands_at(page, r"/discussions/\d+/")
    axe(page)
    question, seal = Discussion.objects.get(), Seal.objects.get()
    assert (question.author, question.is_anonymous) == (None, True)

    lead = browser_page(**look(OTHERS[words]), user=bram)
    lead.goto(question.get_absolute_url())
    nameless(lead)
    lead.locator("#react .comment__more summary").click()
    axe(lead)
    lead.locator(f"main a[href='/letters/{seal.pk}/']").first.click()
    axe(lead)
    lead.locator("textarea[name=text]").fill("Nobody is angry. Which numbers?")
    submit(lead)
    axe(lead)
    nameless(lead)

    first_of_inbox(page)
    stands_at(page, f"/letters/{seal.pk}/")
    assert page.get_by_text("Nobody is angry. Which numbers?").is_visible()
    assert "Bram" not in page.locator("main").inner_text()
    axe(page)
    page.locator("textarea[name=text]").fill("Those of October.")
    submit(page)
    axe(page)

    first_of_inbox(lead)
    stands_at(lead, f"/letters/{seal.pk}/")
    assert lead.get_by_text("Those of October.").is_visible()
    nameless(lead)
    lead.locator(f"form[action='/letters/{seal.pk}/block/'] button").click()
    lead.locator(f"form[action='/letters/{seal.pk}/block/']").wait_for(state="detached")
    assert SealBlock.objects.count() == 1
    axe(lead)
    lead.goto("/moderation/log/")
    nameless(lead)
    axe(lead)
    first_of_inbox(page)
    axe(page)

    lead.goto(f"/letters/{seal.pk}/")
    lead.locator("main details summary").last.click()
    lead.locator("textarea[name=reason]").fill("The books close tonight.")
    axe(lead)
    with lead.expect_navigation():
        lead.locator(f"form[action='/letters/{seal.pk}/ask/'] button").click()
    nameless(lead)
    axe(lead)

    second = browser_page(**look(words), user=ruth)
    first_of_inbox(second)
    stands_at(second, f"/letters/{seal.pk}/")
    nameless(second)
    axe(second)
    with second.expect_navigation():
        second.locator("button[name=agree][value='1']").click()
    assert second.get_by_text(NAME).is_visible()
    axe(second)
    assert SealOpening.objects.get().agreed_by == ruth
    lead.reload()
    assert lead.get_by_text(NAME).is_visible()

    page.goto("/inbox/")
    told = Notification.objects.filter(recipient=asker).latest("pk")
    assert told.kind == "seal.opened"
    page.locator(f"main .person a[href='/inbox/{told.pk}/']").wait_for()
    axe(page)


def test_who_is_asked_for_their_own_name_reads_so_when_asking_again(browser_page, root, axe):
    community = make_community("Suppliers", allows_anonymous=True)
    lead = make_member(community, make_user("Bram"), role="lead").user
    asker = make_member(community, make_user(NAME)).user
    start_discussion(by=asker, community=community, kind="question", title="How?", anonymous=True)
    block_anonymous(seal=Seal.objects.get(), by=lead)
    page = browser_page(**look("phone nl dark"), user=asker, allow=("answer 400",))
    page.goto(f"/discussions/new/?community={community.pk}")
    page.locator("input[name=title]").fill("And how do I say that I broke it again?")
    write(page, "Also those of November.")
    page.locator("input[name=anonymous]").check()
    submit(page)
    page.locator("main [role=alert]").first.wait_for()
    assert page.locator("input[name=title]").input_value() == "And how do I say that I broke it again?"
    page.locator(".rich-text__text", has_text="Also those of November.").wait_for()
    axe(page)
    page.locator("input[name=anonymous]").uncheck()
    submit(page)
    stands_at(page, r"/discussions/\d+/")
    assert Discussion.objects.latest("pk").author == asker
