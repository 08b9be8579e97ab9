"""What one does with the words of others stands in one row, also on a phone."""

import pytest

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment, react
from kring.conversations.models import Comment
from support.journeys import first_now, look

# Where the visible parts of each row begin, from the top.
TOPS = """rows => rows.map(row => new Set([...row.children]
  .filter(part => part.checkVisibility() && part.getBoundingClientRect().height > 2)
  .map(part => Math.round(part.getBoundingClientRect().top / 8))).size)"""


@pytest.mark.parametrize("words", first_now("phone nl dark", "phone en light", "wide en dark"))
def test_actions_stand_in_one_row(browser_page, root, axe, words):
    community = make_community("Suppliers")
    lead = make_member(community, make_user("Ruth Adeyemi"), role="lead").user
    asker = make_member(community, make_user("Anouk Peeters")).user
    question = make_discussion(community, "May we keep them?", author=asker, body="<p>Well?</p>", score=12)
    answer = post_comment(target=question, by=lead, body="<p>Yes.</p>", kind="answer")
    post_comment(target=question, by=asker, body="<p>Thanks.</p>", parent=answer)
    post_comment(target=question, by=make_user("Kim Bos"), body="<p>No.</p>", kind="answer")
    Comment.objects.filter(pk=answer.pk).update(score=23)
    for by in (asker, make_user("Mei Tanaka")):
        for kind in ("thanks", "agree"):
            react(target=question, by=by, kind=kind, comment=answer)
    for user in (asker, lead, make_user("Tom Willems")):
        page = browser_page(**look(words), user=user)
        page.goto(question.get_absolute_url())
        rows = page.locator(".comment__actions:visible")
        rows.first.wait_for()
        assert rows.evaluate_all(TOPS) == [1] * rows.count()
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        axe(page)
    page.locator("#react .comment__more summary").click()
    axe(page)
    with page.expect_navigation():
        page.locator("#react .menu__list a[href^='/report/discussion/']").click()
    axe(page)
