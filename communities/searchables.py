"""Communities, questions and discussions can be found by whoever may read the community."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.conversations.models import Comment
from kring.conversations.searchables import author_of, said_about, talk_seq, with_talk
from kring.conversations.showing.anonymous import is_of_asker
from kring.indexing.registry import (
    Document,
    Label,
    Searchable,
    checksum,
    register,
    register_audience,
    register_labels,
    register_own,
    widen_audience,
)
from kring.ui.richtext.text import to_text

from .models import CommunityPage, Discussion, Membership
from .permissions import audiences_of
from .querysets import DiscussionQuerySet

PRIORS = {"solved": 0.9, "answered": 0.7, "open": 0.3}
COMMUNITY_PRIOR = 0.8
# What a kind of search result holds of the kinds of discussions.
KINDS = {
    "question": (Discussion.Kind.QUESTION,),
    "discussion": (Discussion.Kind.DISCUSSION, Discussion.Kind.ANNOUNCEMENT, Discussion.Kind.ROOM),
}
STAMPED = (
    *("kind", "title", "language", "community_id", "author_id", "state", "accepted_id", "score"),
    *("created_at", "edited_at", "source_hash", "seq"),
)
COMMUNITY_STAMPED = ("title", "slug", "language", "summary", "source_hash", "last_published_at", "members")


def register_searchables() -> None:
    register(
        Searchable(
            "community",
            _("Communities"),
            documents_of_communities,
            lambda: CommunityPage.objects.live().values_list("pk", flat=True).iterator(),
            visible_communities,
            singular=_("community"),
            icon="communities",
            model=CommunityPage,
            stamps=stamps_of_communities,
        )
    )
    _register_discussions("question", _("Questions"), _("question"))
    _register_discussions("discussion", _("Discussions"), _("discussion"))
    register_audience(audiences_of)
    register_own(communities_of_member)
    register_labels("community", titles_of)
    widen_audience("person", communities_of_people)


def communities_of_member(user: Any) -> list[str]:
    own = Membership.objects.filter(user=user).values_list("community", flat=True)
    return [str(pk) for pk in own]


def _register_discussions(kind: str, label: Any, singular: Any) -> None:
    register(
        Searchable(
            kind,
            label,
            lambda ids: documents_of_discussions(kind, ids),
            lambda: discussions_of(kind).values_list("pk", flat=True).iterator(),
            lambda user, ids: visible_discussions(kind, user, ids),
            singular=singular,
            icon=kind,
            model=Discussion,
            stamps=lambda: stamps_of_discussions(kind),
        )
    )


def kind_of(discussion: Discussion) -> str:
    """As what it is found."""
    return next(kind for kind, kinds in KINDS.items() if discussion.kind in kinds)


def communities_of_people(ids: list[int]) -> dict[int, set[str]]:
    """Who reads a community finds its members; so do guests, who find nobody else."""
    found: dict[int, set[str]] = {}
    memberships = Membership.objects.all() if len(ids) > 900 else Membership.objects.filter(user__in=ids)
    for user, community in memberships.values_list("user", "community"):
        found.setdefault(user, set()).add(f"c:{community}")
    return found


def titles_of(user: Any, values: list[str]) -> dict[str, Label]:
    ids = [int(value) for value in values if value.isdecimal()]
    rows = CommunityPage.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "title", "language")
    return {str(pk): Label(title, language) for pk, title, language in rows}


def visible_communities(user: Any, ids: Iterable[int]) -> set[int]:
    return set(CommunityPage.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def documents_of_communities(ids: Iterable[int]) -> Iterator[Document]:
    leads = Membership.objects.leads().select_related("user").in_order()
    found = _communities().filter(pk__in=ids).prefetch_related(Prefetch("memberships", leads, to_attr="led"))
    for page in found:
        texts = [page.summary, to_text(page.purpose), to_text(page.rules)]
        yield Document(
            key=f"community:{page.pk}",
            kind="community",
            title=page.title,
            body="\n".join(text for text in texts if text),
            beside="\n".join(page.tags),
            url=page.get_absolute_url(),
            audience=(page.audience,),
            updated_at=page.first_published_at or page.latest_revision_created_at or timezone.now(),
            language=page.language,
            community=str(page.pk),
            tags=tuple(page.tags),
            people=tuple(str(row.user_id) for row in page.led),
            prior=COMMUNITY_PRIOR,
            facts={"members": page.members, "leads": [row.user.name for row in page.led]},
            stamp=checksum(*(getattr(page, name) for name in COMMUNITY_STAMPED)),
        )


def stamps_of_communities() -> Iterator[tuple[int, int]]:
    for pk, *values in _communities().values_list("pk", *COMMUNITY_STAMPED):
        yield pk, checksum(*values)


def _communities() -> Any:
    active = Count("memberships", filter=Q(memberships__user__is_active=True))
    return CommunityPage.objects.live().annotate(members=active).order_by("pk")


def discussions_of(kind: str) -> DiscussionQuerySet:
    return Discussion.objects.standing().filter(kind__in=KINDS[kind], community__live=True).order_by("pk")


def visible_discussions(kind: str, user: Any, ids: Iterable[int]) -> set[int]:
    found = discussions_of(kind).visible_to(user).filter(pk__in=ids)
    return set(found.values_list("pk", flat=True))


def stamps_of_discussions(kind: str) -> Iterator[tuple[int, int]]:
    for pk, *values in _stamped(kind).values_list("pk", *STAMPED).iterator():
        yield pk, checksum(*values)


def _stamped(kind: str) -> DiscussionQuerySet:
    return discussions_of(kind).annotate(seq=talk_seq(Discussion))


def documents_of_discussions(kind: str, ids: Iterable[int]) -> Iterator[Document]:
    """One with all that was said, and a part for each answer and comment."""
    rows = (
        _stamped(kind).filter(pk__in=ids).select_related("author").prefetch_related("tags", "also_accepted")
    )
    found = list(rows)
    said = said_about(Discussion, [one.pk for one in found])
    for discussion in found:
        comments = said.get(discussion.pk, [])
        whole = _document(kind, discussion, comments)
        yield from with_talk(whole, comments, _accepted(discussion))
        if comments:
            yield whole.part("top", whole.body, beside=whole.beside)


def _document(kind: str, discussion: Discussion, comments: list[Comment]) -> Document:
    answers = [one for one in comments if one.kind == Comment.Kind.ANSWER]
    given = [one for one in answers if not _is_own(one, discussion) or one.pk in _accepted(discussion)]
    tags = tuple(sorted(tag.name for tag in discussion.tags.all()))
    return Document(
        key=f"{kind}:{discussion.pk}",
        kind=kind,
        title=discussion.title,
        body=to_text(discussion.body),
        beside="\n".join(filter(None, [*tags, _author_of(discussion)])),
        url=discussion.get_absolute_url(),
        audience=(f"c:{discussion.community_id}",),
        updated_at=discussion.last_activity_at,
        language=discussion.language,
        community=str(discussion.community_id),
        tags=tags,
        people=(str(discussion.author_id),) if discussion.author else (),
        signs=_signs_of(kind, discussion, len(given)),
        prior=PRIORS[discussion.state],
        facts={
            "kind": discussion.kind,
            "state": discussion.state,
            "author": _author_of(discussion),
            "answers": len(given),
            "comments": len(comments) - len(given),
            "accepted": next((author_of(one) for one in answers if one.pk == discussion.accepted_id), None),
        },
        stamp=checksum(*(getattr(discussion, name) for name in STAMPED)),
    )


def _signs_of(kind: str, discussion: Discussion, answers: int) -> tuple[str, ...]:
    if kind != "question":
        return ()
    if discussion.state == Discussion.State.SOLVED:
        return ("answered", "solved")
    return ("answered",) if answers else ("unanswered",)


def _is_own(comment: Comment, discussion: Discussion) -> bool:
    """What the asker adds to their own question is no answer."""
    return is_of_asker(comment, discussion, [discussion.author_id] if discussion.author_id else [])


def _accepted(discussion: Discussion) -> set[int]:
    """Primary keys of all answers that helped."""
    return {pk for pk in (discussion.accepted_id, *(one.pk for one in discussion.also_accepted.all())) if pk}


def _author_of(discussion: Discussion) -> str:
    """Empty for whoever is not to be known."""
    return discussion.author.name if discussion.author else str(discussion.attribution.get("name") or "")
