import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user

pytestmark = pytest.mark.django_db


def titles(client, query=""):
    return [one.title for one in client.get(f"/communities/?{query}").context["communities"]]


@pytest.fixture
def reader(client, root):
    user = make_user("Reader", language="en")
    client.force_login(user)
    return user


def test_ones_own_stand_first_and_private_ones_of_others_nowhere(client, reader):
    make_community("Alpha")
    make_community("Secret", openness="private", tags=["covert"])
    make_member(make_community("Mine", openness="private", tags=["ours"]), reader)
    make_community("Draft", live=False)

    response = client.get("/communities/")

    assert [one.title for one in response.context["communities"]] == ["Mine", "Alpha"]
    assert response.context["page"].paginator.count == 2
    assert "Secret" not in response.content.decode()
    assert "covert" not in response.content.decode()
    assert response.content.decode().count("You belong to it") == 1


def test_the_list_is_narrowed_by_words_language_tag_and_belonging(client, reader):
    make_community("Suppliers", summary="Who buys", tags=["Contracts"], language="en")
    make_community("Balie", purpose="<p>Gesprekken aan het loket</p>", tags=["balie"], language="nl")
    make_member(make_community("Data", tags=["contracts", "numbers"], language="en"), reader)

    assert titles(client, "words=buys") == ["Suppliers"]
    assert titles(client, "words=gesprekken+loket") == ["Balie"]
    assert titles(client, "words=gesprekken+buys") == []
    assert titles(client, "language=nl") == ["Balie"]
    assert titles(client, "tag=contracts") == ["Data", "Suppliers"]
    assert titles(client, "tag=numbers&tag=balie") == ["Data", "Balie"]
    assert titles(client, "mine=1") == ["Data"]
    assert titles(client, "language=xx&page=99&mine=x") == ["Data", "Balie", "Suppliers"]
    facets = client.get("/communities/?language=en").context["facets"]
    counts = {one["name"]: {o["value"]: o["number"] for o in one["options"]} for one in facets}
    assert counts == {"language": {"en": 2, "nl": 1}, "tag": {"contracts": 2, "numbers": 1}}


def test_what_fits_nothing_says_what_to_do(client, reader):
    make_community("Suppliers")
    assert b"No community fits all of this" in client.get("/communities/?words=zzz").content


def test_an_empty_site_teaches_and_lets_administrators_begin(client, reader):
    page = client.get("/communities/").content.decode()
    assert "There are no communities yet" in page
    assert "/new-community/" not in page
    reader.is_superuser = True
    reader.save()
    assert "Found the first one" in client.get("/communities/").content.decode()


def test_it_costs_the_same_with_one_and_with_twenty(client, reader):
    def made():
        community = make_community(tags=["x"])
        for _ in range(5):
            make_member(community)
        make_discussion(community)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get("/communities/")
        return len(found)

    made()
    queries()
    one = queries()
    for _ in range(20):
        made()
    assert queries() == one


def test_pages_keep_the_filters(client, reader):
    for number in range(30):
        make_community(f"Number {number:02}", tags=["x"])
    response = client.get("/communities/?tag=x")
    assert len(response.context["communities"]) == 24
    assert "?tag=x&amp;page=2" in response.content.decode()
    assert len(client.get("/communities/?tag=x&page=2").context["communities"]) == 6


def test_a_guest_sees_where_they_belong(client, circle):
    made = circle("open")
    make_community("Elsewhere")
    client.force_login(made.who("guest who is a member"))
    assert titles(client) == ["Suppliers"]
    client.force_login(made.who("guest"))
    assert titles(client) == []
