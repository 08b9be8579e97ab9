"""The quiet are invited: rarely, fairly, and only who may want it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from communities.actions import erase_participation, holdings_of, start_discussion
from communities.actions.nudging import invite_the_quiet
from communities.models import Nudge
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment
from kring.conversations.models import Comment
from kring.notifications.models import Notification
from kring.people.models import Distance, PersonSkill, Skill

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def community(db):
    return make_community("Suppliers")


def quiet(community, now, name="", days=100, **fields):
    return make_member(community, make_user(name), joined_at=now - days * DAY, **fields).user


def ask(community, now, days=2, **fields):
    fields.setdefault("author", make_user("Anouk Peeters"))
    return make_discussion(community, created_at=now - days * DAY, **fields)


def asked(thing=None):
    rows = Nudge.objects.all() if thing is None else thing.nudges.all()
    return [row.user for row in rows.order_by("pk")]


def offers(user, label):
    skill = Skill.objects.get_or_create(label_en=label)[0]
    PersonSkill.objects.create(user=user, skill=skill, direction="offers", level=3)


def test_two_are_asked_who_offers_the_skill_first_then_the_longest_silent(community, now):
    longest, _shorter = quiet(community, now, days=300), quiet(community, now, days=200)
    knows = quiet(community, now, "Samuel", days=90)
    offers(knows, "Testing")
    question = ask(community, now)
    question.tags.add("testing")

    assert invite_the_quiet(now) == 2

    assert asked(question) == [knows, longest]
    with translation.override("en"):
        told = {row.recipient: (row.sentence, row.why) for row in Notification.objects.all()}
    why = "because you are a member and have not said anything for a while"
    assert told == {
        knows: ("Anouk Peeters asks about “testing”. You know something about it; a line helps.", why),
        longest: ("Anouk Peeters asks something in Suppliers. Have a look; a line from you helps.", why),
    }


def test_done_twice_in_a_week_is_as_once_and_nothing_is_asked_about_twice(community, now):
    for _ in range(6):
        quiet(community, now)
    first, second = ask(community, now, 3), ask(community, now, 2)
    assert [invite_the_quiet(now), invite_the_quiet(now + DAY)] == [2, 0]
    assert invite_the_quiet(now + 7 * DAY) == 2
    assert (len(asked(first)), len(asked(second))) == (2, 2)
    assert invite_the_quiet(now + 10 * DAY) == 0
    assert len(set(asked())) == 4


def test_nobody_is_asked_twice_in_a_month_over_all_communities(community, now):
    other = make_community("Research")
    user = quiet(community, now)
    make_member(other, user, joined_at=now - 100 * DAY)
    ask(community, now)
    ask(other, now)
    assert invite_the_quiet(now) == 1
    ask(other, now + 27 * DAY)
    assert invite_the_quiet(now + 28 * DAY) == 0
    assert invite_the_quiet(now + 31 * DAY) == 1
    assert asked() == [user, user]


def test_the_turn_goes_round(community, now):
    people = [quiet(community, now, days=100 + number) for number in range(6)]
    rounds = []
    for week in range(15):
        moment = now + week * 7 * DAY
        ask(community, moment, 1)
        before = set(Nudge.objects.values_list("pk", flat=True))
        invite_the_quiet(moment)
        rounds.append([row.user for row in Nudge.objects.exclude(pk__in=before).order_by("pk")])
    counts = [asked().count(user) for user in people]
    assert {user for one in rounds[:3] for user in one} == set(people)
    assert max(counts) == min(counts)
    assert [len(one) for one in rounds[:5]] == [2, 2, 2, 0, 0]


def test_who_spoke_lately_or_came_lately_is_not_quiet(community, now):
    spoke, began, new, old = (quiet(community, now) for _ in range(4))
    new.memberships.update(joined_at=now - 59 * DAY)
    talk = make_discussion(community, kind="discussion", created_at=now - 40 * DAY, author=began)
    for user, days in ((spoke, 59), (old, 61)):
        comment = post_comment(target=talk, by=user, body="<p>Yes.</p>")
        Comment.objects.filter(pk=comment.pk).update(submit_date=now - days * DAY)
        user.activities.update(at=now - days * DAY)
    ask(community, now)
    invite_the_quiet(now)
    assert asked() == [old]


@pytest.mark.parametrize("level", ["none", "mine"])
def test_who_wants_to_hear_less_is_left_in_peace(community, now, level):
    quiet(community, now, level=level)
    ask(community, now)
    assert invite_the_quiet(now) == 0


def test_who_keeps_their_distance_either_way_is_not_asked(community, now):
    first, second, other = (quiet(community, now) for _ in range(3))
    asker = make_user()
    Distance.objects.create(user=first, other=asker, kind="mute")
    Distance.objects.create(user=asker, other=second, kind="block")
    ask(community, now, author=asker)
    invite_the_quiet(now)
    assert asked() == [other]


def test_an_anonymous_asker_is_not_asked_and_not_named(community, now):
    asker, other = quiet(community, now, "Hidden"), quiet(community, now)
    community.allows_anonymous = True
    community.save()
    start_discussion(by=asker, community=community, kind="question", title="May I?", anonymous=True)
    invite_the_quiet(now + DAY)
    assert asked() == [other]
    with translation.override("en"):
        assert Notification.objects.get().sentence.startswith("Somebody asks something in Suppliers.")


@pytest.mark.parametrize(
    "fields",
    [
        {"days": 15},
        {"kind": "announcement"},
        {"kind": "room"},
        {"state": "answered"},
        {"closed_at": timezone.now()},
        {"author": None, "source_id": "old:1"},
    ],
)
def test_about_what_is_old_done_or_no_question_nobody_is_asked(community, now, fields):
    quiet(community, now)
    ask(community, now, **fields)
    assert invite_the_quiet(now) == 0


def test_nobody_is_asked_in_an_archived_community(community, now):
    quiet(community, now)
    ask(community, now)
    community.archived_at = now
    community.save()
    assert invite_the_quiet(now) == 0


def test_it_is_not_mailed_by_itself(community, now):
    quiet(community, now)
    ask(community, now)
    invite_the_quiet(now)
    row = Notification.objects.get()
    assert (row.group, row.usual_delivery, row.audience) == ("nudges", "none", community.audience)


def test_what_one_was_asked_is_given_and_erased(community, now):
    user = quiet(community, now)
    question = ask(community, now, title="Which supplier?")
    invite_the_quiet(now)
    assert holdings_of(user)["asked_to_say_something"] == [{"title": question.title, "asked_at": now}]
    erase_participation(user)
    assert asked() == []
