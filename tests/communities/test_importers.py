"""Communities with their people, and threads with what was said in them."""

from functools import partial

import pytest

from communities.models import CommunityPage, CuratedItem, Discussion, Membership
from factories.communities import make_community, make_member
from factories.people import make_user
from kring.activity.models import Activity
from kring.conversations.models import Comment, Conversation
from kring.notifications.models import Notification
from support.importing import counted, import_records, reasons

COMMUNITY = {"id": "c1", "lang": "nl", "title": "Onderhoud"}
THREAD = {
    "id": "t1",
    "title": "Who has the key?",
    "body": "The red one.",
    "community": "c1",
    "created": "2024-05-01T10:00:00Z",
}


@pytest.fixture
def load(db, tmp_path):
    return partial(import_records, tmp_path)


@pytest.fixture
def community(root):
    return make_community("Onderhoud", source_id="c1", language="nl")


def test_a_community_with_everything(load):
    lead, member = make_user(email="lead@example.org"), make_user(email="member@example.org")
    record = COMMUNITY | {
        "summary": "Pumps and locks.",
        "body_markdown": "We *mend*.",
        "rules": "Be kind.",
        "openness": "on_request",
        "tags": ["pump", "Pump", "lock"],
        "leads": ["lead@example.org"],
        "members": ["member@example.org", "lead@example.org"],
        "curated": [{"url": "https://example.org/start", "title": "Start", "why": "Begin here."}],
        "authors": [{"name": "Waterways", "url": "https://example.org"}],
        "licence": "CC0-1.0",
    }
    assert counted(load("communities", record)) == {"created": 1}
    found = CommunityPage.objects.get()
    assert (found.title, found.language, found.openness) == ("Onderhoud", "nl", "on_request")
    assert (found.purpose, found.rules) == ("<p>We <em>mend</em>.</p>", "<p>Be kind.</p>")
    assert found.tags == ["pump", "lock"]
    assert found.attributions == [{"name": "Waterways", "url": "https://example.org", "licence": "CC0-1.0"}]
    assert dict(Membership.objects.values_list("user", "role")) == {lead.pk: "lead", member.pk: "member"}
    item = CuratedItem.objects.get()
    assert (item.url, item.title, item.why) == ("https://example.org/start", "Start", "Begin here.")


def test_people_who_come_later_join_then(load):
    assert load("communities", COMMUNITY | {"leads": ["p1"], "members": ["p2"]}).waiting == 2
    people = [{"id": f"p{n}", "email": f"p{n}@example.org"} for n in (1, 2)]
    assert load("people", *people).waiting == 0
    assert dict(Membership.objects.values_list("user__source_id", "role")) == {"p1": "lead", "p2": "member"}


def test_an_import_never_takes_a_role_or_lets_one_in_twice(load, community):
    membership = make_member(community, make_user(email="lead@example.org"), role="lead")
    CommunityPage.objects.update(source_id=None)
    load("communities", COMMUNITY | {"members": ["lead@example.org"]})
    membership.refresh_from_db()
    assert (membership.role, Membership.objects.count()) == ("lead", 1)


def test_a_community_made_by_name_is_adopted(load, community):
    CommunityPage.objects.update(source_id=None)
    report = load("communities", COMMUNITY | {"title": "ONDERHOUD", "summary": "Pumps."})
    assert counted(report) == {"updated": 1}
    assert CommunityPage.objects.get().summary == "Pumps."


def test_a_missing_title_is_the_first_sentence(load):
    load("communities", {"id": "c2", "body": "We mend pumps. And locks."})
    assert CommunityPage.objects.get().title == "We mend pumps."


def test_communities_that_cannot_be_imported(load):
    report = load(
        "communities",
        {"id": "1"},
        COMMUNITY | {"id": "2", "openness": "secret"},
        COMMUNITY | {"id": "3", "lang": "de"},
        COMMUNITY | {"id": "4", "curated": [{"title": "Start"}]},
        COMMUNITY | {"id": "5", "curated": [{"url": "javascript:alert(1)"}]},
        COMMUNITY | {"id": "6", "tags": [1]},
        COMMUNITY | {"id": "7", "title": 7},
    )
    assert reasons(report) == {
        1: "title is missing",
        2: "openness must be one of open, on_request, private",
        3: "lang must be one of en, nl",
        4: "curated: an item needs an id or a url",
        5: "curated: this is no address: javascript:alert(1)",
        6: "tags must be a list of texts",
        7: "title must be text",
    }
    assert CommunityPage.objects.count() == 0


