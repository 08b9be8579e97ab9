"""People who are pinned stand first for whoever may see them, hear of it, and take it away themselves."""

import pytest
from django.core.cache import cache
from django.test import Client

from communities.actions import pinning
from communities.actions.pinning_people import unpin_self
from factories.communities import make_community, make_member
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_lesson
from kring.conversations.actions import NotUndoneError, undo_decision
from kring.conversations.models import Decision
from kring.notifications.models import Notification
from kring.people.actions.accounts import deactivate
from kring.people.actions.distance import keep_distance
from kring.people.actions.privacy import erase, export_data
from search.models import Pin
from support.indexing import index_all
from support.traces import rows

pytestmark = pytest.mark.django_db
WORDS = "ouderschapsverlof"


@pytest.fixture
def house(site_engine, root):
    """A community with a moderator and a lead, and Ruth, who says nothing of what she knows."""
    cache.clear()
    made = {"open": make_community("Buying", language="en")}
    for role in ("member", "moderator", "lead"):
        user = make_user(role.title(), language="en")
        made[role] = make_member(made["open"], user, role=role).user
    made["guest"] = make_guest(name="Outside", language="en")
    made["inside"] = make_member(made["open"], make_guest(name="Inside", language="en")).user
    make_member(make_community("Elsewhere"), made["guest"])
    made["employee"] = make_user("Employee", language="en")
    made["ruth"] = make_member(made["open"], make_user("Ruth Aalberse", language="en")).user
    make_lesson(made["open"], f"Een jaar {WORDS}", author=made["lead"])
    index_all()
    return made


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(by, person, words=WORDS, **more):
    return signed_in(by).post("/search/pins/", {"kind": "person", "id": person.pk, "words": words} | more)


def told(user):
    return [row.sentence for row in Notification.objects.filter(recipient=user, kind="person.pinned")]


def page(user, words=WORDS, **more):
    return signed_in(user).get("/search/", {"q": words} | more)


def pinned(user, words=WORDS):
    return [card.hit.title for card in page(user, words).context.get("pinned", [])]


def test_who_looks_after_a_community_pins_and_others_are_refused(house):
    ruth = house["ruth"]
    for role, status in (("employee", 403), ("member", 403), ("inside", 403), ("guest", 404), ("ruth", 403)):
        assert send(house[role], ruth).status_code == status, role
        assert send(house[role], ruth, away="1").status_code == status, role
    assert (Pin.objects.count(), Decision.objects.count(), told(ruth)) == (0, 0, [])
    for by in (house["moderator"], house["lead"], make_admin()):
        assert send(by, ruth).status_code == 302
        assert Pin.objects.count() == 1
        assert send(by, ruth, away="1").status_code == 302
        assert Pin.objects.count() == 0


def test_they_stand_first_once_and_are_counted_once(house):
    ruth = house["ruth"]
    send(house["moderator"], ruth)
    send(house["moderator"], ruth, "ruth aalberse")
    response = page(house["employee"])
    assert [card.hit.title for card in response.context["pinned"]] == ["Ruth Aalberse"]
    assert response.context["results"].total == 1
    by_name = page(house["employee"], "Ruth Aalberse")
    assert by_name.content.decode().count(f'href="/people/{ruth.pk}/"') == 1
    assert by_name.context["results"].total == 1
    assert [one.user for one in by_name.context["people"].shown] == []
    listed = page(house["employee"], "Ruth Aalberse", page=1)
    assert (len(listed.context["pinned"]), listed.context["cards"]) == (1, [])


def test_moderators_are_offered_it_at_the_persons_card_and_others_are_not(house):
    form = '<input type="hidden" name="kind" value="person">'
    for more in ({}, {"page": 1}):
        assert form in page(house["moderator"], "Ruth Aalberse", **more).content.decode()
        assert form not in page(house["employee"], "Ruth Aalberse", **more).content.decode()
    assert "Pin this person" in page(house["moderator"], "Ruth Aalberse").content.decode()


