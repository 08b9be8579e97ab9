"""Coffee by twos: with another team, with nobody twice in twelve rounds, and nobody left out."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from communities.actions import erase_participation, holdings_of
from communities.actions.coffee import (
    OPENERS,
    end_coffee,
    hold_round,
    hold_round_if_due,
    like_coffee,
    next_round_on,
    openers_of,
    pause_coffee,
    round_on,
    say_met,
)
from communities.actions.pairing import NEVER, pair_up
from communities.models import CoffeePair, CoffeeWish
from factories.people import make_guest, make_user
from kring.notifications.models import Notification
from kring.people.models import Distance, Team

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


def drinker(name="", **fields):
    user = make_user(name, **fields)
    like_coffee(by=user)
    return user


def groups(number):
    rows = CoffeePair.objects.filter(round=number).prefetch_related("people")
    return [{user.pk for user in pair.people.all()} for pair in rows]


def met(number):
    return {frozenset(two) for group in groups(number) for two in combinations(sorted(group), 2)}


@pytest.mark.parametrize("teams", [1, 6, 26])
def test_26_people_meet_nobody_twice_in_twelve_rounds_and_nobody_is_left_out(teams):
    names = [Team.add_root(name=f"Team {number}") for number in range(teams)]
    people = [drinker(team=names[number % teams] if teams > 1 else None) for number in range(26)]
    team_of = {user.pk: number % teams for number, user in enumerate(people)}
    seen = []
    for number in range(1, 16):
        assert hold_round(number=number, now=MONDAY) == 13
        assert sorted(pk for group in groups(number) for pk in group) == sorted(team_of)
        here = met(number)
        assert not here & set().union(*seen[-12:])
        if teams > 1:
            assert all(team_of[one] != team_of[two] for one, two in here)
        seen.append(here)


@pytest.mark.parametrize(("number", "sizes"), [(0, []), (1, []), (2, [2]), (3, [3]), (7, [2, 2, 3])])
def test_of_an_odd_number_three_come_together(number, sizes):
    for _ in range(number):
        drinker()
    hold_round(number=1, now=MONDAY)
    assert sorted(len(group) for group in groups(1)) == sizes


def test_one_team_alone_meets_itself_and_old_acquaintances_go_before_the_own_team():
    team, other = Team.add_root(name="Dyers"), Team.add_root(name="Weavers")
    mates = [drinker(team=team) for _ in range(2)]
    assert hold_round(number=1, now=MONDAY) == 1
    assert groups(1) == [{user.pk for user in mates}]
    others = [drinker(team=other) for _ in range(2)]
    own = {frozenset(user.pk for user in mates), frozenset(user.pk for user in others)}
    for number in (2, 3, 4, 5):
        hold_round(number=number, now=MONDAY)
        assert not met(number) & own


@pytest.mark.parametrize("kind", ["block", "mute"])
def test_who_keeps_somebody_away_is_never_their_company(kind):
    first, second = drinker(), drinker()
    Distance.objects.create(user=first, other=second, kind=kind)
    assert hold_round(number=1, now=MONDAY) == 0
    drinker()
    drinker()
    for number in range(2, 9):
        assert hold_round(number=number, now=MONDAY) == 2
        assert frozenset((first.pk, second.pk)) not in met(number)


def test_who_fits_nowhere_is_left_out_and_the_others_are_not():
    cost = lambda one, two: NEVER if 1 in {one, two} else 0  # noqa: E731
    assert [sorted(group) for group in pair_up([1, 2, 3], cost, seed=1)] == [[2, 3]]
    assert sorted(len(group) for group in pair_up([1, 2, 3, 4, 5], cost, seed=1)) == [2, 2]
    assert pair_up([1, 2, 3, 4], cost, seed=1) == pair_up([4, 3, 2, 1], cost, seed=1)


def test_guests_the_paused_and_those_who_left_are_not_paired():
    stays, paused, left, became_guest = drinker(), drinker(), drinker(), drinker()
    pause_coffee(by=paused)
    left.is_active = False
    left.save()
    became_guest.is_guest = True
    became_guest.save()
    with pytest.raises(PermissionDenied):
        like_coffee(by=make_guest())
    assert hold_round(number=1, now=MONDAY) == 0
    like_coffee(by=paused)
    assert hold_round(number=1, now=MONDAY) == 1
    assert groups(1) == [{stays.pk, paused.pk}]


def test_a_round_is_every_second_monday_and_held_once():
    assert (round_on(date(2026, 11, 30)), next_round_on(date(2026, 12, 1))) == (77, date(2026, 12, 14))
    drinker()
    drinker()
    assert hold_round_if_due(MONDAY - timedelta(days=1)) == 0
    assert hold_round_if_due(MONDAY - timedelta(hours=3)) == 0
    assert [hold_round_if_due(MONDAY), hold_round_if_due(MONDAY + timedelta(hours=1))] == [1, 0]
    assert hold_round_if_due(MONDAY + timedelta(days=7)) == 0
    assert hold_round_if_due(MONDAY + timedelta(days=15)) == 1
    assert hold_round_if_due(MONDAY + timedelta(days=30)) == 0
    assert sorted(CoffeePair.objects.values_list("round", flat=True)) == [77, 78]


def test_each_is_told_with_whom_why_and_three_questions_in_their_language():
    dyers, weavers = Team.add_root(name="Dyers"), Team.add_root(name="Weavers")
    ruth = drinker("Ruth Adeyemi", language="en", team=dyers)
    samuel = drinker("Samuel Oyelaran", language="nl", team=weavers)
    hold_round(number=1, now=MONDAY)
    row = Notification.objects.get(recipient=ruth)
    with translation.override("en"):
        assert row.sentence == "You have a coffee with Samuel Oyelaran: find a quarter of an hour together"
        assert row.why == "because you like a coffee with a colleague now and then"
        openers = openers_of(CoffeePair.objects.get())
    assert row.data["excerpt"].splitlines() == [
        "You work in different teams: Dyers, Weavers.",
        *(f"– {one}" for one in openers),
    ]
    assert len(set(openers)) == 3
    assert set(openers) <= {str(one) for one in OPENERS}
    assert Notification.objects.get(recipient=samuel).actor == ruth


def test_of_three_each_reads_both_names_until_one_is_erased():
    people = [drinker(f"Person {letter}", language="en") for letter in "ABC"]
    hold_round(number=1, now=MONDAY)
    with translation.override("en"):
        for row in Notification.objects.all():
            assert all((user.name in row.sentence) is (user != row.recipient) for user in people)
        assert holdings_of(people[0])["coffees"][0]["with"] == ["Person B", "Person C"]
        erase_participation(people[2])
        for row in Notification.objects.exclude(recipient=people[2]).exclude(actor=people[2]):
            assert "Person C" not in row.sentence
    assert (people[2].coffees.count(), CoffeeWish.objects.filter(user=people[2]).count()) == (0, 0)


def test_the_page_counts_in_pauses_and_ends(client):
    user = make_user("Nadia", language="en")
    client.force_login(user)
    assert "Count me in" in client.get("/coffee/").content.decode()
    for do, state in (("like", [False]), ("pause", [True]), ("like", [False]), ("end", [])):
        assert client.post("/coffee/wish/", {"do": do}).status_code == 302
        assert list(CoffeeWish.objects.filter(user=user).values_list("paused", flat=True)) == state
    assert client.post("/coffee/wish/", {"do": "tea"}).status_code == 404
    assert client.get("/coffee/wish/").status_code == 405


def test_the_page_shows_present_and_earlier_company_to_them_alone(client):
    ruth, samuel = drinker("Ruth", language="en"), drinker("Samuel")
    today = round_on(datetime.now(UTC).date())
    for number in (today - 1, today):
        hold_round(number=number, now=MONDAY)
    other = make_user(language="en")
    for user, seen in ((ruth, True), (other, False)):
        client.force_login(user)
        page = client.get("/coffee/").content.decode()
        assert ("These two weeks" in page, "Earlier" in page, "Samuel" in page) == (seen, seen, seen)
    end_coffee(by=samuel)
    client.force_login(ruth)
    assert "Samuel" in client.get("/coffee/").content.decode()


def test_a_guest_has_no_coffee_here(client):
    client.force_login(make_guest(language="en"))
    assert client.get("/coffee/").status_code == 403
    assert client.post("/coffee/wish/", {"do": "like"}).status_code == 403
    assert b"/coffee/" not in client.get("/settings/notifications/").content


def test_one_of_a_pair_says_that_they_met_and_others_cannot(client):
    anouk, tom, stranger = drinker("Anouk"), drinker("Tom"), make_user("Kim")
    hold_round(number=round_on(timezone.localdate()), now=timezone.now())
    pair = CoffeePair.objects.get()
    with pytest.raises(PermissionDenied):
        say_met(pair=pair, by=stranger)
    client.force_login(anouk)
    assert client.post("/coffee/met/", {"met": "yes"}).status_code == 302
    pair.refresh_from_db()
    said = pair.met_at
    assert holdings_of(tom)["coffees"][0]["met"] == said is not None
    assert say_met(pair=pair, by=tom).met_at == said
    client.force_login(tom)
    assert "You met: said on" in client.get("/coffee/").content.decode()
    page = client.post("/coffee/met/", {"met": "no"}, follow=True).content.decode()
    assert "We met" in page
    assert CoffeePair.objects.get().met_at is None
    client.force_login(stranger)
    assert client.post("/coffee/met/", {"met": "yes"}).status_code == 404