def test_a_question_with_answers_comments_scores_and_the_accepted_one(load, community):
    author = {"persona": "Ann", "attribution": {"display_name": "A. N.", "profile": "https://a.example/1"}}
    record = THREAD | {
        "tags": ["keys"],
        "score": 7,
        "author": author,
        "licence": "CC BY-SA 3.0",
        "accepted": "a2",
        "answers": [
            {"id": "a1", "body_html": "<p>Not me.</p>", "score": 1, "created": "2024-05-01T11:00:00Z"},
            {
                "id": "a2",
                "body": "I have it.",
                "score": 9,
                "created": "2024-05-02T11:00:00Z",
                "author": "Bo",
                "comments": [{"body": "Thanks!", "created": "2024-05-03T11:00:00Z"}],
            },
        ],
        "comments": [{"id": "k1", "body": "Which one?", "created": "2024-05-01T10:30:00Z"}],
    }
    assert counted(load("threads", record)) == {"created": 1}
    found = Discussion.objects.get()
    assert (found.state, found.score, found.language) == ("solved", 7, "nl")
    assert list(found.tags.names()) == ["keys"]
    assert found.attribution == {"name": "A. N.", "url": "https://a.example/1", "licence": "CC BY-SA 3.0"}
    assert found.accepted.source_id == "t1/a2"
    assert found.last_activity_at.isoformat() == "2024-05-03T11:00:00+00:00"
    rows = Comment.objects.order_by("seq").values_list("kind", "body", "score", "level", "user_name", "order")
    assert list(rows) == [
        ("comment", "<p>Which one?</p>", 0, 0, "", 1),
        ("answer", "<p>Not me.</p>", 1, 0, "", 1),
        ("answer", "<p>I have it.</p>", 9, 0, "Bo", 1),
        ("comment", "<p>Thanks!</p>", 0, 1, "", 2),
    ]
    reply = Comment.objects.get(level=1)
    assert (reply.parent_id, reply.thread_id) == (found.accepted_id, found.accepted_id)
    assert Comment.objects.get(pk=found.accepted_id).nested_count == 1
    conversation = Conversation.objects.get()
    assert (conversation.comment_count, conversation.seq) == (4, 4)


def test_an_import_tells_nobody(load, community):
    make_member(community, role="lead")
    load("threads", THREAD | {"answers": [{"id": "a1", "body": "Here."}]})
    assert Notification.objects.count() == 0
    assert list(Activity.objects.values_list("verb", "actor")) == [("asked", None)]


def test_new_answers_are_added_and_edited_ones_stay(load, community):
    first = {"id": "a1", "body": "Here.", "created": "2024-05-01T11:00:00Z"}
    load("threads", THREAD | {"answers": [first]})
    Comment.objects.update(body="<p>Mine.</p>", edited_at="2024-06-01T00:00:00Z")
    second = {"id": "a2", "body": "There.", "created": "2024-05-01T12:00:00Z"}
    report = load("threads", THREAD | {"answers": [first | {"body": "Changed."}, second]})
    assert counted(report) == {"updated": 1}
    rows = Comment.objects.order_by("seq").values_list("body", flat=True)
    assert list(rows) == ["<p>Mine.</p>", "<p>There.</p>"]


def test_authors_who_are_people_of_the_site(load, community):
    ilse = make_user(email="ilse@example.org")
    answers = [{"id": "a1", "body": "Here.", "author": {"person": "ilse@example.org"}}]
    load("threads", THREAD | {"author": {"person": "ilse@example.org"}, "answers": answers})
    assert (Discussion.objects.get().author, Comment.objects.get().user) == (ilse, ilse)


def test_scripts_and_foreign_markup_are_left_out(load, community):
    body = (
        '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x()">there</a>'
        '<iframe src="//x"></iframe></p>'
    )
    record = {name: part for name, part in THREAD.items() if name != "body"} | {"body_html": body}
    load("threads", record)
    assert Discussion.objects.get().body == "<p>Hi there</p>"


def test_threads_that_cannot_be_imported(load, community):
    report = load(
        "threads",
        {"id": "1", "community": "c1"},
        THREAD | {"id": "2", "kind": "room"},
        THREAD | {"id": "3", "accepted": "a9"},
        THREAD | {"id": "4", "answers": [{"id": "a1"}]},
        THREAD | {"id": "5", "answers": ["Here."]},
        THREAD | {"id": "6", "author": {"person": "nobody@example.org"}},
        THREAD | {"id": "7", "author": {}, "score": "many"},
        THREAD | {"id": "8", "created": "yesterday"},
        THREAD | {"id": "9", "author": 12},
        THREAD | {"id": "10", "score": 2**40},
        THREAD | {"id": "11", "community": ["c1"]},
    )
    assert reasons(report) == {
        1: "title is missing",
        2: "kind must be one of question, discussion, announcement",
        3: "accepted names no answer of this thread: a9",
        4: "a comment has no text",
        5: "answers must be a list of objects",
        6: "there is no person “nobody@example.org” on the site; import the people first",
        7: "score must be a whole number",
        8: "created must be a time such as 2026-11-23T09:30:00+01:00",
        9: "an author must be an object",
        10: "score must be between -2147483648 and 2147483647",
        11: "community must be text",
    }
    assert (Discussion.objects.count(), Comment.objects.count()) == (0, 0)
