import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from communities.actions import (
    answer_invite,
    answer_request,
    edit_community,
    invite,
    request_to_join,
    withdraw_invite,
)
from communities.models import CommunityPage, Invite, JoinRequest, Membership
from factories.people import make_guest, make_user
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def belongs(user):
    return Membership.objects.filter(user=user).exists()


def text(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def asked(made, by, user=None, message="Come and see"):
    return invite(community=made.community, by=made.who(by), user=user or made.who("staff"), message=message)


def test_who_is_invited_is_told_with_the_line(circle):
    made = circle("private")
    made_one = asked(made, "member")
    (row,) = Notification.objects.inbox_of(made.who("staff"))
    assert (row.sentence, row.url, row.data["excerpt"]) == (
        "member invites you to Suppliers",
        f"/communities/{made.number}/invitation/",
        "Come and see",
    )
    answer_invite(invitation=made_one, by=made.who("staff"), accept=False)
    assert Notification.objects.inbox_of(made.who("staff")).count() == 0


@pytest.mark.parametrize(
    ("openness", "by", "at_once"),
    [
        ("open", "member", True),
        ("on_request", "lead", True),
        ("on_request", "moderator", True),
        ("on_request", "member", False),
        ("private", "lead", True),
        ("private", "member", False),
    ],
)
def test_accepting(circle, openness, by, at_once):
    """Who may let people in does so by inviting; by others one comes to wait."""
    made = circle(openness)
    staff, lead = made.who("staff"), made.who("lead")
    answer_invite(invitation=asked(made, by), by=staff, accept=True)

    assert belongs(staff) is at_once
    assert Invite.objects.get().state == "accepted"
    assert JoinRequest.objects.filter(user=staff, state="waiting").exists() is not at_once
    heard = Notification.objects.filter(recipient=made.who(by), kind="community.accepted")
    assert heard.exists() is at_once
    if not at_once:
        assert Notification.objects.filter(recipient=lead, kind="community.request").count() == 1
        answer_request(request=JoinRequest.objects.get(), by=lead, accept=True)
        assert belongs(staff)


def test_who_may_no_longer_let_people_in_does_not(circle):
    made = circle("private")
    invitation = asked(made, "moderator")
    Membership.objects.filter(user=made.who("moderator")).update(role="member")
    answer_invite(invitation=invitation, by=made.who("staff"), accept=True)
    assert not belongs(made.who("staff"))


@pytest.mark.parametrize("who", ["staff", "reader of everything", "guest who is a member", "guest"])
def test_others_invite_nobody(circle, who):
    made = circle()
    with pytest.raises(PermissionDenied):
        asked(made, who, user=make_user())
    assert Invite.objects.count() == 0


def test_guests_are_invited_and_let_in_by_leads_alone(client, circle):
    made = circle()
    guest = make_guest(name="Gast")
    for who in ("moderator", "member"):
        with pytest.raises(ValidationError, match="only leads invite guests"):
            asked(made, who, user=guest)
    invitation = asked(made, "lead", user=guest)
    client.force_login(guest)
    shown = text(client.get(f"/communities/{made.community.pk}/invitation/"))
    assert "As a guest you see the communities you belong to, and no others." in shown
    assert "It is private" not in shown
    answer_invite(invitation=invitation, by=guest, accept=True)
    assert belongs(guest)


def test_nobody_is_asked_twice(circle):
    made = circle()
    for by in ("member", "lead"):
        with pytest.raises(ValidationError, match="is a member already"):
            asked(made, by, user=made.who("asker"))
    invitation = asked(made, "member")
    with pytest.raises(ValidationError, match="has been asked already"):
        asked(made, "lead")
    answer_invite(invitation=invitation, by=made.who("staff"), accept=False)
    with pytest.raises(ValidationError, match="has been asked already"):
        asked(made, "member")
    assert asked(made, "lead", message="Really").state == "open"
    assert Invite.objects.count() == 1


def test_only_who_is_invited_answers_and_the_first_answer_stays(circle):
    made = circle()
    invitation = asked(made, "member")
    with pytest.raises(PermissionDenied):
        answer_invite(invitation=invitation, by=make_user(), accept=True)
    answer_invite(invitation=invitation, by=made.who("staff"), accept=False)
    answer_invite(invitation=invitation, by=made.who("staff"), accept=True)
    assert not belongs(made.who("staff"))


def test_an_invitation_is_taken_back(circle):
    made = circle("private")
    invitation = asked(made, "member")
    with pytest.raises(PermissionDenied):
        withdraw_invite(invitation=invitation, by=made.who("asker"))
    withdraw_invite(invitation=invitation, by=made.who("moderator"))
    assert (Invite.objects.count(), Notification.objects.count()) == (0, 0)


def test_in_an_archived_one_nobody_invites_or_comes_in(circle):
    made = circle()
    invitation = asked(made, "member")
    CommunityPage.objects.update(archived_at=timezone.now())
    made.community.refresh_from_db()
    with pytest.raises(PermissionDenied):
        asked(made, "lead", user=make_user())
    with pytest.raises(PermissionDenied):
        answer_invite(invitation=invitation, by=made.who("staff"), accept=True)


def test_who_is_invited_to_a_private_one_sees_that_page_and_nothing_else(client, as_):
    made = as_("staff", "private", summary="For whoever buys.", purpose="<p>Secret aims.</p>")
    address = f"/communities/{made.number}/invitation/"
    assert client.get(address).status_code == 404
    asked(made, "lead")

    page = text(client.get(address))

    for words in ("Suppliers", "For whoever buys.", "lead invites you", "Come and see"):
        assert words in page
    for words in ("Secret aims.", "Anouk", "May we keep"):
        assert words not in page
    for other in (made.community.get_absolute_url(), f"/communities/{made.number}/members/"):
        assert client.get(other).status_code == 404
    assert "Suppliers" not in text(client.get("/communities/"))
    response = client.post(address, {"answer": "accept"}, follow=True)
    assert said(response) == ["Welcome to Suppliers."]
    assert response.redirect_chain == [(made.community.get_absolute_url(), 302)]
    assert client.get(address).status_code == 404


def test_saying_no_to_a_private_one_makes_it_vanish(client, as_):
    made = as_("staff", "private")
    asked(made, "member")
    address = f"/communities/{made.number}/invitation/"
    response = client.post(address, {"answer": "decline"}, follow=True)
    assert response.redirect_chain == [("/communities/", 302)]
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "accept"}).status_code == 404
    assert not belongs(made.who("staff"))


