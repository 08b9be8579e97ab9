import pytest

from communities.actions import (
    answer_request,
    erase_participation,
    holdings_of,
    invite,
    request_to_join,
)
from communities.models import CommunityPage, Discussion, Invite, JoinRequest, Membership
from factories.communities import make_discussion
from kring.indexing.models import IndexChange
from kring.people.actions.privacy import export_data

pytestmark = pytest.mark.django_db


def test_what_is_held_of_a_person_is_given(circle):
    made = circle("private")
    asker = made.who("asker")
    found = holdings_of(asker)
    assert [(row["community"], row["role"], row["level"]) for row in found["memberships"]] == [
        ("Suppliers", "member", "important")
    ]
    (row,) = found["discussions"]
    assert (row["kind"], row["title"], row["text"]) == (
        "question",
        "May we keep the old numbers?",
        "<p>Well?</p>",
    )
    assert row["url"] == made.question.get_absolute_url()
    nothing = holdings_of(made.who("staff"))
    assert {name: rows for name, rows in nothing.items() if rows} == {}
    assert set(nothing) >= {"memberships", "requests", "invitations", "invited", "discussions"}


def test_the_site_knows_what_this_app_holds(circle):
    made = circle()
    exported = export_data(made.who("asker"))
    assert [row["title"] for row in exported["communities"]["discussions"]] == [made.question.title]


def test_requests_and_invitations_are_given_and_go(circle):
    made = circle("on_request")
    staff, member = made.who("staff"), made.who("member")
    asked = request_to_join(community=made.community, by=staff, message="Let me in")
    answer_request(request=asked, by=made.who("lead"), accept=False, answer="Not yet")
    invite(community=made.community, by=member, user=staff, message="Come")

    found = holdings_of(staff)
    (row,) = found["requests"]
    assert (row["message"], row["state"], row["answer"]) == ("Let me in", "declined", "Not yet")
    assert [(row["community"], row["state"]) for row in found["invitations"]] == [("Suppliers", "open")]
    assert holdings_of(member)["invited"] == [
        {"community": "Suppliers", "person": "staff", "message": "Come"}
    ]

    erase_participation(member)
    assert list(Invite.objects.values_list("by", "message")) == [(None, "")]
    erase_participation(made.who("lead"))
    assert JoinRequest.objects.get().answered_by is None
    erase_participation(staff)
    assert (JoinRequest.objects.count(), Invite.objects.count()) == (0, 0)


def test_erasing_takes_the_name_and_leaves_the_question(circle):
    made = circle()
    asker = made.who("asker")
    CommunityPage.objects.filter(pk=made.number).update(owner=asker)
    other = make_discussion(made.community, author=made.who("member"))
    IndexChange.objects.all().delete()

    erase_participation(asker)

    assert not Membership.objects.filter(user=asker).exists()
    assert Discussion.objects.get(pk=made.question.pk).author is None
    assert Discussion.objects.get(pk=other.pk).author == made.who("member")
    assert CommunityPage.objects.get().owner is None
    assert set(IndexChange.objects.values_list("kind", "object_id")) >= {
        ("community", made.number),
        ("person", asker.pk),
    }
