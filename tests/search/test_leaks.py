"""Search tells outsiders nothing of a private community: every surface, kind and outsider, on each engine.
And it does for them as much for a word that stands only there as for one that stands nowhere."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Discussion
from factories.communities import make_community
from factories.people import make_admin
from factories.wiki import make_article, make_lesson
from kring.indexing.registry import searchables
from kring.notifications.models import Notification
from search.actions.alerting import tell_what_is_new
from search.actions.saving import save_search
from search.actions.tending import add_synonyms
from search.engines.embedded.reading import Reader, View
from search.engines.meilisearch.server import Server
from search.forms import Asked
from search.models import Pin, SavedSearch, Synonyms
from support.hideout import MARK, SAID, STRANGER, fill, left, make_outsiders, took_part
from support.indexing import index_all
from support.telling import tell_all
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db

# Has as many letters as what is said inside.
NOWHERE = "brokkelwurm"
# What is like a word that is said inside, and the same of one that is said nowhere: the word, with a slip,
# with two, its beginning, written apart, and as part of a compound.
LIKE = [
    (SAID, NOWHERE),
    ("kwartelslog", "brokkelworm"),
    ("kwartalslog", "brokkalworm"),
    ("kwartels", "brokkelw"),
    ("kwartel slag", "brokkel wurm"),
    (f"{SAID}{SAID}", f"{NOWHERE}{NOWHERE}"),
]
# Words that stand only inside, a slip in one, its beginning, in quotes, with others, and no words.
ASKED = (
    SAID,
    "kwartelslog",
    "kwartel",
    f'"{SAID}"',
    f"{SAID} dyeing",
    f"dyeing {SAID} question -tag",
    MARK,
    f"{MARK.title()}lesson",
    f"{MARK.title()}answr",
    "klepel",
)
# The first of these are asked in every run, the others in the slow one.
MANY = pytest.param(ASKED[2:], marks=pytest.mark.slow, id="the others")


@pytest.fixture
def hideout(site_engine, root):
    """Filled and in the index; what is of one of its words means the same as another, and is pinned."""
    made = make_outsiders()
    took_part(made)
    left(made)
    fill(made)
    elsewhere = make_community("Wool", language="en")
    make_lesson(elsewhere, "Dyeing wool twice", language="en")
    make_article(elsewhere, "About dyeing", language="en")
    for language in ("en", "nl"):
        add_synonyms(language=language, text=f"klepel, {SAID}", one_way=False, by=make_admin())
    things = [("community", made.community.pk)]
    pages = {"lesson": LessonPage, "article": ArticlePage}
    things += [(kind, pk) for kind, model in pages.items() for pk in _inside(made, model)]
    things += [(one.kind, one.pk) for one in Discussion.objects.filter(community=made.community)]
    for kind, pk in things:
        Pin.objects.create(words=SAID, kind=kind, object_id=pk)
    index_all()
    tell_all()
    Notification.objects.all().delete()
    return made


def _inside(hideout, model):
    return model.objects.descendant_of(hideout.community).values_list("pk", flat=True)


def outsiders(hideout):
    return {name: user for name, user in hideout.outsiders.items() if user}


def entered(user):
    client = Client()
    client.force_login(user)
    return client


def addresses(text):
    kinds = [f"/search/?{urlencode({'q': text, 'kind': kind})}" for kind in searchables()]
    q = urlencode({"q": text})
    more = [f"/search/?{q}&page=1", f"/search/?{q}&sort=newest", f"/search/?{q}&sign=solved"]
    similar = f"/search/similar/?{urlencode({'title': f'{text} question asked', 'body': text})}"
    return [f"/search/?{q}", *more, *kinds, f"/search/suggest/?{q}", similar]


def told(client, address, text):
    """What a page tells beyond what was asked; the first of the context's figures beside it."""
    response = client.get(address)
    context = response.context or {}
    # A context is no mapping all the way.
    results = context["results"] if "results" in context else None  # noqa: SIM401
    page = response.content.decode()
    for asked in {text, urlencode({"q": text})[2:], text.replace('"', "&quot;")}:
        page = page.replace(asked, "")
    return page, results


