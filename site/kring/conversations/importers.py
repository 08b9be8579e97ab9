"""Comments that come with imported content, many at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments.models import Comment as BaseComment
from django_comments_xtd.models import XtdComment

from kring.importing.actions import RejectedError, texts
from kring.importing.actions import values as read
from kring.importing.actions.authors import author_of
from kring.importing.actions.links import Linker, save_references
from kring.importing.actions.reading import digest
from kring.importing.registry import Draft, Importer, Reference, register

from .models import Comment, Conversation

NAME_LENGTH, URL_LENGTH, LICENCE_LENGTH, ID_LENGTH = 50, 500, 120, 200


@dataclass(slots=True)
class ImportedComment:
    """A comment or an answer as it comes from a source; one level of replies."""

    source_id: str
    body: str
    created: datetime
    kind: str = Comment.Kind.COMMENT
    user: int | None = None
    name: str = ""
    url: str = ""
    licence: str = ""
    score: int = 0
    references: list[Reference] = field(default_factory=list)
    replies: list["ImportedComment"] = field(default_factory=list)


def read_comments(
    record: dict[str, Any],
    run: Any,
    *,
    owner: str,
    scope: str,
    licence: str,
    base: str,
    name: str = "comments",
) -> list[ImportedComment]:
    """The comments of a record with their replies, by time. Those without an id get one from what stays
    the same when a text is corrected: whose they are, and when they were written."""
    taken: dict[str, int] = {}
    found = []
    for row in read.objects(record, name):
        comment = read_comment(row, run, owner=owner, scope=scope, licence=licence, base=base, taken=taken)
        comment.replies = _replies(row, run, comment.source_id, scope, licence, base)
        found.append(comment)
    return sorted(found, key=lambda one: one.created)


def _replies(
    row: dict[str, Any], run: Any, owner: str, scope: str, licence: str, base: str
) -> list[ImportedComment]:
    """All that is below a comment, on one level."""
    found = []
    taken: dict[str, int] = {}
    for reply in [*read.objects(row, "replies"), *read.objects(row, "comments")]:
        found.append(
            read_comment(reply, run, owner=owner, scope=scope, licence=licence, base=base, taken=taken)
        )
        found += _replies(reply, run, found[-1].source_id, scope, licence, base)
    return sorted(found, key=lambda one: one.created)


def read_comment(
    row: dict[str, Any],
    run: Any,
    *,
    owner: str,
    scope: str,
    licence: str,
    base: str,
    taken: dict[str, int],
    kind: str = Comment.Kind.COMMENT,
) -> ImportedComment:
    """One comment without its replies; raises RejectedError."""
    author = row.get("author")
    if isinstance(author, str) and row.get("profile"):
        author = {"name": author, "url": row["profile"]}
    user, attribution = author_of(author, run.book, licence)
    own = read.line({"id": str(row["id"])}, "id") if row.get("id") else ""
    key = own or digest([row.get("author"), row.get("created")])[:16]
    taken[key] = taken.get(key, 0) + 1
    source_id = f"{owner}/{key}" + (f"-{taken[key]}" if taken[key] > 1 else "")
    if len(source_id) > ID_LENGTH:
        source_id = f"{owner[:100]}/{digest(source_id)[:40]}"
    links = Linker(run.book, "body", scope, "", base)
    body = texts.rich_text(row, "body", links) or texts.from_markdown(read.text(row, "text"), links)
    if not body:
        raise RejectedError(_("a comment has no text"))
    name = attribution.get("name", "")
    return ImportedComment(
        source_id=source_id,
        body=body,
        created=read.moment(row, "created") or timezone.now(),
        kind=kind,
        user=user,
        name=read.shorten(name, NAME_LENGTH),
        url=attribution.get("url", "")[:URL_LENGTH],
        licence=read.shorten(attribution.get("licence", ""), LICENCE_LENGTH),
        score=read.number(row, "score"),
        references=links.waiting,
    )


@transaction.atomic
def import_comments(*, target: models.Model, comments: list[ImportedComment]) -> dict[str, int]:
    """Store comments on a target: new ones are added in order of time, changed ones changed unless they were
    edited or removed on the site. Gives the primary key of each new or changed one by source id.

    Notifies nobody and records no activity.
    """
    if not comments:
        return {}
    content_type = ContentType.objects.get_for_model(target)
    conversation, _made = Conversation.objects.select_for_update().get_or_create(
        content_type=content_type, object_id=target.pk
    )
    flat = [one for root in comments for one in (root, *root.replies)]
    known = Comment.objects.filter(source_id__in=[one.source_id for one in flat]).in_bulk(
        field_name="source_id"
    )
    changed = _update(conversation, flat, known)
    parents = {reply.source_id: root.source_id for root in comments for reply in root.replies}
    # A reply never stands before what it answers, whatever its source says about the time.
    born = {
        one.source_id: max(one.created, root.created) for root in comments for one in (root, *root.replies)
    }
    new = sorted((one for one in flat if one.source_id not in known), key=lambda one: born[one.source_id])
    rows = {source_id: comment.pk for source_id, comment in known.items()}
    rows |= _insert_base(content_type, target, new)
    _insert(conversation, new, parents, rows)
    shown = Comment.objects.filter(conversation=conversation, is_public=True, is_removed=False)
    conversation.comment_count = shown.count()
    conversation.save()
    return {one.source_id: rows[one.source_id] for one in new} | changed


def _update(
    conversation: Conversation, flat: list[ImportedComment], known: dict[str, Comment]
) -> dict[str, int]:
    changed = {}
    for one in flat:
        row = known.get(one.source_id)
        if row is None or row.edited_at or row.is_removed:
            continue
        if (row.body, row.score) != (one.body, one.score):
            row.body, row.score = one.body, one.score
            Comment.objects.filter(pk=row.pk).update(body=one.body, score=one.score)
            BaseComment.objects.filter(pk=row.pk).update(comment=texts.plain_text(one.body))
            save_references("comments", row.pk, one.references, {"body"})
            conversation.seq += 1
            changed[one.source_id] = row.pk
    return changed


def _insert_base(
    content_type: ContentType, target: models.Model, new: list[ImportedComment]
) -> dict[str, int]:
    """The rows of django_comments, in one query; gives their keys by source id."""
    rows = BaseComment.objects.bulk_create(
        [
            BaseComment(
                content_type=content_type,
                object_pk=str(target.pk),
                site_id=settings.SITE_ID,
                user_id=one.user,
                user_name=one.name,
                comment=texts.plain_text(one.body),
                submit_date=one.created,
            )
            for one in new
        ]
    )
    return {one.source_id: row.pk for one, row in zip(new, rows, strict=True)}


def _insert(
    conversation: Conversation, new: list[ImportedComment], parents: dict[str, str], rows: dict[str, int]
) -> None:
    """The two tables on top: places in the thread, sequence, and what is ours."""
    if not new:
        return
    threads = {rows[parents.get(one.source_id, one.source_id)] for one in new}
    last = dict(
        XtdComment.objects.filter(thread_id__in=threads)
        .order_by()
        .values_list("thread_id")
        .annotate(last=Max("order"))
    )
    places, own = [], []
    for one in new:
        pk = rows[one.source_id]
        thread = rows[parents.get(one.source_id, one.source_id)]
        last[thread] = last.get(thread, 0) + 1
        conversation.seq += 1
        reply = thread != pk
        place = {"thread_id": thread, "parent_id": thread, "level": int(reply), "order": last[thread]}
        places.append(XtdComment(comment_ptr_id=pk, nested_count=0, **place))
        own.append(
            Comment(
                xtdcomment_ptr_id=pk,
                conversation=conversation,
                kind=one.kind,
                body=one.body,
                seq=conversation.seq,
                score=one.score,
                source_id=one.source_id,
                source_url=one.url,
                licence=one.licence,
            )
        )
        if one.references:
            save_references("comments", pk, one.references, {"body"})
    _insert_children(XtdComment, places)
    _insert_children(Comment, own)
    _count_replies(threads)


def _insert_children(model: type[models.Model], rows: list[Any]) -> None:
    """One table of a model that inherits; bulk_create() refuses these, for it cannot make parents."""
    fields = model._meta.local_concrete_fields
    model._base_manager.all()._batched_insert(rows, fields, batch_size=None)  # type: ignore[attr-defined]


def _count_replies(threads: Iterable[int]) -> None:
    counts = (
        XtdComment.objects.filter(thread_id__in=list(threads), level=1)
        .order_by()
        .values("thread_id")
        .annotate(replies=Count("pk"))
    )
    for row in counts:
        XtdComment.objects.filter(pk=row["thread_id"]).update(nested_count=row["replies"])


class CommentsImporter(Importer):
    """Comments come with what they are about; only their links are settled by themselves."""

    kind = "comments"
    label = _("comments")
    model = Comment
    offered = False

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        raise RejectedError(_("comments are part of lessons, pages and threads"))

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> Comment:
        raise RejectedError(_("comments are part of lessons, pages and threads"))

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        if thing.edited_at is None:
            Comment.objects.filter(pk=thing.pk).update(body=values["body"])

    def state(self, thing: Any) -> dict[str, Any]:
        return {"body": thing.body}

    def link(self, object_id: int) -> str:
        return Comment.objects.get(pk=object_id).get_absolute_url()


def register_importers() -> None:
    register(CommentsImporter())
