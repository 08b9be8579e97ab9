import pytest

from communities.actions import erase_participation, holdings_of
from communities.models import CommunityPage, Discussion, Membership
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
    assert holdings_of(made.who("staff")) == {"memberships": [], "discussions": []}


def test_the_site_knows_what_this_app_holds(circle):
    made = circle()
    exported = export_data(made.who("asker"))
    assert [row["title"] for row in exported["communities"]["discussions"]] == [made.question.title]


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