def test_what_was_done_is_said_as_of_a_person(house):
    client = signed_in(house["moderator"])
    sent = {"kind": "person", "id": house["ruth"].pk, "words": WORDS}
    for more, said in (
        ({}, "finds them first. They are told."),
        ({"away": "1"}, "They are no longer pinned"),
    ):
        assert said in client.post("/search/pins/", sent | more, follow=True).content.decode()


def test_they_are_told_once_with_the_words_and_by_whom(house):
    ruth, moderator = house["ruth"], house["moderator"]
    send(moderator, ruth, "Ouderschapsverlof!")
    send(moderator, ruth)
    send(house["lead"], ruth)
    assert told(ruth) == [f"Moderator put you first in the results for “{WORDS}”"]
    row = Notification.objects.get(recipient=ruth)
    assert (row.url, row.actor) == (f"/search/?q={WORDS}", moderator)
    send(moderator, moderator)
    assert told(moderator) == []


def test_whom_they_keep_away_from_is_not_named_and_learns_nothing_of_it(house):
    ruth = house["ruth"]
    keep_distance(by=ruth, other=house["moderator"], kind="block")
    assert send(house["moderator"], ruth).status_code == 302
    assert told(ruth) == [f"A moderator put you first in the results for “{WORDS}”"]


def test_they_take_it_away_themselves_from_the_results_and_from_their_page(house):
    ruth, moderator = house["ruth"], house["moderator"]
    send(moderator, ruth)
    html = page(ruth).content.decode()
    assert ("You stand first for these words." in html, 'action="/search/pins/mine/"' in html) == (True, True)
    assert 'action="/search/pins/mine/"' not in page(house["employee"]).content.decode()
    own, other = (signed_in(user).get(f"/people/{ruth.pk}/").content.decode() for user in (ruth, moderator))
    assert ("You stand first for" in own, "You stand first for" in other) == (True, False)
    response = signed_in(ruth).post("/search/pins/mine/", {"words": WORDS, "next": f"/search/?q={WORDS}"})
    assert (response.status_code, response.url) == (302, f"/search/?q={WORDS}")
    assert (Pin.objects.count(), pinned(house["employee"])) == (0, [])
    assert list(Decision.objects.values_list("verb", "by__name", "title")) == [
        ("person_unpinned", "Ruth Aalberse", f"“{WORDS}”: Ruth Aalberse"),
        ("result_pinned", "Moderator", f"“{WORDS}”: Ruth Aalberse"),
    ]
    unpin_self(words=WORDS, by=ruth)
    assert Decision.objects.count() == 2


def test_nobody_takes_it_away_for_another(house):
    send(house["moderator"], house["ruth"])
    for role in ("employee", "guest", "moderator"):
        signed_in(house[role]).post("/search/pins/mine/", {"words": WORDS})
    assert Pin.objects.count() == 1


def test_it_is_undone_and_not_against_their_will(house):
    ruth, lead = house["ruth"], house["lead"]
    send(house["moderator"], ruth)
    send(house["moderator"], ruth, away="1")
    first_away, first = Decision.objects.all()
    undo_decision(decision=first_away, by=lead)
    assert (Pin.objects.count(), len(told(ruth))) == (1, 1)
    undo_decision(decision=first, by=lead)
    assert (Pin.objects.count(), told(ruth)) == (0, [])
    with pytest.raises(NotUndoneError, match="It is no longer pinned"):
        pinning._unpin_again(first, lead)

    send(house["moderator"], ruth)
    send(house["moderator"], ruth, away="1")
    send(house["moderator"], ruth)
    last, away, *_older = Decision.objects.all()
    unpin_self(words=WORDS, by=ruth)
    for decision in (last, away):
        with pytest.raises(NotUndoneError, match="Ruth Aalberse did not want to stand first"):
            undo_decision(decision=decision, by=lead)
    assert Pin.objects.count() == 0
    # It is no ban: who has talked with them pins them anew.
    send(house["moderator"], ruth)
    assert Pin.objects.count() == 1


