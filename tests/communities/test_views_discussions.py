import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment, remove_comment
from kring.people.models import PersonSkill, Skill
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def titles(client, query=""):
    return [one.title for one in client.get(f"/discussions/?{query}").context["page"]]


def counts(client, query=""):
    facets = client.get(f"/discussions/?{query}").context["facets"]
    return {one["name"]: {str(o["value"]): o["number"] for o in one["options"]} for one in facets}


@pytest.fixture
def full(as_):
    """A signed-in member of an open community with a few conversations, and one elsewhere."""
    made = as_("member")
    made.question.delete()
    other = make_community("Buying")
    make_discussion(made.community, "Waiting", kind="question", author=made.who("member"))
    make_discussion(made.community, "Answered", kind="question", state="answered").tags.add("Lifts")
    make_discussion(made.community, "Solved", kind="question", state="solved").tags.add("lifts")
    make_discussion(other, "Talk", kind="discussion", body="<p>About <b>paint</b>.</p>")
    make_discussion(other, "News", kind="announcement")
    make_discussion(make_community("Closed", openness="private"), "Secret", kind="question").tags.add(
        "covert"
    )
    return made, other


def test_the_list_is_narrowed_and_sorted(client, full):
    _made, other = full
    assert titles(client) == ["News", "Talk", "Solved", "Answered", "Waiting"]
    assert titles(client, "state=open") == ["Waiting"]
    assert titles(client, "state=answered&state=solved&sort=old") == ["Answered", "Solved"]
    assert titles(client, "kind=announcement&kind=discussion") == ["News", "Talk"]
    assert titles(client, f"community={other.pk}") == ["News", "Talk"]
    assert titles(client, "tag=LIFTS") == ["Solved", "Answered"]
    assert titles(client, "mine=1") == ["Waiting"]
    assert titles(client, "words=about+paint") == ["Talk"]
    assert titles(client, "kind=x&state=x&community=x&sort=x&page=99&tag=") == titles(client)
    assert titles(client, "community=99999999999999999999") == titles(client)


def test_each_facet_counts_what_the_others_leave(client, full):
    made, other = full
    assert counts(client) == {
        "state": {"open": 1, "answered": 1, "solved": 1},
        "kind": {"question": 3, "discussion": 1, "announcement": 1},
        "community": {str(made.number): 3, str(other.pk): 2},
        "tag": {"Lifts": 2},
    }
    assert counts(client, "kind=question")["kind"] == {"question": 3, "discussion": 1, "announcement": 1}
    assert counts(client, "kind=question")["community"] == {str(made.number): 3}
    # What one may not read is neither counted nor named.
    assert counts(client, "tag=covert")["tag"] == {"Lifts": 2, "covert": 0}
    assert "Secret" not in text(client.get("/discussions/?tag=covert"))


def test_of_one_community_it_is_a_tab_of_it(client, full):
    made, _other = full
    response = client.get(f"/discussions/?community={made.number}")
    assert [tab["label"] for tab in response.context["tabs"] if tab["current"]] == ["Conversations"]
    assert "community" not in counts(client, f"community={made.number}")
    assert response.context["ask_url"] == f"/discussions/new/?community={made.number}"
    hidden = client.get(f"/discussions/?community={make_community(openness='private').pk}")
    assert "tabs" not in hidden.context
    assert hidden.context["page"].paginator.count == 0


def test_empty_lists_say_what_to_do(client, as_):
    made = as_("staff")
    assert "You haven't asked anything yet" in text(client.get("/discussions/?mine=1")).replace("&#x27;", "'")
    assert "Nothing fits all of this" in text(client.get("/discussions/?words=zzz"))
    made.question.delete()
    assert "Nobody has asked anything here yet" in text(client.get("/discussions/"))


def test_lists_cost_the_same_with_one_and_with_fifteen(client, as_):
    made = as_("staff")

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get("/discussions/")
        return len(found)

    made.question.tags.add("first")
    queries()
    one = queries()
    for number in range(15):
        community = make_community()
        more = make_discussion(community, author=make_user(), kind="question")
        more.tags.add(f"tag {number}", "first")
        post_comment(target=more, by=make_user(), body="<p>x</p>", kind="answer")
    assert queries() == one


def test_a_card_counts_what_is_there(client, as_):
    made = as_("staff")
    answers = [
        post_comment(target=made.question, by=made.who("member"), body="<p>x</p>", kind="answer")
        for _ in range(3)
    ]
    post_comment(target=made.question, by=made.who("member"), body="<p>x</p>", parent=answers[0])
    remove_comment(comment=answers[2], by=made.who("member"))
    (shown,) = client.get("/discussions/").context["page"]
    assert (shown.answer_count, shown.comment_count) == (2, 3)
    assert "2 answers, none chosen yet" in text(client.get("/discussions/"))


