"""Lists, counts and suggestions of outsiders are the same with a private community as without it."""

import re

from communities.actions import edit_community, remove_member
from communities.models import CommunityPage
from communities.permissions import forget_roles
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification
from kring.people.models import PersonSkill, Skill, Team
from support.access import Visitor
from support.indexing import index_all
from support.scene import MARK
from support.telling import tell_all

LISTS = (
    "/",
    "/communities/",
    "/communities/?words=e",
    "/discussions/",
    "/discussions/?words=e",
    "/discussions/?tag=dyeing",
    "/lessons/",
    "/lessons/?tag=dyeing&sort=talk",
    "/lessons/new/",
    "/wiki/",
    "/wiki/new/",
    "/discussions/new/",
    "/people/",
    "/people/teams/",
    "/people/?skill=dyeing",
    "/inbox/",
    "/settings/",
    "/search/?q=dyeing",
    "/search/?q=dyeign",
    f"/search/?q={MARK}",
    f"/search/?q={MARK[:-3]}r",
    "/search/suggest/?q=dye",
    f"/search/suggest/?q={MARK[:6]}",
)
# What differs between two requests for the same page.
FLEETING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|data-token="[^"]*"|<time .*?</time>|'
    r"\d+ minutes? ago|just now|\b\d\d:\d\d\b"
)


def seen_by(visitor: Visitor, addresses: tuple[str, ...]) -> dict[str, str]:
    return {address: FLEETING.sub("", visitor.ask("GET", address).body) for address in addresses}


def differences(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Address to the lines that are there now and were not before, or the other way round."""
    return {
        address: sorted(set(page.splitlines()) ^ set(after[address].splitlines()))
        for address, page in before.items()
        if page != after[address]
    }


def fill(community: CommunityPage, author, words: str) -> None:
    """One of everything that is counted anywhere, with tags and a name that others use too."""
    text = f"<p>{words}</p>"
    lesson = make_lesson(community, f"{words} lesson", author=author, happened=text, outcome="failure")
    article = make_article(community, f"{words} article", author=author, body=text)
    question = make_discussion(community, f"{words} question", author=author, body=text)
    for thing in (lesson, article, question):
        thing.tags.add("dyeing", words.split()[0])
        thing.save()
        post_comment(target=thing, by=author, body=text)
    post_comment(target=question, by=author, body=text, kind="answer")
    lesson.save_revision().publish()
    article.save_revision().publish()


def test_lists_counts_and_suggestions_stay_the_same(db):
    open_one = make_community("Dyers")
    author = make_user("Anouk", team=Team.add_root(name="Buying"))
    skill = Skill.objects.create(label_en="dyeing")
    PersonSkill.objects.create(user=author, skill=skill, direction="offers", level=3)
    guest = make_guest(language="en")
    for person in (author, guest):
        make_member(open_one, person)
    fill(open_one, author, "wool dyeing")
    index_all()
    visitors = {"employee": Visitor(make_user(language="en")), "guest": Visitor(guest)}
    addresses = (*LISTS, open_one.get_absolute_url(), f"/people/{author.pk}/")
    before = {role: seen_by(visitor, addresses) for role, visitor in visitors.items()}
    assert 'href="/communities/dyers/' in before["employee"]["/search/?q=dyeing"]

    hidden = make_community(f"{MARK} dyers", openness="private", summary=f"{MARK} dyeing")
    make_member(hidden, author, role="lead")
    forget_roles(author)
    fill(hidden, author, f"{MARK} dyeing")
    index_all()
    after = {role: seen_by(visitor, addresses) for role, visitor in visitors.items()}
    assert {role: differences(before[role], after[role]) for role in visitors} == {
        "employee": {},
        "guest": {},
    }


def test_closing_a_community_acts_at_once_for_those_who_took_part(db, django_capture_on_commit_callbacks):
    """An employee who asked and answered there, was told of it, and is no member."""
    community = make_community(f"{MARK} circle")
    author = make_member(community, role="lead").user
    employee = make_user(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        fill(community, author, f"{MARK} dyeing")
        asked = make_discussion(community, f"{MARK} question of mine", author=employee)
        post_comment(target=asked, by=author, body=f"<p>{MARK}</p>", kind="answer")
        tell_all()
    visitor, person = Visitor(employee), f"/people/{employee.pk}/"
    index_all()
    mine = (*LISTS, person, "/discussions/?mine=1", "/inbox/?show=unread", asked.get_absolute_url())
    named = [address for address in mine if MARK in visitor.ask("GET", address).body]
    assert {"/", "/inbox/", "/discussions/?mine=1", "/search/?q=dyeing"} <= set(named)

    edit_community(community=community, by=make_admin(), openness="private")
    assert _named_in(visitor, mine) == []


def test_leaving_a_private_community_acts_at_once(db, django_capture_on_commit_callbacks):
    community = make_community(f"{MARK} circle", openness="private")
    lead = make_member(community, role="lead").user
    member = make_member(community, make_user(language="en"), level="all").user
    with django_capture_on_commit_callbacks(execute=True):
        fill(community, lead, f"{MARK} dyeing")
    index_all()
    visitor = Visitor(member)
    assert "/search/?q=dyeing" in _named_in(visitor, LISTS)
    remove_member(community=community, by=lead, user=member)
    # That they were taken out, and of what, they are told; nothing else names it any more.
    told = Notification.objects.inbox_of(member)
    assert [row.kind for row in told] == ["decision.made"]
    told.delete()
    assert _named_in(visitor, (*LISTS, community.get_absolute_url(), f"/people/{member.pk}/")) == []


def _named_in(visitor: Visitor, addresses: tuple[str, ...]) -> list[str]:
    """The addresses whose page holds a word of the community that was not asked for."""
    return [
        address
        for address in addresses
        if MARK.lower() in visitor.ask("GET", address).body.lower() and MARK.lower() not in address.lower()
    ]
