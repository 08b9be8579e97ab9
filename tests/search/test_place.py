"""The box offers the community of the page, and keeps it; the address keeps nothing else."""

import pytest

from factories.communities import make_community, make_discussion
from factories.people import make_user
from factories.wiki import make_lesson
from support.indexing import index_all

pytestmark = pytest.mark.django_db


def test_a_community_can_be_searched_from_its_pages(client, site_engine, root):
    community = make_community("Buying", language="en")
    lesson = make_lesson(community, "Our suppliers", language="en")
    make_lesson(make_community("Elsewhere"), "Their suppliers", language="en")
    question = make_discussion(community, "Which suppliers?", language="en")
    index_all()
    client.force_login(make_user(language="en"))
    option = f'<option value="{community.pk}" lang="en">Buying</option>'
    for thing in (community, lesson, question):
        assert option in client.get(thing.get_absolute_url(), follow=True).content.decode()
    assert 'class="search-box__place"' not in client.get("/search/").content.decode()
    narrowed = client.get(f"/search/?q=suppliers&community={community.pk}").content.decode()
    assert f'<option value="{community.pk}" selected lang="en">Buying</option>' in narrowed
    suggested = client.get(f"/search/suggest/?q=suppliers&community={community.pk}").content.decode()
    assert "Their" not in suggested


def test_what_a_form_sends_empty_is_not_kept_in_the_address(client, site_engine, root):
    client.force_login(make_user(language="en"))
    response = client.get("/search/?q=supplier&kind=lesson&from=&to=&community=")
    assert (response.status_code, response.url) == (302, "/search/?q=supplier&kind=lesson")
    assert client.get("/search/?q=").url == "/search/"
