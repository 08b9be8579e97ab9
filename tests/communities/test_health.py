"""How a community is doing: exact figures, and none about fewer than five people."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from communities.actions.health import Part, health_of
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment
from kring.conversations.models import Comment

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 31, 12, tzinfo=timezone.get_default_timezone())


def ago(days):
    return NOW - days * DAY


@pytest.fixture
def community(db):
    return make_community("Suppliers")


def members(community, number, joined=200):
    return [make_member(community, make_user(), joined_at=ago(joined)).user for _ in range(number)]


def say(thing, by, days, kind="comment"):
    comment = post_comment(target=thing, by=by, body="<p>Well.</p>", kind=kind)
    Comment.objects.filter(pk=comment.pk).update(submit_date=ago(days))


def ask(community, by, days):
    return make_discussion(community, author=by, created_at=ago(days))


def talk(community):
    """A discussion that nobody in person began, long ago."""
    return make_discussion(community, kind="discussion", created_at=ago(300))


def test_of_an_empty_community_nothing_is_said(community):
    for health in health_of(community, NOW):
        assert [getattr(health, name) for name in health.__slots__] == [None] * 5


def test_the_active_are_members_who_said_something_in_the_period(community):
    first, second, third, *_rest = members(community, 5)
    place = talk(community)
    for by, days in ((first, 1), (first, 2), (second, 29), (third, 45), (make_user(), 3)):
        say(place, by, days)
    ask(community, second, 31)
    now, before = health_of(community, NOW)
    assert (now.active, before.active) == (Part(2, 5), Part(2, 5))
    assert now.active.percent == 40


def test_of_four_members_nothing_is_shown(community):
    for by in members(community, 4):
        say(talk(community), by, 1)
    now, _before = health_of(community, NOW)
    assert (now.active, now.half) == (None, None)


def test_who_left_the_site_is_no_member(community):
    people = members(community, 5)
    people[0].is_active = False
    people[0].save()
    assert health_of(community, NOW)[0].active is None


def test_answers_are_those_of_somebody_else_before_the_end_of_the_period(community):
    people = members(community, 6)
    helper = people.pop()
    for number, by in enumerate(people):
        asked = ask(community, by, 10 + number)
        say(asked, by, 9, kind="answer")
        if number < 3:
            say(asked, helper, 10 + number - (number + 1) / 24, kind="answer")
    for by in people:
        say(ask(community, by, 31), helper, 29, kind="answer")

    now, before = health_of(community, NOW)

    assert (now.answered, before.answered) == (Part(3, 5), Part(0, 5))
    # One, two and three hours, and five times two days.
    assert (now.first_answer, before.first_answer) == (timedelta(days=2), None)


def test_questions_of_four_people_are_too_few(community):
    people = members(community, 4)
    for by in (*people, *people):
        ask(community, by, 3)
    assert health_of(community, NOW)[0].answered is None


def test_newcomers_have_thirty_days_to_say_something(community):
    place = talk(community)
    came = members(community, 5, joined=40)
    early = members(community, 5, joined=70)
    members(community, 5, joined=5)
    say(place, came[0], 39)
    say(place, came[1], 11)
    say(place, came[2], 9)
    say(place, early[0], 69)
    now, before = health_of(community, NOW)
    assert (now.newcomers, before.newcomers) == (Part(2, 5), Part(1, 5))


def test_half_of_what_is_said_is_said_by_the_fewest_people(community):
    place = talk(community)
    people = members(community, 6)
    for by, number in zip(people, (4, 3, 1, 1, 1, 1), strict=True):
        for _ in range(number):
            say(place, by, 5)
    now, before = health_of(community, NOW)
    assert (now.half, before.half) == (Part(2, 6), None)


def test_what_has_no_author_is_nobodys(community):
    people = members(community, 5)
    question = make_discussion(community, created_at=ago(3), is_anonymous=True)
    for by in people:
        say(question, by, 2)
    now, _before = health_of(community, NOW)
    assert (now.active, now.half) == (Part(5, 5), Part(3, 5))
    assert now.answered is None


def test_it_costs_the_same_for_few_and_many(community, django_assert_num_queries):
    for by in members(community, 8):
        say(ask(community, by, 3), by, 2)
    health_of(community, NOW)
    with django_assert_num_queries(5):
        health_of(community, NOW)


def test_the_page_says_figures_and_formulas_and_no_names(client, circle):
    made = circle()
    for number in range(6):
        user = make_member(made.community, make_user(f"Nameless {number}")).user
        post_comment(target=made.question, by=user, body="<p>Well.</p>", kind="answer")
    client.force_login(made.who("moderator"))
    page = client.get(f"/communities/{made.number}/health/").content.decode()
    assert "Members who said something" in page
    assert "7 of 8" in page
    assert "88%" in page
    assert "3 of 7 people" not in page
    assert "4 of 7 people" in page
    assert "Too few people to show" in page
    assert "Nameless" not in page


@pytest.mark.parametrize(
    ("openness", "who", "status"),
    [
        ("open", "lead", 200),
        ("open", "moderator", 200),
        ("open", "administrator", 200),
        ("open", "member", 403),
        ("open", "staff", 403),
        ("open", "reader of everything", 403),
        ("private", "staff", 404),
        ("private", "guest", 404),
    ],
)
def test_it_is_for_those_who_look_after_the_community(client, circle, openness, who, status):
    made = circle(openness)
    client.force_login(made.who(who))
    assert client.get(f"/communities/{made.number}/health/").status_code == status