def test_who_waits_for_a_private_one_can_take_it_back(client, as_):
    made = as_("staff", "private")
    made.who("lead")
    asked(made, "member")
    address = f"/communities/{made.number}/invitation/"
    page = client.post(address, {"answer": "accept"}, follow=True)
    assert page.redirect_chain == [(address, 302)]
    assert "You asked to be let in just now." in text(page)
    client.post(f"/communities/{made.number}/request/withdraw/")
    assert client.get(address).status_code == 404


def test_who_asked_before_it_was_closed_sees_no_more_of_it(client, as_):
    made = as_("staff", "on_request", summary="For whoever buys.")
    request_to_join(community=made.community, by=made.who("staff"))
    edit_community(community=made.community, by=made.who("lead"), openness="private", title="Renamed")
    for path in ("invitation/", "request/"):
        assert client.get(f"/communities/{made.number}/{path}").status_code == 404
    assert client.post(f"/communities/{made.number}/request/withdraw/").status_code == 404
    assert JoinRequest.objects.get().state == "withdrawn"
    assert Notification.objects.inbox_of(made.who("staff")).count() == 0


def test_the_front_page_shows_the_invitation(client, as_):
    made = as_("staff")
    asked(made, "member")
    page = text(client.get(made.community.get_absolute_url()))
    assert "member invites you" in page
    client.post(f"/communities/{made.number}/invitation/", {"answer": "accept"})
    assert "member invites you" not in text(client.get(made.community.get_absolute_url()))


def test_inviting_by_the_form(client, as_):
    made = as_("member")
    make_user("Tom Willems")
    address = f"/communities/{made.number}/invite/"
    for person, problem in (("Nobody Here", "Nobody here is called that"), ("Anouk Peeters", "already")):
        refused = client.post(address, {"person": person, "message": "Come"})
        assert refused.status_code == 400
        assert problem in text(refused)
        assert "Come" in text(refused)
    response = client.post(address, {"person": "tom willems", "message": "Come"}, follow=True)
    assert said(response) == ["Tom Willems is invited."]
    assert "invited by you" in text(response)
    client.force_login(made.who("asker"))
    assert "Tom Willems" not in text(client.get(address))
    taken = f"/communities/{made.number}/invites/{Invite.objects.get().pk}/withdraw/"
    assert client.post(taken).status_code == 403
    client.force_login(made.who("moderator"))
    assert "Tom Willems" in text(client.get(address))
    assert said(client.post(taken, follow=True)) == ["The invitation is taken back."]
    assert client.post(taken).status_code == 404
    client.force_login(made.who("staff"))
    assert client.get(address).status_code == 403
