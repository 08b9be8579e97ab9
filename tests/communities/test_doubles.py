"""What looks like the same twice waits for whoever looks after both, and for nobody else."""

import pytest
from django.test import Client

from communities.queue import looked_after_by, queue_kinds, waiting_count, waiting_in
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_lesson
from kring.conversations.actions import undo_decision
from kring.conversations.models import Decision
from kring.people.actions.privacy import erase, export_data
from search.draining import drain
from search.engines import current_engine
from search.learning import learn, learn_when_due
from search.models import NotAlike
from support import subjects
from support.indexing import index_all
from support.queries import cost, growth

pytestmark = pytest.mark.django_db

TEXT = "<p>The pressure in the pipe falls when the pump starts, and the valve at the tank leaks.</p>"
TITLE = "The pump loses pressure when it starts"


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path, root):
    settings.INDEX_DIR = tmp_path / "index"


@pytest.fixture
def house():
    """Two communities with moderators of their own, and one of both; a lesson in each that says the same, and
    the same question twice in the first."""
    made = {"open": make_community("Works"), "private": make_community("Board", openness="private")}
    made["both"] = make_user(language="en")
    for name in ("open", "private"):
        moderator = make_member(made[name], make_user(language="en"), role="moderator").user
        made[f"moderator of {name}"] = moderator
        make_member(made[name], made["both"], role="moderator")
    for number, (_name, words) in enumerate(subjects.texts(11)):
        make_lesson(made["open"], f"Note {number}", summary=" ".join(words), language="en")
    made["lesson"] = make_lesson(made["open"], TITLE, happened=TEXT, language="en")
    made["secret"] = make_lesson(made["private"], f"{TITLE} again", happened=TEXT, language="en")
    made["question"] = make_discussion(made["open"], f"Why? {TITLE}", body=TEXT, language="en")
    made["twice"] = make_discussion(made["open"], f"{TITLE}, why?", body=TEXT, language="en")
    index_all()
    assert learn()
    return made


def items_of(user):
    kind = next(one for one in queue_kinds() if one.key == "alike")
    return kind.items(user, looked_after_by(user))


def pairs_of(user):
    return {act.sends["pair"] for item in items_of(user) for act in item.acts if "pair" in act.sends}


def pair(one, other):
    kind = "lesson" if hasattr(one, "slug") else "question"
    return f"{kind}:{one.pk} {kind}:{other.pk}"


def post(user, address, sent):
    client = Client()
    client.force_login(user)
    return client.post(address, sent)


def test_each_moderator_sees_pairs_of_which_they_look_after_both(house):
    lessons, questions = (
        pair(house["lesson"], house["secret"]),
        pair(house["question"], house["twice"]),
    )
    assert {lessons, questions} & pairs_of(house["moderator of open"]) == {questions}
    assert pairs_of(house["moderator of private"]) == set()
    for user in (house["both"], make_admin()):
        assert {lessons, questions} & pairs_of(user) == {lessons, questions}
    assert not any(str(house["secret"].pk) in one for one in pairs_of(house["moderator of open"]))
    assert waiting_count(house["moderator of open"]) - waiting_count(house["moderator of private"]) >= 1
    communities = looked_after_by(house["both"])
    assert waiting_in(house["both"], communities)[house["private"].pk] == 1


def test_the_queue_offers_the_fitting_ways(house):
    acts = {item.key.split("-")[1]: item.acts for item in reversed(items_of(house["both"]))}
    assert [act.label for act in acts["question"]] == [
        "Bring them together", "Look at the other one", "Not the same",
    ]  # fmt: skip
    assert [act.label for act in acts["lesson"]] == [
        "Look at the other one", "Unpublish the later one", "Not the same",
    ]  # fmt: skip
    client = Client()
    client.force_login(house["both"])
    page = client.get("/moderation/").content.decode()
    assert "Perhaps the same twice" in page
    assert "It says much the same as" in page
    merge = client.get(acts["question"][0].url).content.decode()
    assert merge.count(" checked") == 1
    assert f'value="{house["question"].pk}" required' in merge or f'value="{house["question"].pk}"' in merge


def test_not_the_same_is_one_click_and_can_be_taken_back(house):
    name = pair(house["lesson"], house["secret"])
    response = post(house["both"], "/moderation/not-alike/", {"pair": name})
    assert (response.status_code, response["Location"]) == (302, "/moderation/")
    assert name not in pairs_of(house["both"])
    assert NotAlike.objects.get().by == house["both"]
    post(house["both"], "/moderation/not-alike/", {"pair": " ".join(reversed(name.split()))})
    assert NotAlike.objects.count() == 1
    # Each community reads of its own thing alone.
    written = dict(Decision.objects.values_list("audience", "title"))
    assert written == {
        house["open"].audience: house["lesson"].title,
        house["private"].audience: house["secret"].title,
    }
    undo_decision(decision=Decision.objects.first(), by=house["both"])
    assert name in pairs_of(house["both"])


@pytest.mark.parametrize(
    "who, status", [("moderator of open", 404), ("moderator of private", 403), ("employee", 404)]
)
def test_who_does_not_look_after_both_says_nothing_of_them(house, who, status):
    user = house.get(who) or make_user()
    name = pair(house["lesson"], house["secret"])
    assert post(user, "/moderation/not-alike/", {"pair": name}).status_code == status
    assert not NotAlike.objects.exists()


@pytest.mark.parametrize(
    "sent", ["", "lesson:1", "lesson:x lesson:2", "ghost:1 ghost:2", "lesson:999 lesson:998"]
)
def test_what_is_no_pair_is_not_there(house, sent):
    assert post(house["both"], "/moderation/not-alike/", {"pair": sent}).status_code == 404


def test_what_is_hidden_or_changed_waits_no_more(house):
    lessons, questions = (
        pair(house["lesson"], house["secret"]),
        pair(house["question"], house["twice"]),
    )
    house["twice"].delete()
    assert {lessons, questions} & pairs_of(house["both"]) == {lessons}
    house["secret"].happened = "<p>Bread keeps longer in cloth.</p>"
    house["secret"].title = "Bread"
    house["secret"].save()
    drain(current_engine())
    learn_when_due()
    assert not {lessons, questions} & pairs_of(house["both"])


def test_a_new_double_is_noticed_without_learning_anew(house):
    third = make_discussion(house["open"], f"{TITLE}, why is that?", body=TEXT, language="en")
    drain(current_engine())
    assert learn_when_due() == 0
    assert pair(house["question"], third) in pairs_of(house["moderator of open"])


def test_the_queue_costs_the_same_for_one_and_many(house):
    client = Client()
    client.force_login(house["moderator of open"])
    client.get("/moderation/")
    few = cost(client, "/moderation/")
    for number in range(10):
        make_discussion(house["open"], f"{TITLE}, why {number}?", body=TEXT, language="en")
    drain(current_engine())
    learn_when_due()
    assert len(items_of(house["moderator of open"])) > 5
    assert growth(few, cost(client, "/moderation/")) == []


def test_what_a_moderator_said_is_exported_and_stays_without_their_name(house):
    name = pair(house["question"], house["twice"])
    post(house["moderator of open"], "/moderation/not-alike/", {"pair": name})
    row = NotAlike.objects.get()
    assert export_data(house["moderator of open"])["search"]["set_apart"] == [{"pair": name, "at": row.at}]
    erase(person=house["moderator of open"], by=house["moderator of open"])
    row.refresh_from_db()
    assert (row.pair, row.by) == (name, None)