def test_who_undoes_what_the_person_took_away_reads_why_not(house):
    send(house["moderator"], house["ruth"])
    decision = Decision.objects.get()
    unpin_self(words=WORDS, by=house["ruth"])
    lead = signed_in(house["lead"])
    html = lead.post(f"/decisions/{decision.pk}/undo/", follow=True).content.decode()
    assert f"Ruth Aalberse did not want to stand first for “{WORDS}” and took it away. So it stays." in html
    decision.refresh_from_db()
    assert decision.undone_at is None


@pytest.mark.parametrize("how", ["moderator", "themselves", "undone", "left"])
def test_what_they_were_told_goes_with_the_pin(house, how):
    ruth, moderator = house["ruth"], house["moderator"]
    send(moderator, ruth, "zwangerschap")
    send(moderator, ruth)
    if how == "moderator":
        send(moderator, ruth, away="1")
    elif how == "themselves":
        unpin_self(words=WORDS, by=ruth)
    elif how == "undone":
        undo_decision(decision=Decision.objects.first(), by=house["lead"])
    else:
        deactivate(person=ruth, by=make_admin())
    left = [] if how == "left" else ["Moderator put you first in the results for “zwangerschap”"]
    assert told(ruth) == left


def test_guests_who_do_not_meet_them_learn_nothing(house):
    ruth = house["ruth"]
    send(house["moderator"], ruth)
    send(house["moderator"], ruth, "zzverlof")
    assert pinned(house["inside"]) == ["Ruth Aalberse"]
    html = page(house["guest"]).content.decode()
    assert (pinned(house["guest"]), "Ruth" in html, "Pinned" in html) == ([], False, False)
    assert page(house["guest"], "zzverlof").context["results"].total == 0
    assert page(house["inside"], "zzverlof").context["results"].total == 1


def test_a_guest_who_looks_after_a_community_reads_of_no_stranger_in_its_log(house):
    stranger = make_user("Stranger Danger", language="en")
    keeper = make_member(house["open"], make_guest(language="en"), role="moderator").user
    send(house["moderator"], stranger)
    send(house["moderator"], house["ruth"])
    shown = {}
    for name, user in (("guest", keeper), ("lead", house["lead"])):
        shown[name] = signed_in(user).get("/moderation/log/").content.decode()
    assert ("Stranger" in shown["guest"], "Ruth" in shown["guest"]) == (False, True)
    assert ("Stranger" in shown["lead"], "Ruth" in shown["lead"]) == (True, True)
    about = Decision.objects.get(title__contains="Stranger")
    assert signed_in(keeper).get(f"/decisions/{about.pk}/").status_code == 404
    assert signed_in(house["lead"]).get(f"/decisions/{about.pk}/").status_code == 200


def test_it_is_written_down_where_the_person_belongs_and_a_private_place_comes_last(house):
    board = make_community("Board", openness="private")
    make_member(board, house["moderator"], role="lead")
    send(house["moderator"], house["ruth"])
    send(house["moderator"], house["employee"])
    assert set(Decision.objects.values_list("audience", flat=True)) == {house["open"].audience}
    make_member(board, house["employee"])
    send(house["moderator"], house["employee"], "begroting")
    assert Decision.objects.first().audience == board.audience


def test_when_somebody_leaves_the_pin_is_gone(house):
    ruth, admin = house["ruth"], make_admin()
    send(house["moderator"], ruth)
    deactivate(person=ruth, by=admin)
    assert (Pin.objects.count(), pinned(house["employee"])) == (0, [])
    assert send(house["moderator"], ruth).status_code == 404
    with pytest.raises(NotUndoneError):
        pinning._pin_again(Decision.objects.get(), admin)


def test_it_is_given_and_erased(house):
    ruth = house["ruth"]
    send(house["moderator"], ruth)
    (row,) = export_data(ruth)["search"]["pinned_to"]
    assert row["words"] == WORDS
    assert export_data(house["moderator"])["search"]["pinned_to"] == []
    erase(person=ruth, by=make_admin())
    assert Pin.objects.count() == Decision.objects.count() == 0
    assert [table for table, row in rows() if "Ruth" in row] == []
