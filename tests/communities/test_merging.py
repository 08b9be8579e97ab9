import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import archive_community, invite, merge_communities, request_to_join
from communities.models import Chapter, CommunityPage, Discussion, Invite, JoinRequest, Membership
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_article, make_lesson
from kring.activity.models import Activity
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification
from support.telling import tell_all
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def merged(made, into, by):
    return merge_communities(community=made.community, into=into, by=by)


def names(community):
    return dict(Membership.objects.filter(community=community).values_list("user__name", "role"))


def test_members_talk_and_pages_move(circle):
    made, into = circle(), make_community("Buying")
    lead = made.who("lead")
    make_member(into, lead, role="member")
    make_member(into, made.who("member"), role="lead")
    article = make_article(made.community, "How buying works")
    below = make_lesson(article, "Below it")
    make_article(into, "How buying works")
    make_discussion(into, "Theirs")
    Chapter.objects.create(community=made.community, title="One", sort_order=0)
    Chapter.objects.create(community=into, title="Before", sort_order=4)

    result = merged(made, into, make_admin())

    assert result == into
    assert names(into) == {"lead": "lead", "member": "lead", "Anouk Peeters": "member"}
    assert names(made.community) == {}
    assert {one.title for one in Discussion.objects.filter(community=into)} == {made.question.title, "Theirs"}
    moved, lesson = ArticlePage.objects.get(pk=article.pk), LessonPage.objects.get(pk=below.pk)
    assert (moved.community, lesson.community) == (into, into)
    assert moved.get_absolute_url() == "/communities/buying/how-buying-works-2/"
    assert lesson.get_absolute_url() == "/communities/buying/how-buying-works-2/below-it/"
    chapters = Chapter.objects.filter(community=into).order_by("sort_order")
    assert [one.title for one in chapters] == ["Before", "One"]
    assert [one.title for one in result.get_latest_revision_as_object().chapters.all()] == ["Before", "One"]
    gone = CommunityPage.objects.get(pk=made.number)
    assert (gone.live, gone.merged_into) == (False, into)
    assert [page.slug for page in gone.get_children()] == []


def test_old_addresses_lead_to_the_new_ones(client, circle):
    made, into = circle("private"), make_community("Buying", openness="private")
    article = make_article(made.community, "How buying works")
    old = [made.community.get_absolute_url(), article.get_absolute_url()]
    merged(made, into, make_admin())
    client.force_login(made.who("asker"))
    assert [client.get(address)["Location"] for address in old] == [
        "/communities/buying/",
        "/communities/buying/how-buying-works/",
    ]
    client.force_login(made.who("staff"))
    assert [client.get(address).status_code for address in old] == [404, 404]


def test_what_was_told_and_recorded_goes_along(circle):
    made, into = circle(), make_community("Buying", openness="private")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>May.</p>", kind="answer")
    tell_all()
    merged(made, into, make_admin())
    told = Notification.objects.inbox_of(made.who("asker")).exclude(kind="community.merged")
    assert [row.audience for row in told] == [into.audience]
    assert Activity.objects.about(said).get().audience == into.audience
    assert Activity.objects.filter(audience=made.community.audience).count() == 0


def test_members_who_hear_what_matters_are_told(circle):
    made, into = circle("private"), make_community("Buying")
    there = make_member(into, make_user("Tom")).user
    make_member(into, make_user("Deaf"), level="mine")
    by = make_admin(name="Ad")
    merged(made, into, by)
    rows = Notification.objects.filter(kind="community.merged")
    assert {row.recipient.name: row.sentence for row in rows} == {
        "Anouk Peeters": "Ad merged Suppliers into Buying",
        there.name: "Ad merged another community into Buying",
    }


def test_who_waits_is_taken_along_and_invitations_end(circle):
    made, into = circle("on_request"), make_community("Buying", openness="on_request")
    request_to_join(community=made.community, by=made.who("staff"), message="Please")
    invite(community=made.community, by=made.who("member"), user=make_user("Tom"))
    merged(made, into, make_admin())
    assert [(row.community, row.state) for row in JoinRequest.objects.all()] == [(into, "waiting")]
    assert Invite.objects.count() == 0


def test_only_who_leads_both_and_administrators_merge(circle):
    made, into = circle(), make_community("Buying")
    lead = made.who("lead")
    for by in (lead, made.who("moderator"), made.who("member"), made.who("reader of everything")):
        with pytest.raises(PermissionDenied):
            merged(made, into, by)
    with pytest.raises(PermissionDenied):
        merged(made, made.community, lead)
    make_member(into, lead, role="lead")
    archive_community(community=into, by=lead)
    with pytest.raises(ValidationError, match="archived"):
        merged(made, into, lead)
    assert Membership.objects.filter(community=made.community, user=lead).exists()


def test_it_is_shown_in_numbers_first(client, as_):
    made = as_("lead", "private")
    address = f"/communities/{made.number}/merge/"
    assert "There is no other community that you lead" in text(client.get(address))
    into, secret = make_community("Buying"), make_community("Secret", openness="private")
    make_member(into, made.who("lead"), role="lead")
    make_member(into, made.who("asker"))
    make_lesson(into)
    chosen = text(client.get(address))
    assert "Buying" in chosen
    assert "Secret" not in chosen
    assert client.get(f"{address}?into={secret.pk}").status_code == 400
    page = text(client.get(f"{address}?into={into.pk}"))
    for words in (
        "Merge Suppliers into Buying?",
        "1 question or discussion",
        "2 members belong to both already",
        "1 lesson",
        "Suppliers is private and Buying is not",
    ):
        assert words in page
    assert Discussion.objects.get().community == made.community
    response = client.post(address, {"into": into.pk}, follow=True)
    assert response.redirect_chain == [(into.get_absolute_url(), 302)]
    assert "Suppliers has become part of Buying." in text(response)
    assert client.get(address)["Location"] == f"/communities/{into.pk}/merge/"
