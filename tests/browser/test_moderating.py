"""From a report to a decision, an appeal and the way back, by keyboard alone."""

import pytest

from communities.models import CannedReply
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment, remove_comment
from kring.conversations.models import Appeal, Comment, Decision, Report
from support.journeys import first_now, look, press, stands_at, tab_to

OTHERS = {"wide en light": "phone nl dark", "phone nl light": "wide en dark"}
WORDS = "Say it about the matter, not about her."


@pytest.fixture
def place(root):
    """(community, question, people by name): Ruth and Bram look after it."""
    community = make_community("Suppliers")
    CannedReply.objects.create(community=community, title="Kindness", text=WORDS)
    people = {}
    for name, role in (("Ruth", "moderator"), ("Bram", "lead"), ("Tom", "member"), ("Anouk", "member")):
        people[name] = make_member(community, make_user(f"{name} Peeters"), role=role).user
    question = make_discussion(community, "May we keep the old numbers?", author=people["Anouk"])
    return community, question, people


@pytest.mark.parametrize("words", first_now(*OTHERS))
def test_what_is_reported_is_removed_appealed_and_brought_back(browser_page, place, axe, words):
    _community, question, people = place
    said = post_comment(target=question, by=people["Tom"], body="<p>Only a fool asks that.</p>")

    reader = browser_page(**look(words), user=people["Anouk"])
    reader.goto(question.get_absolute_url())
    tab_to(reader, f"#c{said.pk} .comment__more summary", 80)
    reader.keyboard.press("Enter")
    axe(reader)
    press(reader, f"#c{said.pk} a[href='/report/comment/{said.pk}/']")
    axe(reader)
    tab_to(reader, "main input[name=reason]")
    reader.keyboard.press("Space")
    press(reader, "main .button--primary")
    stands_at(reader, question.get_absolute_url())
    assert Report.objects.get().thing == said
    axe(reader)

    moderator = browser_page(**look(OTHERS[words]), user=people["Ruth"])
    moderator.goto("/inbox/")
    press(moderator, "main .person a")
    stands_at(moderator, "/moderation/")
    tab_to(moderator, ".task details summary")
    moderator.keyboard.press("Enter")
    tab_to(moderator, ".task select[name=canned]")
    axe(moderator)
    moderator.keyboard.type("K")
    moderator.wait_for_function("document.activeElement.matches('textarea[name=reason]')")
    press(moderator, ".task .button--danger")
    stands_at(moderator, "/moderation/")
    moderator.locator(".empty-state").wait_for()
    axe(moderator)
    removed = Decision.objects.get(verb="comment_removed")
    assert (removed.by, removed.reason) == (people["Ruth"], WORDS)
    assert Report.objects.get().state == "upheld"

    author = browser_page(**look(words), user=people["Tom"])
    author.goto("/inbox/")
    press(author, "main .person a")
    stands_at(author, f"/decisions/{removed.pk}/")
    assert author.get_by_text(WORDS).is_visible()
    assert author.get_by_text("Only a fool asks that.").is_visible()
    assert "Ruth" not in author.locator("main").inner_text()
    axe(author)
    tab_to(author, "main textarea[name=text]")
    author.keyboard.type("I meant myself.")
    press(author, "main .button--primary")
    axe(author)
    assert Appeal.objects.get().text == "I meant myself."

    lead = browser_page(**look(OTHERS[words]), user=people["Bram"])
    lead.goto("/moderation/")
    axe(lead)
    press(lead, ".task button[name=granted][value='1']")
    lead.locator(".empty-state").wait_for()
    assert Appeal.objects.get().state == "granted"
    said.refresh_from_db()
    assert not said.is_removed

    author.goto("/inbox/")
    press(author, "main .person a")
    axe(author)
    reader.goto(question.get_absolute_url())
    assert reader.locator(f"#c{said.pk} .prose").inner_text() == "Only a fool asks that."


@pytest.mark.parametrize("words", first_now("phone nl dark", "wide en light"))
def test_a_decision_is_undone_in_the_log(browser_page, place, axe, words):
    _community, question, people = place
    said = post_comment(target=question, by=people["Tom"], body="<p>Ask Anouk.</p>")
    remove_comment(comment=said, by=people["Ruth"], reason=WORDS)
    decision = Decision.objects.get()
    page = browser_page(**look(words), user=people["Bram"])
    page.goto("/moderation/")
    press(page, ".tabs a[href^='/moderation/log/']")
    axe(page)
    press(page, f"form[action='/decisions/{decision.pk}/undo/'] button")
    stands_at(page, "/moderation/log/")
    assert page.locator(f"form[action='/decisions/{decision.pk}/undo/']").count() == 0
    axe(page)
    press(page, f"main a[href='/decisions/{decision.pk}/']")
    axe(page)
    assert not Comment.objects.get().is_removed
