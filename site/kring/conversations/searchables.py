"""What is said about a thing is found with that thing, each comment as a part of it."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from kring.indexing.registry import Document

from .models import Comment, Conversation


def said_about(model: type[models.Model], ids: Collection[int]) -> dict[int, list[Comment]]:
    """Primary key to the public comments on it, the oldest first. One query."""
    rows = Comment.objects.present().filter(
        conversation__content_type=ContentType.objects.get_for_model(model),
        conversation__object_id__in=ids,
    )
    found: dict[int, list[Comment]] = {}
    for row in rows.select_related("conversation", "user").in_time():
        found.setdefault(row.conversation.object_id, []).append(row)
    return found


def talk_seq(model: type[models.Model]) -> Any:
    """An expression: a number that changes whenever something is said about the row, or taken back."""
    about = Conversation.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=OuterRef("pk")
    )
    return Coalesce(Subquery(about.values("seq")[:1]), 0)


def author_of(comment: Comment) -> str:
    return comment.user.name if comment.user else comment.user_name


def with_talk(
    document: Document, comments: list[Comment], accepted: Collection[int] = ()
) -> Iterator[Document]:
    """The document with what was said added to its body, and a part for each comment.

    A part's facts say whose words they are: "said" ("answer" or "comment"), "author", "accepted". The caller
    gives the parts of what is talked about, where there are comments, and which answers helped.
    """
    said = "\n".join(comment.comment for comment in comments)
    yield replace(document, body=f"{document.body}\n{said}".strip()) if said else document
    for comment in comments:
        yield document.part(
            f"c{comment.pk}",
            comment.comment,
            url=comment.url_on(document.url),
            people=(str(comment.user_id),) if comment.user_id else (),
            facts={
                "said": comment.kind,
                "author": author_of(comment),
                "accepted": comment.pk in accepted,
            },
        )
