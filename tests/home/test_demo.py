"""The demo as a whole: what is there, and what somebody finds who signs in."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.models import (
    Chapter,
    CommunityPage,
    CuratedItem,
    Discussion,
    Invite,
    JoinRequest,
    Membership,
)
from communities.queue import looked_after_by, queue_kinds
from kring.conversations.models import Comment, Decision, Reaction
from kring.home.actions import SiteNotEmptyError, load_demo
from kring.home.querysets import first_steps, for_you, waiting_for
from kring.importing.models import PendingReference
from kring.notifications.models import Notification
from kring.people.models import PersonSkill, User
from wiki.models import ArticlePage, LessonPage

MODELS = (User, CommunityPage, LessonPage, ArticlePage, Discussion, Comment, Notification)


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker):
    """Loaded once, and gone after these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(timezone.localdate())
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    return _demo


def test_how_much_there_is(demo):
    assert Counter(CommunityPage.objects.values_list("language", "openness")) == {
        ("en", "open"): 2,
        ("en", "on_request"): 1,
        ("nl", "open"): 1,
        ("nl", "private"): 1,
    }
    assert (User.objects.count(), LessonPage.objects.count(), ArticlePage.objects.count()) == (26, 24, 16)
    assert Counter(LessonPage.objects.values_list("language", flat=True)) == {"en": 12, "nl": 12}
    assert Counter(ArticlePage.objects.values_list("language", flat=True)) == {"en": 8, "nl": 8}
    assert LessonPage.objects.filter(outcome="failure").count() >= 8
    assert set(LessonPage.objects.values_list("outcome", flat=True)) == {"success", "mixed", "failure"}
    assert set(Discussion.objects.values_list("kind", flat=True)) == {
        "question",
        "discussion",
        "announcement",
        "room",
    }
    states = set(Discussion.objects.filter(kind="question").values_list("state", flat=True))
    assert states == {"open", "answered", "solved"}


def test_everything_has_a_place_an_author_and_a_conversation(demo):
    assert not ArticlePage.objects.filter(is_placeholder=True).exists()
    assert PendingReference.objects.count() == 0
    assert all(page.authors.exists() for model in (LessonPage, ArticlePage) for page in model.objects.all())
    assert not Discussion.objects.filter(author=None, is_anonymous=False).exists()
    assert not Comment.objects.filter(user=None, is_anonymous=False).exists()
    # A think club reads instead.
    for community in CommunityPage.objects.exclude(form="think_club"):
        held = [
            LessonPage.objects.filter(community=community).count(),
            ArticlePage.objects.filter(community=community).count(),
            community.discussions.count(),
            CuratedItem.objects.filter(community=community).count(),
            Membership.objects.filter(community=community, role="lead").count(),
        ]
        assert all(held), (community.title, held)
    assert all(PersonSkill.objects.filter(user=person).exists() for person in User.objects.all())


def test_who_writes_in_a_community_belongs_to_it(demo):
    members = set(Membership.objects.values_list("community", "user"))
    for discussion in Discussion.objects.filter(is_anonymous=False):
        assert (discussion.community_id, discussion.author_id) in members, discussion.title
    for model in (LessonPage, ArticlePage):
        for page in model.objects.all():
            for author in page.authors.all():
                assert (page.community_id, author.pk) in members, (page.title, author.name)


def test_a_think_club_reads_and_somebody_asks_and_is_asked_in(demo):
    chapters = Chapter.objects.order_by("sort_order")
    assert [bool(one.discussion_id) for one in chapters] == [True, False, False]
    assert JoinRequest.objects.filter(state="waiting").count() == 1
    assert Invite.objects.filter(state="open").count() == 1
    assert not Notification.objects.filter(emailed_at=None).exists()


def test_nothing_is_older_than_what_it_answers_or_later_than_yesterday(demo):
    today = timezone.localdate()
    moments = [*Comment.objects.values_list("submit_date", flat=True)]
    moments += Discussion.objects.values_list("created_at", flat=True)
    assert today - timedelta(days=7) <= timezone.localdate(max(moments)) < today
    for comment in Comment.objects.select_related("conversation"):
        target = comment.conversation.target
        born = getattr(target, "created_at", None) or target.first_published_at
        assert comment.submit_date >= born, (target, comment.body)


def test_each_account_signs_in_to_a_home_page_worth_looking_at(demo, client):
    for account in demo:
        user = User.objects.get(email=account.email)
        answer = client.post(
            reverse("account_login"), {"login": account.email, "password": account.password}, follow=True
        )
        assert answer.status_code == 200
        assert int(client.session["_auth_user_id"]) == user.pk
        home = client.get("/").content.decode()
        assert home.count('class="') > 50
        assert waiting_for(user), account.email
        assert len(for_you(user)) >= 3, account.email
        client.logout()


def test_the_accounts_show_each_side_of_the_site(demo):
    by_email = {account.email: User.objects.get(email=account.email) for account in demo}
    assert [user.is_superuser for user in by_email.values()].count(True) == 1
    assert {user.language for user in by_email.values()} == {"en", "nl"}
    assert len(by_email) == 6


def test_only_the_newcomer_still_has_first_steps_to_take(demo):
    users = [User.objects.get(email=account.email) for account in demo]
    left = [user.email for user in users if not all(step.done for step in first_steps(user))]
    assert left == ["ilse.goossens@rietland.example"]


def test_recent_talk_lies_in_inboxes_dated_as_it_was_and_unmailed(demo):
    assert Notification.objects.filter(emailed_at=None).count() == 0
    unread = Notification.objects.filter(read_at=None)
    assert 0 < unread.count() < Notification.objects.count()
    since = timezone.now() - timedelta(days=20)
    assert not unread.filter(created_at__lt=since).exists()


def test_the_demo_never_mixes_with_people_of_the_site(demo):
    before = [model.objects.count() for model in MODELS]
    with pytest.raises(SiteNotEmptyError):
        load_demo(timezone.localdate())
    assert [model.objects.count() for model in MODELS] == before


def test_something_waits_for_those_who_look_after_it(demo):
    lead = User.objects.get(name="Priya Raman")
    communities = looked_after_by(lead)
    waits = {kind.key: kind.count(lead, communities) for kind in queue_kinds()}
    assert (waits["held"], waits["reports"]) == (2, 1)
    assert Discussion.objects.filter(is_anonymous=True, is_beginner=True).count() == 1
    assert list(Decision.objects.values_list("verb", flat=True)) == ["comment_removed"]


def test_colleagues_thank_mention_correct_and_keep(demo):
    aicha = User.objects.get(name="Aïcha Benali")
    assert set(Reaction.objects.values_list("kind", flat=True)) == {"thanks", "agree", "same"}
    assert aicha.mentions.get().comment.revisions.count() == 1
    assert (aicha.bookmarks.count(), aicha.followings.get().state) == (2, "follow")
    assert Comment.objects.filter(body__contains="<details>").count() == 1
