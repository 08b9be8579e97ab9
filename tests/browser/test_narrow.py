"""Every main page at 320 px, in Dutch and in the dark."""

from datetime import UTC, datetime

import pytest

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import edit_comment, post_comment
from kring.conversations.models import Comment
from kring.people.models import Team

LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappij: " + "a title of some length, " * 3


@pytest.fixture
def addresses(root):
    """(who, addresses) of a site with one of everything, its titles long."""
    community = make_community(LONG, summary=LONG)
    who = make_member(community, make_admin(name="Wilhelmina van den Broeck-Vandenberghe"), role="lead").user
    lesson = make_lesson(community, LONG, author=who, why=f"<p>{'x' * 200}</p>", summary=LONG)
    article = make_article(community, LONG, author=who, body=f"<h2>{LONG}</h2><p>{LONG}</p>")
    question = make_discussion(community, LONG, author=who, body=f"<pre>{'x' * 200}</pre>")
    said = post_comment(target=question, by=who, body=f"<p>{LONG}</p>")
    edit_comment(comment=said, by=who, body=f"<p>{LONG}!</p>")
    colleague = make_user("Femke de Vries")
    colleague.profile.team = Team.add_root(name="Data")
    colleague.profile.save()
    for parent in (said, None):
        post_comment(target=question, by=colleague, body=f"<p>{LONG}</p>", parent=parent)
    Comment.objects.filter(user=colleague).update(submit_date=datetime(2025, 9, 17, 10, tzinfo=UTC))
    ours = [thing.get_absolute_url() for thing in (community, lesson, article, question, who)]
    plain = "/ /communities/ /lessons/ /wiki/ /discussions/ /people/ /people/teams/ /inbox/ /search/?q=title"
    forms = "/discussions/new/ /lessons/new/ /wiki/new/ /new-community/ /people/invitations/ /settings/"
    more = "/settings/sign-in/ /settings/notifications/ /settings/data/ /components/ /nothing/"
    edits = [f"/people/{who.pk}/edit/", f"/communities/{community.pk}/members/"]
    return who, [*f"{plain} {forms} {more}".split(), *ours, *edits]


@pytest.mark.slow
def test_no_page_scrolls_sideways_at_320_px(browser_page, addresses, axe):
    who, paths = addresses
    page = browser_page(width=320, language="nl", theme="dark", user=who, allow=("answer 404",))
    wide = []
    for path in paths:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
        axe(page)
    assert wide == []
