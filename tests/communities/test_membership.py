import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import (
    LastLeadError,
    add_member,
    change_role,
    join_community,
    leave_community,
    remove_member,
    set_level,
)
from communities.models import Membership
from factories.communities import make_member
from factories.people import make_user
from kring.activity.models import Activity
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def members(made):
    rows = Membership.objects.filter(community=made.community).exclude(user=made.who("asker"))
    return {row.user.name: (row.role, row.level) for row in rows}


def test_staff_join_an_open_community_by_themselves_once(circle):
    made = circle("open")
    first = join_community(community=made.community, by=made.who("staff"))
    again = join_community(community=made.community, by=made.who("staff"))

    assert first == again
    assert members(made) == {"staff": ("member", "important")}
    assert [fact.verb for fact in Activity.objects.about(made.community)] == ["joined"]


@pytest.mark.parametrize(
    ("openness", "who"),
    [("on_request", "staff"), ("private", "staff"), ("open", "guest"), ("private", "reader of everything")],
)
def test_others_are_let_in_by_a_lead(circle, openness, who):
    made = circle(openness)
    with pytest.raises(PermissionDenied):
        join_community(community=made.community, by=made.who(who))
    assert members(made) == {}

    add_member(community=made.community, by=made.who("lead"), user=made.who(who))

    assert members(made)[who] == ("member", "important")
    (row,) = Notification.objects.filter(recipient=made.who(who))
    assert (row.kind, row.actor, row.audience) == (
        "community.added",
        made.who("lead"),
        made.community.audience,
    )


@pytest.mark.parametrize("who", ["moderator", "member", "staff", "reader of everything", "guest"])
def test_only_leads_and_administrators_change_who_belongs(circle, who):
    made = circle("open")
    member = make_member(made.community).user
    for change in (
        lambda by: add_member(community=made.community, by=by, user=make_user()),
        lambda by: change_role(community=made.community, by=by, user=member, role="lead"),
        lambda by: remove_member(community=made.community, by=by, user=member),
    ):
        with pytest.raises(PermissionDenied):
            change(made.who(who))
    remove_member(community=made.community, by=made.who("administrator"), user=member)
    assert not Membership.objects.filter(user=member).exists()


def test_who_left_the_organisation_is_not_let_in(circle):
    made = circle("private")
    gone = make_user(is_active=False)
    with pytest.raises(PermissionDenied):
        add_member(community=made.community, by=made.who("lead"), user=gone)


def test_a_community_keeps_a_lead(circle):
    made = circle("open")
    lead = made.who("lead")
    make_member(made.community, make_user(is_active=False), role="lead")

    for change in (
        lambda: leave_community(community=made.community, by=lead),
        lambda: change_role(community=made.community, by=lead, user=lead, role="member"),
        lambda: remove_member(community=made.community, by=made.who("administrator"), user=lead),
    ):
        with pytest.raises(LastLeadError):
            change()
    assert members(made)["lead"] == ("lead", "important")

    change_role(community=made.community, by=lead, user=made.who("member"), role="lead")
    leave_community(community=made.community, by=lead)
    leave_community(community=made.community, by=lead)
    assert "lead" not in members(made)


def test_a_new_role_is_told_when_it_is_more_than_the_old_one(circle):
    made = circle("open")
    change_role(community=made.community, by=made.who("lead"), user=made.who("member"), role="lead")
    change_role(community=made.community, by=made.who("lead"), user=made.who("member"), role="lead")
    change_role(community=made.community, by=made.who("lead"), user=made.who("member"), role="moderator")

    assert members(made)["member"] == ("moderator", "important")
    told = Notification.objects.filter(recipient=made.who("member"))
    assert [(row.kind, row.data["role"]) for row in told] == [("community.role", "lead")]


def test_who_is_removed_loses_their_rights_at_once(client, circle):
    made = circle("private")
    client.force_login(made.who("member"))
    address = made.community.get_absolute_url()
    assert client.get(address).status_code == 200
    remove_member(community=made.community, by=made.who("lead"), user=made.who("member"))
    assert client.get(address).status_code == 404


def test_everybody_chooses_how_much_they_are_told(circle):
    made = circle("open")
    set_level(community=made.community, by=made.who("member"), level="none")
    assert members(made)["member"] == ("member", "none")
    with pytest.raises(ValueError):
        set_level(community=made.community, by=made.who("member"), level="loud")
    with pytest.raises(Membership.DoesNotExist):
        set_level(community=made.community, by=made.who("staff"), level="all")
