"""The pages on which synonyms are kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories.communities import make_community, make_member
from factories.people import make_admin, make_user
from kring.activity.models import Activity
from search.actions.asking import this_month
from search.actions.tending import add_synonyms, change_synonyms
from search.models import AskedWords, Synonyms
from support.reading import text_of

pytestmark = pytest.mark.django_db
HERE = "/moderation/synonyms/"


@pytest.fixture
def ruth(root):
    user = make_user("Ruth", language="en")
    make_member(make_community("Counter"), user, role="moderator")
    return user


@pytest.fixture
def client(ruth):
    return entered(ruth)


def entered(user):
    client = Client()
    client.force_login(user)
    return client


def add(by, text="WOO, Wet open overheid", language="nl", one_way=False):
    return add_synonyms(language=language, text=text, one_way=one_way, by=by)


def rows():
    return list(Synonyms.objects.order_by("pk").values_list("language", "words", "one_way"))


def said(response):
    return [str(one) for one in response.context["messages"]]


def test_an_empty_list_says_how_to_begin(client):
    page = text_of(client.get(HERE))
    assert "No words yet" in page
    assert "WOO, Wet open overheid" in page
    assert HERE in client.get("/moderation/").content.decode()


def test_a_row_is_added_and_stands_in_the_list_of_its_language(client):
    sent = {"words": "WOO\nWet open overheid", "language": "nl", "one_way": "on"}
    response = client.post(f"{HERE}add/", sent, follow=True)
    assert response.redirect_chain == [(f"{HERE}?language=nl", 302)]
    assert said(response) == ["Added: WOO → Wet open overheid. From now on one finds the other."]
    assert rows() == [("nl", "WOO, Wet open overheid", True)]
    assert [shown for _row, shown in response.context["rows"]] == ["WOO → Wet open overheid"]
    assert list(client.get(f"{HERE}?language=en").context["rows"]) == []


def test_what_is_refused_keeps_what_was_typed(client, ruth):
    add(ruth)
    response = client.post(f"{HERE}add/", {"words": "verzoek, woo", "language": "nl", "one_way": "on"})
    page = text_of(response)
    assert (response.status_code, rows()) == (400, [("nl", "WOO, Wet open overheid", False)])
    assert "“woo” stands in another row already: WOO, Wet open overheid. Change that one." in page
    form = response.context["form"]
    assert (form["words"].value(), form["one_way"].value()) == ("verzoek, woo", True)
    assert client.post(f"{HERE}add/", {"words": "x, y", "language": "xx"}).status_code == 400
    assert client.post(f"{HERE}add/", {}).status_code == 400


def test_it_is_begun_with_what_people_did_not_find(client):
    response = client.get(f"{HERE}add/?words=kapvergunning%00")
    assert response.context["form"]["words"].value() == "kapvergunning, "


def test_the_page_of_what_is_looked_for_leads_there(client):
    AskedWords.objects.create(month=this_month(), words="kap vergunning", askers=6, searches=8, empty=8)
    for address in ("/moderation/asked/", "/moderation/"):
        assert f"{HERE}add/?words=kap" in client.get(address).content.decode(), address


def test_a_row_is_changed(client, ruth):
    row = add(ruth)
    page = client.get(f"{HERE}{row.pk}/")
    assert page.context["form"].initial == {
        "words": "WOO, Wet open overheid",
        "one_way": False,
        "version": 1,
    }
    response = client.post(f"{HERE}{row.pk}/", {"words": "WOO, Wob", "version": "1"}, follow=True)
    assert (said(response), rows()) == (["Changed: WOO, Wob."], [("nl", "WOO, Wob", False)])


def test_two_editors_at_once(client, ruth):
    row = add(ruth)
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=False, by=make_admin())
    sent = {"words": "WOO, openbaarheid", "version": "1"}
    response = client.post(f"{HERE}{row.pk}/", sent)
    page = text_of(response)
    assert (response.status_code, rows()) == (400, [("nl", "WOO, Wob", False)])
    assert "Somebody changed this while you were at it. It is now: WOO, Wob" in page
    form = response.context["form"]
    assert (form["words"].value(), form["version"].value()) == ("WOO, openbaarheid", "2")
    assert client.post(f"{HERE}{row.pk}/", sent | {"version": "2"}).status_code == 302
    assert rows() == [("nl", "WOO, openbaarheid", False)]
    for version in ("", "x", "1"):
        assert client.post(f"{HERE}{row.pk}/", sent | {"version": version}).status_code == 400


def test_a_row_is_removed_after_a_question_and_put_back(client, ruth):
    row = add(ruth)
    assert "WOO, Wet open overheid" in text_of(client.get(f"{HERE}{row.pk}/remove/"))
    assert len(rows()) == 1
    response = client.post(f"{HERE}{row.pk}/remove/", {"version": "1"}, follow=True)
    assert rows() == []
    assert "You removed “WOO, Wet open overheid”." in text_of(response)
    undo = re.search(r'action="(/moderation/synonyms/log/\d+/undo/)"', response.content.decode())
    assert said(client.post(undo[1], follow=True)) == ["Taken back."]
    assert rows() == [("nl", "WOO, Wet open overheid", False)]
    assert client.get(response.redirect_chain[0][0]).context["removed"] is None
    assert said(client.post(undo[1], follow=True)) == ["That is taken back already."]


def test_what_was_changed_meanwhile_is_not_removed_unseen(client, ruth):
    row = add(ruth)
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=False, by=ruth)
    response = client.post(f"{HERE}{row.pk}/remove/", {"version": "1"})
    assert (response.status_code, len(rows())) == (400, 1)
    assert "It is now: WOO, Wob" in text_of(response)
    assert 'name="version" value="2"' in response.content.decode()


def test_a_list_comes_and_goes_as_a_text(client, ruth):
    text = "WOO, Wet open overheid\nbijstand => uitkering\n"
    response = client.post(f"{HERE}import/", {"language": "nl", "text": text}, follow=True)
    assert said(response) == ["2 rows are added."]
    taken = client.get(f"{HERE}export/?language=nl")
    assert taken["Content-Disposition"] == 'attachment; filename="synonyms-nl.txt"'
    assert taken.content.decode() == text
    file = SimpleUploadedFile("list.txt", b"\xef\xbb\xbf" + text.encode() + b"pc, computer\n")
    response = client.post(f"{HERE}import/", {"language": "nl", "file": file}, follow=True)
    assert said(response) == ["1 row is added. 2 were there already."]
    assert client.get(f"{HERE}export/?language=en").content == b""


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"text": "woo\npc, computer"}, "Line 1: Write two words or more"),
        ({"text": ""}, "Write a row, or choose a file."),
        ({"file": SimpleUploadedFile("a.txt", b"\xff\xfe\x00")}, "That is no text in UTF-8."),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 1_200_001)}, "Import it in parts."),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_as_a_whole(client, sent, why):
    response = client.post(f"{HERE}import/", {"language": "nl"} | sent)
    assert (response.status_code, rows()) == (400, [])
    assert why in text_of(response)
    assert response.context["form"]["text"].value() == sent.get("text")


def test_of_many_lines_that_cannot_be_read_the_first_are_told_and_how_many_more(client):
    response = client.post(f"{HERE}import/", {"language": "nl", "text": "woo\n" * 23})
    told = response.context["form"].errors["text"]
    assert (len(told), told[19][:8], told[20]) == (21, "Line 20:", "And 3 more lines.")
    response = client.post(f"{HERE}import/", {"language": "nl", "text": "woo\n" * 20})
    assert len(response.context["form"].errors["text"]) == 20


def test_try_it_shows_what_a_query_becomes(client, ruth):
    add(ruth)
    page = client.get(f"{HERE}?try=de+wet+open+overheid+%22woo%22+verzoek")
    assert page.context["becomes"] == [
        ("de", []),
        ("wet open overheid", ["WOO"]),
        ("woo", []),
        ("verzoek", []),
    ]
    assert "wet open overheid or WOO" in text_of(page)


def test_the_log_tells_who_changed_what(client, ruth):
    row = add(ruth)
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=True, by=make_admin(name="Bas"))
    page = text_of(client.get(f"{HERE}log/"))
    assert "Bas changed" in page
    assert "Before: WOO, Wet open overheid" in page
    assert "After: WOO → Wob" in page
    assert "Ruth added" in page
    changed, added = (one["change"].pk for one in client.get(f"{HERE}log/").context["changes"])
    assert client.post(f"{HERE}log/{changed}/undo/").status_code == 302
    assert rows() == [("nl", "WOO, Wet open overheid", False)]
    assert said(client.post(f"{HERE}log/{added}/undo/", follow=True)) != ["Taken back."]
    other = Activity.objects.exclude(verb__startswith="synonyms").first()
    assert client.post(f"{HERE}log/{other.pk if other else 10**9}/undo/").status_code == 404


def test_the_list_is_searched_and_turned_over(client, ruth):
    rows = [Synonyms(language="nl", words=f"een{number}, twee{number}", by=ruth) for number in range(60)]
    Synonyms.objects.bulk_create(rows)
    assert len(client.get(f"{HERE}?language=nl&page=2").context["rows"]) == 10
    found = client.get(f"{HERE}?language=nl&words=TWEE33").context["rows"]
    assert [shown for _row, shown in found] == ["een33, twee33"]
    assert "Nothing with “zes” in this list." in text_of(client.get(f"{HERE}?words=zes"))


def test_who_looks_after_nothing_is_turned_away(ruth):
    row = add(ruth)
    other = entered(make_user())
    for address in ("", "add/", "import/", "export/", "log/", f"{row.pk}/", f"{row.pk}/remove/"):
        assert other.get(f"{HERE}{address}").status_code == 403, address
    for address in ("add/", "import/", f"{row.pk}/", f"{row.pk}/remove/", "log/1/undo/"):
        assert other.post(f"{HERE}{address}").status_code == 403, address
    assert len(rows()) == 1
    assert entered(make_admin()).get(HERE).status_code == 200
