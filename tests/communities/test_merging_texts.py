"""What a community that becomes part of another takes along, and where its numbers lead."""

import pytest

from communities.actions import merge_communities
from communities.models import CannedReply, CommunityPage, CuratedItem
from factories.communities import make_community, make_member
from factories.people import make_admin
from factories.wiki import make_article

pytestmark = pytest.mark.django_db


def merged(made, into):
    return merge_communities(community=made.community, into=into, by=make_admin())


def test_purpose_and_rules_go_below_those_that_are_there(circle):
    made = circle(purpose="<p>Buy well.</p>", rules="<p>Be kind.</p>")
    into = make_community("Buying", purpose="<p>Buy cheap.</p>", rules="<p>BE kind.</p>")
    result = merged(made, into)
    heading = '<h3 id="s-from-suppliers">From Suppliers</h3>'
    assert result.purpose == f"<p>Buy cheap.</p>{heading}<p>Buy well.</p>"
    assert result.rules == "<p>BE kind.</p>"
    assert result.get_latest_revision_as_object().purpose == result.purpose


def test_they_become_those_of_a_community_without_any(circle):
    made = circle(purpose="<p>Buy well.</p>", rules="<p>Be kind.</p>")
    result = merged(made, make_community("Buying"))
    assert (result.purpose, result.rules) == ("<p>Buy well.</p>", "<p>Be kind.</p>")


def test_what_one_reads_first_comes_at_the_end_and_nothing_twice(circle):
    made, into = circle(), make_community("Buying")
    article = make_article(made.community)
    link = {"url": "https://example.org/"}
    CuratedItem.objects.create(community=into, title="Theirs", sort_order=3, **link)
    CuratedItem.objects.create(community=made.community, page=article, sort_order=0)
    CuratedItem.objects.create(community=made.community, title="Again", sort_order=1, **link)
    result = merged(made, into)
    rows = CuratedItem.objects.order_by("sort_order")
    assert [(row.community, row.page_id, row.title) for row in rows] == [
        (into, None, "Theirs"),
        (into, article.pk, ""),
    ]
    assert result.get_latest_revision_as_object().curated_items.count() == 2


def test_replies_at_hand_come_along(circle):
    made, into = circle(), make_community("Buying")
    for community, title in ((into, "Kind"), (made.community, "Kind"), (made.community, "Short")):
        CannedReply.objects.create(community=community, title=title, text="Please.")
    merged(made, into)
    assert list(CannedReply.objects.values_list("community", "title")) == [
        (into.pk, "Kind"),
        (into.pk, "Short"),
    ]


def test_it_is_said_before_it_is_done(as_, client):
    made = as_("administrator", purpose="<p>Buy well.</p>", rules="<p>Be kind.</p>")
    into = make_community("Buying", purpose="<p>Buy cheap.</p>")
    CannedReply.objects.create(community=made.community, title="Kind", text="Please.")
    CuratedItem.objects.create(community=made.community, url="https://example.org/")
    page = client.get(f"/communities/{made.number}/merge/?into={into.pk}").content.decode()
    for words in (
        "The purpose of Suppliers is added below that of Buying, under “From Suppliers”.",
        "Buying has no rules yet: those of Suppliers become its own.",
        "1 thing comes to the end of what stands under “Start here”.",
        "1 reply at hand comes along.",
    ):
        assert words in page


def test_old_numbers_lead_to_the_new_place_for_its_readers(circle, client):
    made, into = circle("private"), make_community("Buying", openness="private")
    other = make_community("Far away")
    make_member(into, made.who("lead"), role="lead")
    merged(made, into)
    old, new = f"/communities/{made.number}", f"/communities/{into.pk}"
    client.force_login(made.who("lead"))
    for rest in ("/members/", "/rules/", "/edit/", "/reading/?page=2"):
        assert client.get(f"{old}{rest}")["Location"] == f"{new}{rest}"
    for address in ("/discussions/", "/lessons/", "/wiki/"):
        listed = client.get(f"{address}?community={made.number}&sort=old")
        assert listed["Location"] == f"{address}?community={into.pk}&sort=old"
    assert client.get(f"/wiki/?community={made.number}")["Location"] == f"/wiki/?community={into.pk}"
    assert client.post(f"{old}/leave/").status_code == 404
    client.force_login(made.who("staff"))
    assert client.get(f"{old}/members/").status_code == 404
    assert "Location" not in client.get(f"/discussions/?community={made.number}")
    assert client.get(f"/communities/{other.pk + 1000}/members/").status_code == 404


def test_they_lead_on_through_two_merges(circle, client):
    made, middle, last = circle(), make_community("Buying"), make_community("Contracts")
    merged(made, middle)
    merge_communities(community=CommunityPage.objects.get(pk=middle.pk), into=last, by=make_admin())
    client.force_login(made.who("asker"))
    assert (
        client.get(f"/communities/{made.number}/members/")["Location"] == f"/communities/{last.pk}/members/"
    )