def test_a_number_or_an_older_title_leads_to_the_page(client, as_):
    made = as_("staff")
    address = made.question.get_absolute_url()
    assert client.get(f"/discussions/{made.question.pk}/")["Location"] == address
    assert client.get(f"/discussions/{made.question.pk}/old-title/?c=3")["Location"] == f"{address}?c=3"
    assert client.get("/discussions/99999/").status_code == 404
    made.community.live = False
    made.community.save()
    assert client.get(address).status_code == 404


def test_the_page_shows_the_question_and_who_may_know(client, as_):
    made = as_("staff")
    made.question.tags.add("Invoices")
    knows = make_user("Ruth Adeyemi")
    skill = Skill.objects.create(label_en="invoices")
    PersonSkill.objects.create(user=knows, skill=skill, direction="offers", level=4)
    PersonSkill.objects.create(user=made.who("asker"), skill=skill, direction="offers", level=4)
    made.who("lead")
    similar = make_discussion(made.community, "Similar", kind="question")
    similar.tags.add("invoices")
    make_discussion(made.community, "Other", kind="question")

    page = client.get(made.question.get_absolute_url())

    assert [(user.name, why) for user, why in page.context["knowing"]] == [
        ("Ruth Adeyemi", "Can help with invoices"),
        ("lead", "Looks after this community"),
    ]
    assert [one.title for one in page.context["related"]] == ["Similar"]
    assert "<p>Well?</p>" in text(page)
    assert "/edit/" not in text(page)


def test_an_outsider_who_asked_is_named_with_the_licence(client, as_):
    made = as_("staff")
    made.question.author = None
    made.question.attribution = {
        "name": "J. Doe",
        "url": "https://example.org/u/1",
        "licence": "CC BY-SA 4.0",
    }
    made.question.save()
    page = text(client.get(made.question.get_absolute_url()))
    assert '<a href="https://example.org/u/1" rel="noopener external nofollow">J. Doe</a>' in page
    assert "Licence: CC BY-SA 4.0" in page
    made.question.attribution = {"name": "J. Doe", "url": "javascript:alert(1)"}
    made.question.save()
    page = text(client.get(made.question.get_absolute_url()))
    assert "javascript:" not in page
    made.question.attribution = {}
    made.question.save()
    assert "A former colleague" in text(client.get(made.question.get_absolute_url()))


def test_asking_by_form_loses_nothing_that_was_typed(client, as_):
    made = as_("member")
    sent = {
        "kind": "question",
        "title": "",
        "body": "We sent them *monthly*.",
        "community": made.number,
        "tag_words": "paper, Invoices, paper",
        "language": "nl",
    }
    response = client.post("/discussions/new/", sent)
    assert response.status_code == 400
    page = text(response)
    assert "We sent them *monthly*." in page
    assert 'value="paper, Invoices, paper"' in page
    assert f'<option value="{made.number}" selected>' in page
    assert '<option value="nl" selected>' in page

    response = client.post("/discussions/new/", sent | {"title": "Who wants paper?"})
    asked = Discussion.objects.get(title="Who wants paper?")
    assert response["Location"] == asked.get_absolute_url()
    assert sorted(tag.name for tag in asked.tags.all()) == ["Invoices", "paper"]
    assert (asked.author, asked.kind, asked.language) == (made.who("member"), "question", "nl")


def test_what_is_known_is_chosen_already(client, as_):
    made = as_("member")
    make_community("Other")
    closed = make_community("Closed", openness="private")

    def chosen(query):
        form = client.get(f"/discussions/new/?{query}").context["form"]
        return form["community"].value(), form["kind"].value(), form["title"].value()

    assert chosen(f"community={made.number}&kind=discussion&title=Hm") == (made.number, "discussion", "Hm")
    assert chosen(f"community={closed.pk}&kind=king") == (None, "question", "")
    assert chosen("community=x") == (None, "question", "")
    assert client.get("/discussions/start/").context["form"]["kind"].value() == "discussion"
    offered = client.get("/discussions/new/").context["form"].fields["community"].queryset
    assert [one.title for one in offered] == ["Other", "Suppliers"]


def test_who_may_post_nowhere_is_shown_the_way(client, circle):
    made = circle("on_request")
    client.force_login(made.who("staff"))
    page = text(client.get("/discussions/new/"))
    assert "There is no community yet where you can write" in page
    assert '<form method="post" class="measure">' not in page


