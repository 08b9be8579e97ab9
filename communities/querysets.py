"""Reads of communities and discussions, by what a person may see."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.query import PageQuerySet

from kring.activity.models import Activity
from kring.conversations.models import Comment, Conversation
from kring.people.permissions import reads_everything

FACES = 4
NEW_FOR, QUIET_FOR = timedelta(days=30), timedelta(days=90)
# What is recorded when somebody comes in, which is not writing.
COMING_IN = ("joined", "added")


def readable_communities(user: Any, path: str = "") -> Q:
    """Condition on a community reached by `path` (like "community__"): this user may read it.

    Everybody on the staff reads open and on-request communities; private ones are for members;
    guests read only where they are members; who may read everything reads everything.
    """
    if not (user.is_authenticated and user.is_active):
        return Q(pk__in=[])
    if reads_everything(user):
        return Q()
    member = Q(**{f"{path}pk__in": user.memberships.values("community")})
    if user.is_guest:
        return member
    return member | Q(**{f"{path}openness__in": ["open", "on_request"]})


def is_own(discussions: Any) -> Any:
    """Condition on comments about discussions (this model): whoever says it began that one.

    Who asked anonymously is the first anonymous one there, and nobody under a name.
    """
    about = discussions._default_manager.filter(pk=OuterRef("conversation__object_id")).order_by()
    first = Q(is_anonymous=True, alias=1) & Exists(about.filter(is_anonymous=True))
    return Q(Exists(about.filter(author=OuterRef("user")))) | first


def is_given(discussions: Any) -> Any:
    """Condition on answers that count: not the asker's own word, unless it was chosen."""
    asked = discussions._default_manager.filter(pk=OuterRef("conversation__object_id")).order_by()
    also = discussions.also_accepted.through
    chosen = Exists(asked.filter(accepted=OuterRef("pk"))) | Exists(
        also.objects.filter(comment=OuterRef("pk"))
    )
    return ~is_own(discussions) | Q(chosen)


class CommunityPageQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> "CommunityPageQuerySet":
        return self.live().filter(readable_communities(user))

    def in_use(self) -> "CommunityPageQuerySet":
        """Those that were not archived."""
        return self.filter(archived_at=None)

    def open_to_posts_by(self, user: Any) -> "CommunityPageQuerySet":
        """Where this user may post; the same as permissions.can_post_in, in one query."""
        visible = self.visible_to(user).in_use()
        if not (user.is_authenticated and user.is_active) or user.is_superuser:
            return visible
        member = Q(pk__in=user.memberships.values("community"))
        return visible.filter(member if user.is_guest else member | Q(openness="open"))

    def of(self, user: Any) -> "CommunityPageQuerySet":
        """Those this user belongs to."""
        return self.live().filter(pk__in=user.memberships.values("community"))

    def led_by(self, user: Any, *roles: str) -> "CommunityPageQuerySet":
        """Those where the user has one of these roles, by default lead or moderator."""
        wanted = user.memberships.filter(role__in=roles or ("lead", "moderator"))
        return self.live().filter(pk__in=wanted.values("community"))

    def matching(self, words: str) -> "CommunityPageQuerySet":
        """Every word stands in the title, the sentence or the purpose."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(purpose__icontains=word)
            )
        return found

    def for_list(self) -> "CommunityPageQuerySet":
        """With what a card shows, in a fixed number of queries: `member_count`, `open_questions`, `faces`."""
        memberships = self.model.memberships.rel.related_model.objects
        members = memberships.filter(community=OuterRef("pk"), user__is_active=True)
        talk = self.model.discussions.rel.related_model.objects
        waiting = talk.unanswered().filter(community=OuterRef("pk"))
        faces = memberships.active().with_people().in_order()[:FACES]
        return self.annotate(member_count=_count(members), open_questions=_count(waiting)).prefetch_related(
            Prefetch("memberships", queryset=faces, to_attr="faces")
        )


def _count(rows: models.QuerySet) -> Coalesce:
    """A subquery that counts rows which refer to the community outside."""
    counted = rows.order_by().values("community").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class MembershipQuerySet(models.QuerySet):
    def active(self) -> "MembershipQuerySet":
        return self.filter(user__is_active=True)

    def with_people(self) -> "MembershipQuerySet":
        return self.select_related("user", "user__profile", "user__profile__team")

    def called(self, words: str) -> "MembershipQuerySet":
        model: Any = self.model
        people = model.user.field.related_model.objects.called(words)
        return self.filter(user__in=people.values("pk"))

    def newcomers(self) -> "MembershipQuerySet":
        """Those who came in during the last thirty days."""
        return self.filter(joined_at__gte=timezone.now() - NEW_FOR)

    def quiet_in(
        self,
        community: Any,
        *,
        quiet_for: timedelta = QUIET_FOR,
        there_for: timedelta = NEW_FOR,
        now: datetime | None = None,
    ) -> "MembershipQuerySet":
        """Members of this community for a while who wrote nothing there under their name for three months."""
        now = now or timezone.now()
        since = now - quiet_for
        done = Activity.objects.for_audience([community.audience]).filter(at__gte=since, actor__isnull=False)
        talk = community.discussions
        said = Comment.objects.filter(
            conversation__content_type=ContentType.objects.get_for_model(talk.model),
            conversation__object_id__in=talk.order_by().values("pk"),
            submit_date__gte=since,
            user__isnull=False,
        )
        began = talk.order_by().filter(created_at__gte=since, author__isnull=False)
        long_there = self.filter(community=community, joined_at__lt=now - there_for)
        return (
            long_there.exclude(user__in=done.exclude(verb__in=COMING_IN).order_by().values("actor"))
            .exclude(user__in=said.order_by().values("user"))
            .exclude(user__in=began.values("author"))
        )

    def leads(self) -> "MembershipQuerySet":
        return self.active().filter(role="lead")

    def in_order(self) -> "MembershipQuerySet":
        """Leads, then moderators, then members; the longest there first."""
        rank = Case(
            When(role="lead", then=Value(0)),
            When(role="moderator", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "joined_at", "pk")


class DiscussionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DiscussionQuerySet":
        readable = self.filter(readable_communities(user, "community__"), community__live=True)
        return readable.standing()

    def standing(self) -> "DiscussionQuerySet":
        """Without those that went on in another one, wait for a moderator, or were removed."""
        return self.filter(merged_into=None, held_for="", removed_at=None)

    def held(self) -> "DiscussionQuerySet":
        """Those that wait for a moderator."""
        return self.filter(removed_at=None).exclude(held_for__in=["", "refused"])

    def rooms_ahead(self, within: timedelta | None = None) -> "DiscussionQuerySet":
        """Live rooms that run or are coming, at most so far ahead; the next one first."""
        now = timezone.now()
        rooms = self.filter(kind="room", ends_at__gt=now, closed_at=None)
        if within is not None:
            rooms = rooms.filter(starts_at__lt=now + within)
        return rooms.order_by("starts_at", "pk")

    def questions(self) -> "DiscussionQuerySet":
        return self.filter(kind="question")

    def begun_here(self) -> "DiscussionQuerySet":
        """By somebody of the site, under their name or without it; not those of outsiders, brought along."""
        return self.filter(Q(author__isnull=False) | Q(is_anonymous=True))

    def unanswered(self) -> "DiscussionQuerySet":
        return self.questions().standing().filter(state="open", closed_at=None)

    def waiting_for(self, user: Any) -> "DiscussionQuerySet":
        """Unanswered questions of others in communities this user looks after, the oldest first."""
        mine = user.memberships.filter(role__in=["lead", "moderator"]).values("community")
        waiting = self.unanswered().visible_to(user).filter(community__in=mine, community__archived_at=None)
        return waiting.exclude(author=user).order_by("created_at", "pk")

    def tagged(self, names: Iterable[str]) -> "DiscussionQuerySet":
        """Those with at least one of these tags, whatever their case; each once."""
        wanted = Q(pk__in=[])
        for name in names:
            wanted |= Q(tag__name__iexact=name)
        items = self._tag_items().filter(wanted)
        return self.filter(pk__in=items.values("content_object"))

    def tag_counts(self, limit: int) -> models.QuerySet:
        """(name, number) of the tags used most."""
        items = self._tag_items().filter(content_object__in=self.order_by().values("pk"))
        counted = items.values_list("tag__name").annotate(number=Count("pk"))
        return counted.order_by("-number", "tag__name")[:limit]

    def _tag_items(self) -> models.QuerySet:
        model: Any = self.model
        return model.tags.through.objects.all()

    def counts_by(self, field: str) -> dict[Any, int]:
        """Value of the field to how many have it, the most used first."""
        rows = self.order_by().values_list(field).annotate(number=Count("pk")).order_by("-number", field)
        return dict(rows)

    def for_list(self) -> "DiscussionQuerySet":
        """With what a card shows, in a fixed number of queries."""
        related = self.select_related("community", "author", "author__profile", "accepted").prefetch_related(
            "tags"
        )
        return related.with_counts()

    def with_unread(self, user: Any) -> "DiscussionQuerySet":
        """Adds `has_news`: something happened since this person looked; never where they have not yet."""
        content_type = ContentType.objects.get_for_model(self.model)
        about = Conversation.objects.filter(content_type=content_type, object_id=OuterRef("pk"))
        read = about.filter(read_marks__user=user, read_marks__seq__lt=F("seq"))
        return self.annotate(has_news=Exists(read))

    def with_counts(self) -> "DiscussionQuerySet":
        """Adds `comment_count` (everything said) and `answer_count` (of others, or chosen), removed ones left
        out."""
        content_type = ContentType.objects.get_for_model(self.model)
        about = Conversation.objects.filter(content_type=content_type, object_id=OuterRef("pk"))
        answers = Comment.objects.filter(
            is_given(self.model),
            conversation__content_type=content_type,
            conversation__object_id=OuterRef("pk"),
            kind=Comment.Kind.ANSWER,
            is_public=True,
            is_removed=False,
        )
        counted = answers.order_by().values("conversation").annotate(number=Count("pk")).values("number")
        return self.annotate(
            comment_count=Coalesce(Subquery(about.values("comment_count")[:1]), 0),
            answer_count=Coalesce(Subquery(counted), 0),
        )
