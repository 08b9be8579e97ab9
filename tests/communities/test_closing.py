import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import (
    archive_community,
    hand_over,
    invite,
    join_community,
    open_again,
    request_to_join,
    start_discussion,
)
from communities.models import CommunityPage, Invite, JoinRequest, Membership
from communities.permissions import can_announce_in, can_post_in, can_read_community
from factories.communities import make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def archived(made):
    archive_community(community=made.community, by=made.who("lead"))
    made.community.refresh_from_db()
    return made


@pytest.mark.parametrize("stay", ["member", "moderator"])
def test_handing_over(circle, stay):
    made = circle()
    lead, member = made.who("lead"), made.who("member")
    hand_over(community=made.community, by=lead, user=member, stay=stay)
    assert dict(Membership.objects.filter(user__in=[lead, member]).values_list("user__name", "role")) == {
        "lead": stay,
        "member": "lead",
    }
    (row,) = Notification.objects.filter(recipient=member)
    assert row.sentence == "lead asked you to lead Suppliers"
    with pytest.raises(PermissionDenied):
        hand_over(community=made.community, by=lead, user=made.who("asker"))


def test_only_members_of_the_staff_take_it_over(circle):
    made = circle()
    gone = make_member(made.community, make_user(is_active=False)).user
    for user in (made.who("staff"), made.who("guest who is a member"), made.who("lead"), gone):
        with pytest.raises(ValidationError, match="somebody else who is a member"):
            hand_over(community=made.community, by=made.who("lead"), user=user)
    with pytest.raises(ValueError):
        hand_over(community=made.community, by=made.who("lead"), user=made.who("member"), stay="lead")
    for who in ("moderator", "member", "administrator"):
        with pytest.raises(PermissionDenied):
            hand_over(community=made.community, by=made.who(who), user=made.who("member"))
    assert Membership.objects.filter(role="lead").count() == 1


@pytest.mark.parametrize(
    "who", ["administrator", "lead", "moderator", "member", "guest who is a member", "staff"]
)
def test_in_an_archived_one_everybody_reads_and_nobody_posts(circle, who):
    made = archived(circle())
    user = made.who(who)
    assert can_read_community(user, made.community)
    assert not can_post_in(user, made.community)
    assert not can_announce_in(user, made.community)
    assert list(CommunityPage.objects.visible_to(user)) == [made.community]
    assert list(CommunityPage.objects.open_to_posts_by(user)) == []
    with pytest.raises(PermissionDenied):
        start_discussion(by=user, community=made.community, kind="question", title="Why?")


def test_archiving_turns_away_who_waits(circle):
    made = circle("on_request")
    staff, other = made.who("staff"), make_user("Tom")
    request_to_join(community=made.community, by=staff)
    invite(community=made.community, by=made.who("member"), user=other)
    moderator = made.who("moderator")
    archived(made)
    assert list(JoinRequest.objects.values_list("state", "answer")) == [
        ("declined", "The community is archived.")
    ]
    assert Invite.objects.count() == 0
    assert [row.kind for row in Notification.objects.filter(recipient=staff)] == ["community.declined"]
    assert Notification.objects.filter(recipient=other).count() == 0
    unread = Notification.objects.filter(recipient=moderator, read_at=None)
    assert [row.sentence for row in unread] == ["lead archived Suppliers"]


def test_only_leads_archive_and_open_again_and_twice_is_as_once(circle):
    made = circle()
    for who in ("moderator", "member", "staff", "reader of everything"):
        with pytest.raises(PermissionDenied):
            archive_community(community=made.community, by=made.who(who))
    at = archived(made).community.archived_at
    assert archived(made).community.archived_at == at
    # The administration edits from the same state.
    assert made.community.get_latest_revision_as_object().archived_at == at
    with pytest.raises(PermissionDenied):
        open_again(community=made.community, by=made.who("moderator"))
    for _ in range(2):
        open_again(community=made.community, by=made.who("lead"))
    made.community.refresh_from_db()
    assert made.community.archived_at is None
    assert join_community(community=made.community, by=made.who("staff")).role == "member"


def test_archiving_is_asked_with_numbers_and_says_so_at_the_top(client, as_):
    made = as_("lead", "on_request")
    make_lesson(made.community), make_lesson(made.community), make_article(made.community)
    make_discussion(made.community, kind="discussion")
    request_to_join(community=made.community, by=made.who("staff"))
    front, address = made.community.get_absolute_url(), f"/communities/{made.number}/archive/"
    page = text(client.get(address))
    for words in (
        "2 members",
        "2 questions and discussions",
        "2 lessons",
        "1 article",
        "1 question stays without an answer.",
        "1 colleague who asks to be let in is told that it is archived.",
    ):
        assert words in page
    response = client.post(address, follow=True)
    assert said(response) == ["Suppliers is archived."]
    assert "Archived on" in text(response)
    assert "Open it again" in text(response)
    assert client.get(address)["Location"] == front
    client.force_login(made.who("staff"))
    page = text(client.get(front))
    assert "Archived on" in page
    assert "Open it again" not in page
    assert "Ask to be let in" not in page
    assert client.post(f"/communities/{made.number}/request/").status_code == 403
    client.force_login(made.who("lead"))
    assert "1 article" in text(client.get(f"/communities/{made.number}/open-again/"))
    response = client.post(f"/communities/{made.number}/open-again/", follow=True)
    assert said(response) == ["Suppliers is open again."]


def test_what_is_typed_to_an_archived_one_comes_back_with_the_reason(client, as_):
    made = archived(as_("member"))
    refused = client.post(f"/talk/discussion/{made.question.pk}/", {"body": "Until May.", "kind": "answer"})
    assert refused.status_code == 403
    assert "Until May." in text(refused)
    assert "This community is archived" in text(refused)


def test_handing_over_by_the_form(client, as_):
    made = as_("lead")
    make_user("Tom Willems")
    address = f"/communities/{made.number}/hand-over/"
    assert "You are its only lead." in text(client.get(address))
    refused = client.post(address, {"person": "Tom Willems", "stay": "moderator"})
    assert refused.status_code == 400
    assert "Choose somebody else who is a member" in text(refused)
    assert 'value="Tom Willems"' in text(refused)
    response = client.post(address, {"person": "anouk", "stay": "moderator"}, follow=True)
    assert said(response) == ["Anouk Peeters leads it now, and is told."]
    assert client.get(address).status_code == 403
