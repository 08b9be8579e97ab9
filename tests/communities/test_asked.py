"""What people look for reaches moderators, who see to it; pins stand first for whoever may read them."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from communities.queue import looked_after_by, queue_kinds, waiting_count, waiting_in
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_lesson
from kring.conversations.actions import undo_decision
from kring.conversations.models import Decision
from search.actions.asking import this_month
from search.models import AskedWords, Pin
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path, root):
    settings.INDEX_DIR = tmp_path / "index"
    cache.clear()


@pytest.fixture
def house():
    """A community with a moderator, a private one with its own, and a lesson in each."""
    made = {"open": make_community("Buying"), "private": make_community("Board", openness="private")}
    made["moderator"] = make_member(made["open"], make_user(language="en"), role="moderator").user
    made["keeper"] = make_member(made["private"], make_user(language="en"), role="lead").user
    made["employee"] = make_user(language="en")
    made["lesson"] = make_lesson(made["open"], "Where to leave the car", author=made["moderator"])
    make_lesson(made["open"], "Parking badges", author=made["moderator"])
    made["secret"] = make_lesson(made["private"], "Garage for the board", author=made["keeper"])
    index_all()
    return made


def asked(words, **fields):
    values = {"month": this_month(), "askers": 7, "searches": 8, "empty": 8} | fields
    return AskedWords.objects.create(words=words, **values)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def pinning(user, lesson, words="parking", **more):
    sent = {"kind": "lesson", "id": lesson.pk, "words": words} | more
    return signed_in(user).post("/search/pins/", sent)


def titles(user, address="/search/?q=parking"):
    html = signed_in(user).get(address).content.decode()
    found = re.findall(r'class="card__title"[^>]*><a[^>]*>(.*?)</a>', html)
    return [unescape(strip_tags(title)) for title in found]


def items_of(user):
    kind = next(one for one in queue_kinds() if one.key == "asked")
    return kind.items(user, looked_after_by(user))


def test_what_five_people_did_not_find_waits_for_moderators(house):
    asked("carpool")
    asked("four", askers=4)
    moderator = house["moderator"]
    assert waiting_count(moderator) == 1
    assert waiting_count(house["employee"]) == 0
    assert sum(waiting_in(moderator, looked_after_by(moderator)).values()) == 0
    html = signed_in(moderator).get("/moderation/").content.decode()
    assert "7 people searched for “carpool”" in html
    assert "They found nothing." in html
    assert 'href="/discussions/new/?title=carpool"' in html
    assert 'href="/search/?q=carpool"' in html
    assert "four" not in [item.title for item in items_of(moderator)]


def test_setting_aside_is_done_once_for_all(house):
    asked("carpool")
    assert (
        signed_in(house["employee"]).post("/moderation/asked/settle/", {"words": "carpool"}).status_code
        == 403
    )
    client = signed_in(house["moderator"])
    assert client.post("/moderation/asked/settle/", {"words": "carpool"}).status_code == 302
    assert items_of(house["keeper"]) == []


def test_a_chosen_community_leaves_it_out(house):
    asked("carpool")
    admin = make_admin()
    assert "carpool" in signed_in(admin).get("/moderation/").content.decode()
    page = f"/moderation/?community={house['open'].pk}"
    assert "carpool" not in signed_in(admin).get(page).content.decode()


def test_the_page_shows_words_of_a_month_and_nothing_of_few(house):
    asked("carpool")
    asked("parking", askers=5, searches=9, empty=1, opened=4)
    asked("rare", askers=4)
    asked("spring", month=timezone.localdate().replace(year=2020, month=3, day=1))
    client = signed_in(house["moderator"])
    response = client.get("/moderation/asked/")
    rows = {key: [row.words for row in rows] for key, _label, rows in response.context["lists"]}
    assert rows == {"most": ["carpool", "parking"], "not-found": ["carpool"], "not-opened": []}
    html = response.content.decode()
    # Four who opened something, and one search without a result, are too few to tell.
    assert ("5 people, 9 searches</p>" in html, "rare" in html) == (True, False)
    assert "spring" in client.get("/moderation/asked/?month=2020-03-01").content.decode()
    assert client.get("/moderation/asked/?month=nonsense").context["month"] == this_month()


def test_without_anything_to_tell_the_page_says_when_there_will_be(house):
    assert "Nothing to tell yet" in signed_in(house["moderator"]).get("/moderation/asked/").content.decode()


def test_a_pinned_result_stands_first_once_and_says_so(house):
    assert titles(house["employee"]) == ["Parking badges"]
    assert pinning(house["moderator"], house["lesson"], "Parking!").status_code == 302
    assert titles(house["employee"]) == ["Where to leave the car", "Parking badges"]
    html = signed_in(house["employee"]).get("/search/?q=parking").content.decode()
    assert ("Pinned by the moderators" in html, "Pin this" in html) == (True, False)
    pinning(house["moderator"], Pin.objects.get() and house["lesson"])
    assert Pin.objects.count() == Decision.objects.count() == 1
    assert titles(house["employee"], "/search/?q=parking&page=1") == [
        "Where to leave the car",
        "Parking badges",
    ]


def test_what_the_engine_finds_too_is_shown_once(house):
    pinning(house["moderator"], house["lesson"], "car")
    assert titles(house["employee"], "/search/?q=car") == ["Where to leave the car"]


def test_where_nothing_is_found_moderators_read_how_to_pin_something(house):
    told = "choose “Pin this”, and write “zebra” there."
    assert told in signed_in(house["moderator"]).get("/search/?q=zebra").content.decode()
    assert told not in signed_in(house["employee"]).get("/search/?q=zebra").content.decode()


def test_a_pin_for_words_that_find_nothing_is_a_result(house):
    pinning(house["moderator"], house["lesson"], "zzvehicles")
    response = signed_in(house["employee"]).get("/search/?q=zzvehicles")
    assert (response.context["results"].total, titles(house["employee"], "/search/?q=zzvehicles")) == (
        1,
        ["Where to leave the car"],
    )
    assert AskedWords.objects.get(words="zzvehicles").empty == 0


def test_nobody_sees_a_pin_to_what_they_may_not_read(house):
    assert pinning(house["keeper"], house["secret"]).status_code == 302
    assert titles(house["keeper"])[0] == "Garage for the board"
    html = signed_in(house["employee"]).get("/search/?q=parking").content.decode()
    assert ("Garage" in html, "Pinned" in html) == (False, False)


def test_only_moderators_of_its_community_pin_a_result(house):
    assert pinning(house["employee"], house["lesson"]).status_code == 403
    assert pinning(house["keeper"], house["lesson"]).status_code == 403
    assert pinning(house["employee"], house["secret"]).status_code == 404
    assert pinning(make_admin(), house["secret"]).status_code == 302
    assert [pin.object_id for pin in Pin.objects.all()] == [house["secret"].pk]
    assert pinning(house["employee"], house["secret"], away="1").status_code == 404
    assert pinning(house["keeper"], house["secret"], away="1").status_code == 302
    assert Pin.objects.count() == 0


def test_three_results_at_most_are_pinned_to_words(house):
    moderator = house["moderator"]
    for number in range(4):
        pinning(moderator, make_lesson(house["open"], f"Lesson {number}", author=moderator))
    assert Pin.objects.count() == 3
    response = pinning(moderator, make_lesson(house["open"], "One more", author=moderator))
    assert "Three results are pinned for “parking” already" in str(
        response.wsgi_request._messages._queued_messages[0]
    )
    assert pinning(moderator, house["lesson"], "?!").status_code == 302
    assert Pin.objects.count() == 3


def test_pinning_is_decided_and_undone(house):
    admin = make_admin()
    pinning(house["moderator"], house["lesson"])
    undo_decision(decision=Decision.objects.get(), by=admin)
    assert Pin.objects.count() == 0
    pinning(house["moderator"], house["lesson"])
    pinning(house["moderator"], house["lesson"], away="1")
    last = Decision.objects.order_by("pk").last()
    assert (last.verb, last.title) == ("result_unpinned", "“parking”: Where to leave the car")
    undo_decision(decision=last, by=admin)
    assert Pin.objects.get().words == "parking"


def test_a_question_that_is_removed_is_no_longer_pinned_for_anybody(house):
    question = make_discussion(house["open"], "Where is parking allowed?")
    signed_in(house["moderator"]).post(
        "/search/pins/", {"kind": "question", "id": question.pk, "words": "parking"}
    )
    assert titles(house["employee"])[0] == "Where is parking allowed?"
    question.delete()
    assert titles(house["employee"]) == ["Parking badges"]
