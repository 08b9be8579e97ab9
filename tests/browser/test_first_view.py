"""What a first view weighs, and that it stays where it is."""

import gzip

import pytest

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from support.journeys import first_now, look

LIMIT = 100_000
# Adds up what moved without having been asked for.
SHIFTS = """new PerformanceObserver((list) => {
  const moved = list.getEntries().filter((one) => !one.hadRecentInput);
  window.shifted = moved.reduce((sum, one) => sum + one.value, window.shifted ?? 0);
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("words", first_now("wide en light", "phone nl dark"))
def test_a_first_view_is_light_and_nothing_in_it_moves(browser_page, root, words):
    """Weight as sent: files are compressed when collected, pages are not. The editor comes when needed."""
    community = make_community("Suppliers", summary="For everyone who buys.")
    user = make_member(community, make_user("Anouk Peeters")).user
    lessons = [make_lesson(community, f"Lesson {number}", why="<p>Word</p>" * 40) for number in range(20)]
    question = make_discussion(community, "May we keep the old numbers?", body="<p>Well?</p>")
    for path in ["/", "/lessons/", "/people/", lessons[0].get_absolute_url(), question.get_absolute_url()]:
        page = browser_page(**look(words), user=user, service_workers="block")
        page.add_init_script(SHIFTS)
        answers = {}
        page.on("response", lambda answer, answers=answers: answers.setdefault(answer.url, answer))
        page.goto(path, wait_until="networkidle")
        weight = sum(
            len(gzip.compress(answer.body()) if "/static/" in url else answer.body())
            for url, answer in answers.items()
            if "/editor/" not in url and "prose_editor" not in url
        )
        assert (path, weight < LIMIT, page.evaluate("(window.shifted ?? 0) < 0.01")) == (path, True, True)
