from datetime import timedelta

import pytest
from django.utils import timezone, translation

from communities.actions import holdings_of, pass_on
from communities.actions.holdings import erase_participation
from communities.actions.routing import route_unanswered
from communities.models import Discussion, Membership, Routing
from communities.tasks import route_questions
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.actions import post_comment
from kring.conversations.models import Conversation, Following
from kring.notifications.models import Notification
from kring.people.models import Distance, PersonSkill, Skill
from support.indexing import index_all

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def text(response):
    return response.content.decode()


@pytest.fixture
def skill(db):
    return Skill.objects.create(label_en="testing with users", label_nl="testen met gebruikers")


@pytest.fixture
def made(circle, skill):
    """An open question with a tag, asked five hours ago."""
    found = circle()
    found.question.tags.add("Testing with users")
    ask_again(found.question, hours=5)
    return found


def ask_again(question, hours):
    Discussion.objects.filter(pk=question.pk).update(created_at=NOW - timedelta(hours=hours))


def make_knowing(skill, name, level=3, **fields):
    user = make_user(name, language="en", **fields)
    PersonSkill.objects.create(user=user, skill=skill, direction="offers", level=level)
    return user


def asked(question=None):
    rows = Routing.objects.filter(discussion=question) if question else Routing.objects.all()
    return [row.user.name for row in rows.select_related("user").order_by("pk")]


def test_three_who_offer_it_are_asked_the_best_first(made, skill):
    for name, level in (("Two", 2), ("Five", 5), ("Four", 4), ("Three", 3)):
        make_knowing(skill, name, level)
    assert route_unanswered(NOW) == 3
    assert asked() == ["Five", "Four", "Three"]
    row = Notification.objects.get(recipient__name="Five")
    assert row.kind == "discussion.routed"
    assert row.sentence == "Anouk Peeters asks something you know about (you offer “testing with users”)"
    assert row.url == made.question.get_absolute_url()
    assert row.audience == made.community.audience
    assert route_unanswered(NOW) == 0


def test_each_is_told_in_their_own_language(made, skill):
    knows = make_knowing(skill, "Koen")
    knows.language = "nl"
    knows.save()
    route_unanswered(NOW)
    with translation.override("nl"):
        assert "testen met gebruikers" in Routing.objects.get().asked_because


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({}, 1),
        ({"state": "answered"}, 0),
        ({"kind": "discussion"}, 0),
        ({"closed_at": NOW}, 0),
        ({"created_at": NOW - timedelta(hours=3)}, 0),
        ({"created_at": NOW - timedelta(days=15)}, 0),
        ({"author": None}, 0),
        ({"author": None, "is_anonymous": True}, 1),
    ],
)
def test_only_questions_that_wait_are_put_before_people(made, skill, change, number):
    make_knowing(skill, "Ruth")
    Discussion.objects.filter(pk=made.question.pk).update(**change)
    assert route_unanswered(NOW) == number


def test_nobody_is_named_where_it_was_asked_anonymously(made, skill):
    make_knowing(skill, "Ruth")
    Discussion.objects.filter(pk=made.question.pk).update(author=None, is_anonymous=True)
    route_unanswered(NOW)
    assert Notification.objects.get().sentence.startswith("Somebody asks something you know about")


def test_who_is_left_alone(made, skill):
    asker = made.who("asker")
    PersonSkill.objects.create(user=asker, skill=skill, direction="offers", level=5)
    wants = make_user("Wants to learn")
    PersonSkill.objects.create(user=wants, skill=skill, direction="wants", level=1)
    make_knowing(skill, "Gone", is_active=False)
    make_knowing(skill, "Guest", is_guest=True)
    conversation = Conversation.objects.create(target=made.question)
    Following.objects.create(conversation=conversation, user=make_knowing(skill, "Muted"), state="mute")
    Distance.objects.create(user=make_knowing(skill, "Far from the asker"), other=asker)
    Distance.objects.create(user=asker, other=make_knowing(skill, "Kept away"), kind="block")
    quiet = make_knowing(skill, "Hears nothing")
    make_member(made.community, quiet, level=Membership.Level.NONE)
    make_knowing(skill, "Asked")
    route_unanswered(NOW)
    assert asked() == ["Asked"]


@pytest.mark.parametrize("openness", ["on_request", "private"])
def test_only_who_may_answer_is_asked(circle, skill, openness):
    made = circle(openness)
    made.question.tags.add("testing with users")
    ask_again(made.question, hours=5)
    make_knowing(skill, "Outside")
    make_member(made.community, make_knowing(skill, "Inside", level=1))
    route_unanswered(NOW)
    assert asked() == ["Inside"]


