"""What is alike on the pages: within rights, at once, and nothing where there is nothing good enough."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

from communities.actions import move_discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_article, make_lesson
from kring.indexing.models import IndexChange
from search import learning
from search.alike import close_to, related, root, shelf
from search.draining import drain
from search.engines import current_engine
from search.learning import learn, learn_when_due
from search.likeness import storage
from search.similar import mixed, similar
from support import subjects
from support.indexing import index_all
from support.queries import cost, growth

pytestmark = pytest.mark.django_db

SECRET = "Zilverreiger"


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path, root_page):
    settings.INDEX_DIR = tmp_path / "index"


@pytest.fixture
def root_page(root):
    return root


@pytest.fixture
def reader(root_page):
    return make_user(language="en")


@pytest.fixture
def house(root_page):
    """Lessons on three subjects in an open community, and one more on water in a private one."""
    made = {"open": make_community("Works"), "private": make_community("Board", openness="private")}
    made["lessons"] = [
        make_lesson(made["open"], f"{' '.join(words[:3])} {number}", summary=" ".join(words), language="en")
        for number, (_name, words) in enumerate(subjects.texts(12))
    ]
    words = made["lessons"][1].summary
    made["secret"] = make_lesson(made["private"], f"{SECRET} {words}", summary=words, language="en")
    made["odd"] = make_lesson(made["open"], "Bread keeps longer in cloth", summary="Flour and yeast.")
    index_all()
    assert learn() == 38
    return made


def titles(cards):
    return [unescape(re.sub("<[^>]+>", "", card.hit.title)) for card in cards]


def like_second(house, user):
    """What is like the second lesson, which is about water."""
    return titles(related(user, "lesson", house["lessons"][1].pk))


def test_a_lesson_shows_what_is_about_the_same(house, client, reader):
    found = like_second(house, reader)
    water = {lesson.title for lesson in house["lessons"][1::3]}
    assert len(found) == 4
    assert set(found) <= water - {house["lessons"][1].title}
    client.force_login(reader)
    page = client.get(house["lessons"][1].get_absolute_url()).content.decode()
    assert "About the same" in page
    assert found[0] in unescape(page)
    # Nothing is good enough for this one.
    assert related(reader, "lesson", house["odd"].pk) == []
    assert "About the same" not in client.get(house["odd"].get_absolute_url()).content.decode()


def test_what_one_may_not_read_takes_no_part(house, reader):
    member = make_member(house["private"], make_user()).user
    before = like_second(house, reader)
    assert SECRET in like_second(house, member)[0]
    assert like_second(house, make_admin())[0] == like_second(house, member)[0]
    house["secret"].delete()
    index_all()
    learn()
    assert (SECRET in str(before), set(before) & set(like_second(house, reader))) == (False, set(before))


def test_what_is_hidden_or_moved_is_gone_before_the_index_knows(house, reader):
    near = house["lessons"][4]
    near.summary, near.title = house["lessons"][1].summary, house["lessons"][1].title
    near.save()
    drain(current_engine())
    assert like_second(house, reader)[0] == near.title
    near.live = False
    near.save()
    assert IndexChange.objects.exists()
    assert near.title not in like_second(house, reader)
    drain(current_engine())
    assert f"lesson:{near.pk}" not in shelf().row_of


def test_questions_articles_and_lessons_are_alike_across_kinds(house, client, reader):
    words = house["lessons"][1].summary
    question = make_discussion(house["open"], f"Why does the {words}?", language="en")
    make_article(house["open"], f"All of {words}", summary=words, language="en")
    drain(current_engine())
    found = related(reader, "question", question.pk)
    assert {card.kind.kind for card in found} >= {"lesson", "article"}
    client.force_login(reader)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "About the same" in page
    move_discussion(discussion=question, to=house["private"], by=make_admin())
    assert f"question:{question.pk}" not in {
        card.hit.thing for card in related(reader, "lesson", house["lessons"][1].pk)
    }


def test_without_learning_a_question_shows_its_neighbours_as_before(client, reader):
    community = make_community()
    question = make_discussion(community, "Which pump?")
    other = make_discussion(community, "Which valve?")
    index_all()
    assert (learn(), shelf(), related(reader, "question", question.pk)) == (0, None, [])
    assert close_to(reader, "pump") == []
    client.force_login(reader)
    page = client.get(question.get_absolute_url()).content.decode()
    assert other.title in page
    assert "About the same" not in page


# While typing, and after a search


def test_while_typing_what_is_near_stands_beside_what_has_the_words(house, reader):
    found = titles(similar(reader, "Pressure valve"))
    water = {lesson.title for lesson in house["lessons"][1::3]}
    assert len(found) == 4
    assert set(found) <= water
    assert similar(reader, "zebra giraffe") == []
    assert f"lesson:{house['lessons'][1].pk}" not in [
        card.hit.thing
        for card in similar(reader, house["lessons"][1].title, but=f"lesson:{house['lessons'][1].pk}")
    ]


def test_words_and_directions_are_mixed_whatever_the_size_of_scores():
    assert mixed({"a": 30.0, "b": 15.0}, {"b": 0.9, "c": 0.7}) == ["b", "a", "c"]
    assert mixed({}, {"c": 0.7}) == ["c"]
    assert mixed({"a": 0.0}, {}) == ["a"]


def test_a_search_that_finds_nothing_shows_what_is_about_it(house, reader):
    client = Client()
    client.force_login(reader)
    page = client.get("/search/?q=leaking+zebra+giraffe+lion").content.decode()
    assert "About the same, in other words" in page
    assert SECRET not in page
    assert "in other words" not in client.get("/search/?q=zebra+giraffe").content.decode()
    # What fits as it stands needs no help, and choices stay choices.
    assert "in other words" not in client.get("/search/?q=pump").content.decode()
    assert "in other words" not in client.get("/search/?q=pumps+zebra&kind=question").content.decode()


def test_the_form_of_a_lesson_looks_without_script_and_keeps_what_was_typed(house, reader):
    client = Client()
    client.force_login(reader)
    sent = {"title": "A leak of the pump", "summary": "valve, *pipe*", "tag_words": "wet", "look": "1"}
    response = client.post("/lessons/new/", sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Was it told before?" in page
    for kept in ('value="A leak of the pump"', "valve, *pipe*", 'value="wet"'):
        assert kept in page
    assert "field__error" not in page
    nothing = client.post("/lessons/new/", sent | {"title": "Zebra giraffe", "summary": ""})
    assert "Nothing like it was found" in nothing.content.decode()
    piece = client.get("/search/similar/?title=leak+of+the+pump&for=lesson").content.decode()
    assert "Was it told before?" in piece
    assert 'data-for="lesson"' in client.get("/lessons/new/").content.decode()


def test_asides_cost_the_same_for_few_and_many(house, reader):
    client = Client()
    client.force_login(reader)
    address = house["lessons"][1].get_absolute_url()
    client.get(address)
    few = cost(client, address)
    for number in range(10):
        make_lesson(house["open"], f"pump valve {number}", summary=house["lessons"][1].summary)
    IndexChange.objects.all().delete()
    index_all()
    learn()
    assert growth(few, cost(client, address)) == []


# Learning


def test_the_task_learns_when_there_is_reason_to(house, monkeypatch):
    assert learn_when_due() == 0
    for number in range(8):
        make_lesson(house["open"], f"pump valve {number}")
    assert learn_when_due() == 46
    path = root() / storage.current(root()) / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-7])
    storage.forget(root())
    assert learn_when_due() == 46
    assert learn_when_due() == 0
    monkeypatch.setattr(learning, "OLD_SECONDS", -1)
    assert learn_when_due() == 46


def test_reindex_learns_too(house):
    storage.forget(root())
    call_command("reindex", "--quiet")
    # One has no word in common with any other, and so no place.
    assert len(shelf().row_of) == 37


def test_search_goes_on_where_likeness_cannot_be_written(house, reader):
    words = root() / storage.current(root()) / "words.json"
    words.write_text("{")
    make_lesson(house["open"], "A pump that was found")
    from search.likeness.files import load_model

    load_model.cache_clear()
    drain(current_engine())
    assert titles(similar(reader, "pump that was found"))[0] == "A pump that was found"
    assert storage.current(root()) == ""
    assert learn_when_due() == 39
