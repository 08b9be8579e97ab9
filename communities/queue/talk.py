"""Held posts, and what readers reported."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.conversations.actions.holding import HELD_FOR, REFUSED
from kring.conversations.models import Comment, Report, Seal
from kring.conversations.permissions import target_of
from kring.ui.richtext.text import excerpt

from ..models import CommunityPage, Discussion
from .registry import MOST, Act, Item, community_of, tokens

WORDS = 40


def _own_sealed(user: Any) -> set[tuple[int, int]]:
    """What this person wrote anonymously: others look at it."""
    return set(Seal.objects.held_by(user).values_list("content_type_id", "object_id"))


def held(user: Any, communities: dict[int, CommunityPage]) -> list[tuple[Comment, CommunityPage]]:
    waiting = Comment.objects.filter(is_public=False, is_removed=False).exclude(held_for__in=["", REFUSED])
    rows = waiting.with_authors().select_related("conversation").in_time()
    rows = list(rows.exclude(user=user.pk).prefetch_related("conversation__target__community")[: MOST * 4])
    # What an anonymous author may see is left to others, too; asked only where something is anonymous.
    own = _own_sealed(user) if any(row.is_anonymous for row in rows) else set()
    content_type = ContentType.objects.get_for_model(Comment).pk
    found = []
    for row in rows:
        target = row.conversation.target
        if target is None or (content_type, row.pk) in own or not getattr(target, "is_standing", True):
            continue
        if community := community_of(target_of(target).audience(target), communities):
            found.append((row, community))
    return found


def held_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    return [
        Item(
            key=f"held-{comment.pk}",
            title=str(comment.conversation.target),
            url=comment.url_on(comment.conversation.target.get_absolute_url()),
            at=comment.edited_at or comment.submit_date,
            community=community,
            text=excerpt(comment.body, WORDS),
            who=comment.user,
            why=[str(HELD_FOR.get(comment.held_for, ""))],
            reason=_("Why not? Whoever wrote it reads this"),
            language=getattr(comment.conversation.target, "language", ""),
            acts=[
                Act(_("Let it through"), reverse("comment_release", args=[comment.pk]), tone="primary"),
                Act(_("Don't"), reverse("comment_refuse", args=[comment.pk])),
            ],
        )
        for comment, community in held(user, communities)[:MOST]
    ]


def held_talk(user: Any, communities: dict[int, CommunityPage]) -> list[Discussion]:
    """Questions and discussions of others that wait."""
    rows = Discussion.objects.held().filter(community__in=communities).exclude(author=user.pk)
    found = list(rows.select_related("author__profile").order_by("created_at", "pk")[:MOST])
    own = _own_sealed(user) if any(row.is_anonymous for row in found) else set()
    content_type = ContentType.objects.get_for_model(Discussion).pk
    return [row for row in found if (content_type, row.pk) not in own]


def held_talk_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    return [
        Item(
            key=f"held-discussion-{row.pk}",
            title=row.title,
            url=row.get_absolute_url(),
            at=row.edited_at or row.created_at,
            community=communities[row.community_id],
            text=excerpt(row.body, WORDS),
            who=row.author,
            why=[str(HELD_FOR.get(row.held_for, ""))],
            reason=_("Why not? Whoever wrote it reads this"),
            language=row.language,
            acts=[
                Act(_("Let it through"), reverse("discussion_release", args=[row.pk]), tone="primary"),
                Act(_("Don't"), reverse("discussion_refuse", args=[row.pk])),
            ],
        )
        for row in held_talk(user, communities)
    ]


def _reports(user: Any, communities: dict[int, CommunityPage]) -> dict[tuple[int, int], list[Report]]:
    """Open ones by thing, the oldest thing first."""
    rows = Report.objects.filter(audience__in=tokens(communities), state=Report.State.OPEN)
    found: dict[tuple[int, int], list[Report]] = {}
    for row in rows.order_by("created_at", "pk")[: MOST * 4]:
        found.setdefault((row.content_type_id, row.object_id), []).append(row)
    return found


def _things(keys: Any) -> dict[tuple[int, int], Any]:
    """The things by (content type, primary key), in a fixed number of queries for each kind."""
    wanted: dict[int, list[int]] = {}
    for content_type, pk in keys:
        wanted.setdefault(content_type, []).append(pk)
    found: dict[tuple[int, int], Any] = {}
    for content_type, ids in wanted.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        rows: Any = model._default_manager.filter(pk__in=ids) if model else []
        if model is Discussion:
            rows = rows.select_related("author")
        if model is Comment:
            rows = rows.with_authors().select_related("conversation").prefetch_related("conversation__target")
        found |= {(content_type, row.pk): row for row in rows}
    return found


def report_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    by_thing = _reports(user, communities)
    things, own = _things(by_thing), _own_sealed(user) if by_thing else set()
    found = []
    for key, reports in by_thing.items():
        thing, community = things.get(key), community_of(reports[0].audience, communities)
        if thing is None or community is None or key in own:
            continue
        if (getattr(thing, "user_id", None) or getattr(thing, "author_id", None)) != user.pk:
            found.append(_report_item(thing, reports, community))
    return found[:MOST]


def _report_item(thing: Any, reports: list[Report], community: CommunityPage) -> Item:
    is_comment = isinstance(thing, Comment)
    label = "comment" if is_comment else target_of(thing).label
    about = thing.conversation.target if is_comment else thing
    settle = reverse("reports_settle", args=[label, thing.pk])
    acts = [Act(_("Nothing is wrong"), settle, {"upheld": "0"})]
    if not is_comment or thing.is_removed:
        tone = "" if isinstance(thing, Discussion) else "primary"
        acts.insert(0, Act(_("I did something about it"), settle, {"upheld": "1"}, tone=tone))
    if isinstance(thing, Discussion) or (is_comment and not thing.is_removed):
        remove = reverse("comment_delete" if is_comment else "discussion_remove", args=[thing.pk])
        acts.insert(0, Act(_("Remove it"), remove, tone="danger"))
    count = len(reports)
    number = ngettext("%(count)d person reported it:", "%(count)d people reported it:", count)
    lines = [": ".join(filter(None, [row.get_reason_display(), row.text])) for row in reports[:5]]
    return Item(
        key=f"report-{label}-{thing.pk}",
        title=str(about),
        url=thing.get_absolute_url(),
        at=reports[0].created_at,
        community=community,
        text=excerpt(getattr(thing, "body", ""), WORDS),
        who=getattr(thing, "user", None) or getattr(thing, "author", None),
        why=[number % {"count": count}, *lines],
        reason=_("Why? Whoever wrote it reads this"),
        language=getattr(about, "language", ""),
        acts=acts,
    )