def test_who_helped_with_the_same_before_is_asked(made):
    helped = make_member(make_community(), make_user("Helped", language="en"))
    before = make_discussion(helped.community, "Before", kind="question")
    before.tags.add("testing WITH users")
    before.accepted = post_comment(target=before, by=helped.user, body="<p>So.</p>", kind="answer")
    before.save()
    hidden = make_member(make_community(openness="private"), make_user("Helped in private"))
    secret = make_discussion(hidden.community, "Secret", kind="question")
    secret.tags.add("Testing with users")
    secret.accepted = post_comment(target=secret, by=hidden.user, body="<p>So.</p>", kind="answer")
    secret.save()
    route_unanswered(NOW)
    assert asked(made.question) == ["Helped"]
    assert Routing.objects.get().asked_because == "you helped with “Testing with users” before"


def test_whom_search_finds_is_asked_last(made, skill, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    wrote = make_user("Wrote", language="en")
    make_lesson(made.community, "We may keep the old numbers", author=wrote)
    elsewhere = make_community(openness="private")
    make_member(elsewhere, made.who("asker"))
    other = make_member(elsewhere, make_user("Wrote in private")).user
    make_lesson(elsewhere, "May we keep the old numbers", author=other)
    index_all()
    make_knowing(skill, "Says so", level=1)
    route_unanswered(NOW)
    assert asked() == ["Says so", "Wrote"]
    assert Routing.objects.get(user=wrote).asked_because == "you wrote about it, or tell so on your page"


def test_nobody_is_asked_more_than_twice_a_week(made, skill):
    busy, free = make_knowing(skill, "Busy", level=5), make_knowing(skill, "Free", level=1)
    for days in (1, 3):
        other = make_discussion(made.community, kind="question", state="answered")
        Routing.objects.create(discussion=other, user=busy, at=NOW - timedelta(days=days))
    route_unanswered(NOW)
    assert asked(made.question) == ["Free"]
    Routing.objects.filter(user=busy, at__lt=NOW - timedelta(days=2)).update(at=NOW - timedelta(days=8))
    route_unanswered(NOW)
    assert asked(made.question) == ["Free", "Busy"]
    assert Routing.objects.filter(user=free).count() == 1


def test_who_was_asked_longest_ago_comes_first(made, skill):
    people = [make_knowing(skill, name, level) for name, level in (("A", 5), ("B", 4), ("C", 3), ("D", 2))]
    for user, days in zip(people, (8, 20, 12), strict=False):
        other = make_discussion(made.community, kind="question", state="answered")
        Routing.objects.create(discussion=other, user=user, at=NOW - timedelta(days=days))
    route_unanswered(NOW)
    assert asked(made.question) == ["D", "B", "C"]


def test_who_passes_is_followed_by_another_and_never_asked_again(client, made, skill):
    names = ("A", "B", "C", "D")
    people = [make_knowing(skill, name, 5 - number) for number, name in enumerate(names)]
    route_unanswered(NOW)
    address = f"/discussions/{made.question.pk}/pass/"
    client.force_login(people[0])
    page = text(client.get(made.question.get_absolute_url()))
    assert "You were asked because you offer “testing with users”." in page
    assert "Who was asked" not in page
    assert client.post(address).status_code == 302
    assert "You were asked because" not in text(client.get(made.question.get_absolute_url()))
    assert client.post(address).status_code == 404
    client.force_login(people[3])
    assert client.post(address).status_code == 404
    assert pass_on(discussion=made.question, by=people[3]) is False
    route_unanswered(NOW)
    assert asked() == ["A", "B", "C", "D"]
    assert route_unanswered(NOW) == 0


def test_leads_see_who_was_asked(client, made, skill):
    knows = make_knowing(skill, "Ruth Adeyemi")
    route_unanswered(NOW)
    pass_on(discussion=made.question, by=knows)
    for who, seen in (("lead", True), ("member", False), ("asker", False)):
        client.force_login(made.who(who))
        page = text(client.get(made.question.get_absolute_url()))
        assert ("Who was asked" in page, "passed it on" in page) == (seen, seen)


def test_the_line_goes_when_somebody_answered(client, made, skill):
    knows = make_knowing(skill, "Ruth")
    route_questions.call()
    post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    client.force_login(knows)
    assert "You were asked because" not in text(client.get(made.question.get_absolute_url()))


def test_what_is_held_of_those_who_were_asked_is_given_and_erased(made, skill):
    knows = make_knowing(skill, "Ruth")
    route_unanswered(NOW)
    (held,) = holdings_of(knows)["asked_because_they_know"]
    assert (held["title"], held["why"]) == (made.question.title, "you offer “testing with users”")
    erase_participation(knows)
    assert not Routing.objects.exists()


def test_why_is_said_in_the_language_of_who_reads_it(made, skill):
    make_knowing(skill, "Vera")
    route_unanswered(NOW)
    said = {}
    for language in ("en", "nl"):
        with translation.override(language):
            row = Notification.objects.get(kind="discussion.routed")
            said[language] = (Routing.objects.get().asked_because, row.sentence)
    assert said["en"][0] == "you offer “testing with users”"
    assert "“testen met gebruikers”" in said["nl"][0]
    for why, sentence in said.values():
        assert why in sentence
