"""What is worth reading, each with the reason; what happened this week; who is new; where to join."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.home.querysets import communities_to_join, for_you, newcomers, this_week
from kring.people.models import PersonSkill, Skill, Team

pytestmark = pytest.mark.django_db


def published(page, days: float = 0):
    page.first_published_at = timezone.now() - timedelta(days=days)
    page.save()
    return page


def reasons(user, **fields):
    return {one.thing.title: one.why for one in for_you(user, **fields)}


def tagged(thing, *names):
    thing.tags.add(*names)
    thing.save()
    return thing


def can(user, label: str, direction: str = "offers"):
    skill = Skill.objects.create(label_en=label, label_nl=f"{label} (nl)")
    PersonSkill.objects.create(user=user, skill=skill, direction=direction, level=3)


def test_each_comes_with_its_reason_and_the_strongest_one_counts(reader, mine):
    can(reader, "payments")
    can(reader, "contracts", "wants")
    other = make_community("Elsewhere")
    tagged(published(make_lesson(mine, "On payments")), "Payments")
    tagged(published(make_article(other, "On contracts")), "contracts")
    published(make_lesson(mine, "Of ours"))
    published(make_article(other, "Of others"))
    make_discussion(mine, "Asked here")
    assert reasons(reader) == {
        "On payments": "because you know about payments",
        "On contracts": "because you want to learn about contracts",
        "Of ours": "because you are in Suppliers",
        "Of others": "because it is new",
        "Asked here": "because you are in Suppliers",
    }
    assert [one.kind for one in for_you(reader)][:2] in (["lesson", "article"], ["article", "lesson"])


def test_ones_own_are_never_among_them(reader, mine):
    published(make_lesson(mine, "Mine", author=reader))
    shared = published(make_lesson(mine, "Ours", author=make_user()))
    shared.authors.add(reader)
    shared.save()
    make_discussion(mine, "I asked", author=reader)
    assert reasons(reader) == {}


def test_what_one_may_not_read_is_never_among_them(reader):
    closed = make_community("Closed", openness="private")
    can(reader, "payments")
    tagged(published(make_lesson(closed, "Secret")), "payments")
    tagged(make_discussion(closed, "Secret question"), "payments")
    published(make_article(make_community(), "Draft")).unpublish()
    assert reasons(reader) == {}
    assert reasons(make_guest()) == {}


def test_what_is_older_than_a_month_is_left_to_search(reader, mine):
    published(make_lesson(mine, "Fresh"), days=29)
    published(make_lesson(mine, "Old"), days=31)
    make_discussion(mine, "Old question", created_at=timezone.now() - timedelta(days=31))
    assert reasons(reader) == {"Fresh": "because you are in Suppliers"}


def test_at_most_two_of_a_kind_from_one_community(reader, mine):
    for number in range(4):
        published(make_lesson(mine, f"Lesson {number}"), days=number)
        make_discussion(mine, f"Question {number}", created_at=timezone.now() - timedelta(days=number))
    assert set(reasons(reader)) == {"Lesson 0", "Lesson 1", "Question 0", "Question 1"}
    assert len(reasons(reader, limit=3)) == 3


def test_this_week_counts_what_one_may_read(reader, mine):
    closed = make_community(openness="private")
    for community in (mine, mine, closed):
        published(make_lesson(community), days=6)
    published(make_lesson(mine), days=8)
    make_discussion(mine, created_at=timezone.now() - timedelta(days=1))
    make_discussion(mine, state="solved")
    make_discussion(mine, kind="discussion")
    make_discussion(closed)
    assert this_week(reader) == ["2 lessons were shared", "2 questions were asked, 1 answered so far"]


def test_a_quiet_week_says_nothing(reader, mine):
    assert this_week(reader) == []


def test_one_is_said_as_one(reader, mine):
    published(make_lesson(mine))
    make_discussion(mine)
    assert this_week(reader) == ["1 lesson was shared", "1 question was asked, 0 answered so far"]


def started(name: str, weeks: int, **fields):
    user = make_user(name, **fields)
    user.profile.started_on = timezone.localdate() - timedelta(weeks=weeks)
    user.profile.save()
    return user


def test_newcomers_are_colleagues_of_the_last_five_weeks(reader):
    started("Long ago", 6)
    week, month = started("A week", 1), started("A month", 4)
    started("Guest", 1, is_guest=True)
    started("Gone", 1, is_active=False)
    assert newcomers(reader) == [week, month]
    assert newcomers(week) == [month]
    assert newcomers(make_guest()) == []


def test_communities_to_join_are_open_and_those_with_team_mates_come_first(reader, mine):
    team = Team.add_root(name="Buying")
    reader.profile.team = team
    reader.profile.save()
    make_community("Alone")
    make_community("By request", openness="on_request")
    make_community("Closed", openness="private")
    near = make_community("Near")
    for mate in (make_user(team=team), make_user(team=team), make_user(team=team, is_active=False)):
        make_member(near, mate)
    assert [(page.title, why) for page, why in communities_to_join(reader)] == [
        ("Near", "because 2 people in your team are in it"),
        ("Alone", ""),
    ]


def test_guests_cannot_join_by_themselves(root):
    make_community("Open")
    assert communities_to_join(make_guest()) == []