def test_announcing_is_for_those_who_look_after_that_community(client, circle):
    made = circle()
    other = make_community("Other")
    client.force_login(made.who("member"))
    assert "announcement" not in dict(client.get("/discussions/new/").context["form"].fields["kind"].choices)
    sent = {"kind": "announcement", "title": "Closed on Friday", "community": made.number, "language": "en"}
    assert client.post("/discussions/new/", sent).status_code == 400
    client.force_login(made.who("moderator"))
    refused = client.post("/discussions/new/", sent | {"community": other.pk})
    assert "Announcements in Other are made by those who look after it." in text(refused)
    assert client.post("/discussions/new/", sent).status_code == 302
    assert Discussion.objects.get(title="Closed on Friday").kind == "announcement"


def test_a_question_is_changed_by_its_asker_and_by_moderators(client, circle):
    made = circle(openness="on_request")
    address = f"/discussions/{made.question.pk}/edit/"
    statuses = {}
    for who in ("asker", "moderator", "member", "staff", "reader of everything"):
        client.force_login(made.who(who))
        statuses[who] = client.get(address).status_code
    assert statuses == {
        "asker": 200,
        "moderator": 200,
        "member": 403,
        "staff": 403,
        "reader of everything": 403,
    }
    client.force_login(made.who("asker"))
    refused = client.post(address, {"title": "", "body": "New text", "tag_words": "a", "language": "en"})
    assert refused.status_code == 400
    assert "New text" in text(refused)
    response = client.post(address, {"title": "Better", "body": "New text", "language": "en"})
    changed = Discussion.objects.get(pk=made.question.pk)
    assert response["Location"] == changed.get_absolute_url()
    assert (changed.title, changed.body) == ("Better", "<p>New text</p>")
    assert changed.edited_at is not None
    assert "edited" in text(client.get(changed.get_absolute_url()))


def test_the_asker_says_what_helped(client, circle):
    made = circle()
    given = post_comment(target=made.question, by=made.who("member"), body="<p>x</p>", kind="answer")
    address = f"/discussions/{made.question.pk}/accept/"
    for who, status in (("member", 403), ("staff", 403), ("asker", 302)):
        client.force_login(made.who(who))
        assert client.post(address, {"answer": given.pk}).status_code == status
    page = text(client.get(made.question.get_absolute_url()))
    assert "This answer helped you" in page
    assert 'aria-pressed="true"' in page
    client.force_login(made.who("staff"))
    assert "This answer helped Anouk" in text(client.get(made.question.get_absolute_url()))
    client.force_login(made.who("asker"))
    client.post(address, {"answer": given.pk, "helped": "no"})
    assert Discussion.objects.get(pk=made.question.pk).state == "answered"
    for wrong in ("", "x", "999999", "9" * 30):
        assert client.post(address, {"answer": wrong}).status_code == 404
    assert client.get(address).status_code == 405


def test_notifications_stand_in_the_inbox_of_those_who_may_read(client, circle):
    made = circle("private")
    post_comment(target=made.question, by=made.who("member"), body="<p>x</p>", kind="answer")

    tell_all()

    def inbox():
        client.force_login(made.who("asker"))
        return text(client.get("/inbox/"))

    assert "member answered your question" in inbox()
    made.who("asker").memberships.all().delete()
    assert "member answered your question" not in inbox()
    assert made.question.title not in inbox()


def test_whoever_asked_and_left_the_site_keeps_no_name(client, circle):
    made = circle()
    make_member(made.community, made.who("staff"))
    made.who("asker").delete()
    client.force_login(made.who("staff"))
    assert "A former colleague" in text(client.get(made.question.get_absolute_url()))


def test_what_is_new_is_marked_until_it_is_read(client, circle):
    made = circle()
    reader = made.who("member")
    client.force_login(reader)
    post_comment(target=made.question, by=made.who("asker"), body="<p>Early.</p>")
    client.get(made.question.get_absolute_url())
    assert "badge--new" not in client.get("/discussions/").content.decode()
    post_comment(target=made.question, by=made.who("asker"), body="<p>Late.</p>")
    page = client.get("/discussions/").content.decode()
    assert page.count("badge--new") == 1
    assert "Mark all as read" in page
    response = client.post("/discussions/read/", {"community": made.number}, follow=True)
    assert "1 conversation is read." in response.content.decode()
    assert "badge--new" not in client.get("/discussions/").content.decode()


def test_marking_all_read_leaves_what_is_elsewhere(client, circle):
    made, elsewhere = circle(), circle(title="Elsewhere")
    client.force_login(made.who("member"))
    for question in (made.question, elsewhere.question):
        post_comment(target=question, by=question.author, body="<p>Early.</p>")
        client.get(question.get_absolute_url())
        post_comment(target=question, by=question.author, body="<p>Late.</p>")
    client.post("/discussions/read/", {"community": made.number})
    assert client.get("/discussions/").content.decode().count("badge--new") == 1