@pytest.mark.parametrize("asked", [pytest.param(ASKED[:2], id="the first"), MANY])
def test_no_surface_tells_an_outsider_anything(hideout, asked):
    for name, user in outsiders(hideout).items():
        client = entered(user)
        for text in asked:
            for address in addresses(text):
                page, results = told(client, address, text)
                where = (name, address)
                shown = page.lower().replace(text.lower(), "")
                assert MARK not in shown, where
                # Colleagues meet every guest.
                assert STRANGER.lower() not in shown or name != "guest of another community", where
                assert f'value="{hideout.community.pk}"' not in page, where
                if results is not None and "dyeing" not in text and text != "kwartelslog":
                    _nothing(results, where)


def _nothing(results, where):
    assert (results.hits, results.close, results.total, results.corrections) == ([], [], 0, []), where
    assert {name: found for name, found in results.facets.items() if any(n for _v, n in found)} == {}, where


def test_those_inside_find_every_kind(hideout):
    """So that the table above is about something."""
    client = entered(hideout.inside)
    results = client.get(f"/search/?q={SAID}").context["results"]
    kinds = {"lesson", "article", "question", "discussion", "community"}
    assert kinds <= set(dict(results.facets["kind"]))
    assert client.get("/search/?q=klepel").context["results"].total == results.total
    assert MARK in client.get(f"/search/?q={SAID}").content.decode().lower()


def test_saved_searches_tell_outsiders_nothing(hideout):
    for user in outsiders(hideout).values():
        for text in (SAID, "klepel", f"{MARK.title()}lesson"):
            save_search(asked=Asked(text), by=user, alert="new")
    SavedSearch.objects.update(seen=[])
    assert tell_what_is_new(timezone.now()) == 0
    tell_all()
    assert Notification.objects.filter(kind__startswith="search").count() == 0
    save_search(asked=Asked(SAID), by=hideout.inside, alert="new")
    SavedSearch.objects.update(seen=[])
    assert tell_what_is_new(timezone.now()) == 1


class Counting:
    """A searcher that notes what is asked of it."""

    def __init__(self, searcher, calls):
        self._searcher, self._calls = searcher, calls

    def __getattr__(self, name):
        found = getattr(self._searcher, name)
        if callable(found):
            self._calls[name] += 1
        return found


@pytest.fixture
def calls(monkeypatch):
    """Name to how often an engine was asked that; of the second engine, each question of a request, too."""
    counted = Counter()
    view, post = Reader.view, Server.post

    def counting_view(self):
        found = view(self)
        return found and View(Counting(found.searcher, counted), found.vocabulary)

    def counting_post(self, path, payload, **more):
        name = path.rpartition("/")[2]
        # All words of an index are looked up once a minute, whatever is asked.
        if name != "search":
            counted[name] += 1
            counted["questions"] += len(payload.get("queries", ())) if isinstance(payload, dict) else 0
        return post(self, path, payload, **more)

    monkeypatch.setattr(Reader, "view", counting_view)
    monkeypatch.setattr(Server, "post", counting_post)
    return counted


def asked_of(client, calls, address):
    """What it takes to answer: calls of the engine, and the database's queries without their values."""
    client.get(address)
    cache.clear()
    calls.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return dict(calls), len(queries)


@pytest.mark.parametrize("form", ["{}", "{} dyeing", "dyeing {}", '"{}"'])
def test_it_takes_as_much_for_what_is_like_a_word_inside_as_for_what_is_like_none(hideout, calls, form):
    # What is pinned, and what means the same, is asked for by everybody alike.
    Pin.objects.all().delete()
    Synonyms.objects.all().delete()
    client = entered(hideout.outsiders["employee"])
    for pair in LIKE:
        for address in ("/search/?", "/search/suggest/?"):
            both = [
                asked_of(client, calls, f"{address}{urlencode({'q': form.format(text)})}") for text in pair
            ]
            assert both[0] == both[1], (address, pair, both)
