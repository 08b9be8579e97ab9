import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.actions import add_member, answer_request, request_to_join, withdraw_request
from communities.models import CommunityPage, JoinRequest, Membership
from factories.communities import make_member
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def ask(made, message="I buy things"):
    return request_to_join(community=made.community, by=made.who("staff"), message=message)


def text(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def told(user, kind):
    rows = Notification.objects.inbox_of(user).filter(kind=kind)
    return [(row.sentence, row.data.get("excerpt"), row.url) for row in rows]


def test_staff_ask_once_and_those_who_look_after_it_hear(circle):
    made = circle("on_request")
    deaf = make_member(made.community, role="moderator", level="none").user
    lead, moderator = made.who("lead"), made.who("moderator")
    first = ask(made)
    again = ask(made, "I buy paint")

    assert first == again
    assert list(JoinRequest.objects.values_list("user", "message", "state")) == [
        (made.who("staff").pk, "I buy paint", "waiting")
    ]
    heard = [
        (
            "staff asks to be let in to Suppliers",
            "I buy things",
            f"/communities/{made.number}/members/#asking",
        )
    ]
    assert told(lead, "community.request") == told(moderator, "community.request") == heard
    assert told(deaf, "community.request") == told(made.who("member"), "community.request") == []


@pytest.mark.parametrize(
    ("openness", "who"),
    [
        ("open", "staff"),
        ("private", "staff"),
        ("private", "reader of everything"),
        ("on_request", "guest"),
        ("on_request", "member"),
    ],
)
def test_nobody_else_asks(circle, openness, who):
    made = circle(openness)
    with pytest.raises(PermissionDenied):
        request_to_join(community=made.community, by=made.who(who))
    assert JoinRequest.objects.count() == 0


def test_nobody_asks_in_an_archived_one_and_nobody_is_let_in(circle):
    made = circle("on_request")
    waiting = ask(made)
    CommunityPage.objects.update(archived_at=timezone.now())
    made.community.refresh_from_db()
    for change in (
        lambda: request_to_join(community=made.community, by=made.who("reader of everything")),
        lambda: answer_request(request=waiting, by=made.who("lead"), accept=True),
        lambda: add_member(community=made.community, by=made.who("lead"), user=made.who("staff")),
    ):
        with pytest.raises(PermissionDenied):
            change()


@pytest.mark.parametrize("who", ["lead", "moderator", "administrator"])
def test_being_let_in(circle, who):
    made = circle("on_request", welcome="<p>Say hello first.</p>")
    lead = made.who("lead")
    asked = ask(made)
    answer_request(request=asked, by=made.who(who), accept=True, answer="Gladly.")

    staff = made.who("staff")
    assert Membership.objects.get(user=staff).role == "member"
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == ("accepted", "Gladly.", made.who(who))
    assert told(staff, "community.let_in") == [
        (
            f"{made.who(who).name} let you in to Suppliers",
            "Gladly.\n\nSay hello first.",
            made.community.get_absolute_url(),
        )
    ]
    assert Notification.objects.filter(recipient=lead, read_at=None).count() == 0
    # The first answer stays.
    answer_request(request=asked, by=lead, accept=False, answer="No.")
    assert Membership.objects.filter(user=staff).exists()


def test_being_declined_and_asking_again(circle):
    made = circle("on_request")
    answer_request(request=ask(made), by=made.who("moderator"), accept=False, answer="Ask in May.")
    staff = made.who("staff")
    assert not Membership.objects.filter(user=staff).exists()
    assert told(staff, "community.declined") == [
        ("moderator did not let you in to Suppliers", "Ask in May.", made.community.get_absolute_url())
    ]
    ask(made)
    assert list(JoinRequest.objects.values_list("state", flat=True)) == ["declined", "waiting"]


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything", "guest who is a member"])
def test_others_answer_nobody(circle, who):
    made = circle("on_request")
    asked = ask(made)
    with pytest.raises(PermissionDenied):
        answer_request(request=asked, by=made.who(who), accept=True)
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_a_request_is_taken_back_by_who_made_it(circle):
    made = circle("on_request")
    lead = made.who("lead")
    asked = ask(made)
    with pytest.raises(PermissionDenied):
        withdraw_request(request=asked, by=lead)
    withdraw_request(request=asked, by=made.who("staff"))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    answer_request(request=asked, by=lead, accept=True)
    assert not Membership.objects.filter(user=made.who("staff")).exists()
    assert Notification.objects.filter(recipient=lead, read_at=None).count() == 0


def test_who_is_made_a_member_waits_no_longer(circle):
    made = circle("on_request")
    ask(made)
    add_member(community=made.community, by=made.who("lead"), user=made.who("staff"))
    assert JoinRequest.objects.get().state == "accepted"


def test_asking_and_taking_back_by_the_front_page(client, as_):
    made = as_("staff", "on_request")
    made.who("lead")
    base, front = f"/communities/{made.number}/request/", made.community.get_absolute_url()
    long = client.post(base, {"message": "x" * 1001})
    assert long.status_code == 400
    assert "x" * 1001 in text(long)
    response = client.post(base, {"message": "I buy paint"}, follow=True)
    assert said(response) == ["They are told. You hear from them here and in your inbox."]
    assert response.redirect_chain == [(front, 302)]
    page = text(client.get(front))
    assert "You asked to be let in just now." in page
    assert "I buy paint" in text(client.get(base))
    client.post(f"{base}withdraw/")
    assert "Take the request back" not in text(client.get(front))
    assert client.post(f"{base}withdraw/").status_code == 404


def test_answering_by_the_list_of_members(client, as_):
    made = as_("moderator", "on_request")
    asked = ask(made)
    members, address = (
        f"/communities/{made.number}/members/",
        f"/communities/{made.number}/requests/{asked.pk}/",
    )
    assert "1 colleague asks to be let in" in text(client.get(made.community.get_absolute_url()))
    assert "I buy things" in text(client.get(members))
    refused = client.post(address, {"outcome": "accept", "answer": "y" * 1001})
    assert refused.status_code == 400
    assert "y" * 1001 in text(refused)
    response = client.post(address, {"outcome": "accept", "answer": "Come in."}, follow=True)
    assert said(response) == ["staff is a member now, and is told."]
    again = client.post(address, {"outcome": "decline"}, follow=True)
    assert said(again) == ["The request of staff was settled already."]
    client.force_login(made.who("member"))
    assert client.post(address, {"outcome": "accept"}).status_code == 403
    assert "asks to be let in" not in text(client.get(members))


def test_who_was_declined_reads_why(client, as_):
    made = as_("staff", "on_request")
    answer_request(request=ask(made), by=made.who("lead"), accept=False, answer="Ask in May.")
    page = text(client.get(made.community.get_absolute_url()))
    assert "lead did not let you in." in page
    assert "Ask in May." in page
    assert "Ask again" in page
