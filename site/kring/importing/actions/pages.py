"""Many Wagtail pages at once: added without tasks, each with one revision to edit from."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Revision

from .quiet import index_in_wagtail
from .values import shorten

TITLE_LENGTH = 255
SLUG_LENGTH = 80


def add_page(parent: int, page: Page, created: datetime | None) -> None:
    """Put a new page below its parent, published when it was written; Wagtail numbers a taken slug."""
    at = created or timezone.now()
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = at
    page.slug = ""
    page.draft_title = page.title
    if not slugify(page.title, allow_unicode=True).strip("-"):
        page.slug = f"{page._meta.model_name}-{timezone.now():%H%M%S%f}"
    # The parent counts its children in memory: after a rolled back record it would count wrong.
    Page.objects.get(pk=parent).add_child(instance=page)


def save_page(page: Page, *, edited: bool) -> None:
    """Store a changed page; its draft title follows. A link that got its target makes no page newer."""
    page.draft_title = page.title
    if edited:
        page.last_published_at = timezone.now()
    page.save()


def write_revisions(pages: list[Page], *, in_place: bool) -> None:
    """One revision for each of these pages, so that they can be edited and compared; then Wagtail's indexes.

    `in_place` puts what an import's second pass changed into the revision its first pass wrote.
    """
    if not pages:
        return
    base = ContentType.objects.get_for_model(Page)
    revisions = []
    for page in pages:
        existing = page.latest_revision if in_place and page.latest_revision_id else None
        revision = existing if existing and existing.user_id is None else Revision()
        revision.content_type = ContentType.objects.get_for_model(page)
        revision.base_content_type = base
        revision.object_id = str(page.pk)
        revision.object_str = str(page)
        revision.created_at = revision.created_at or page.last_published_at or timezone.now()
        revision.content = page.serializable_data()
        revisions.append(revision)
    old = [revision for revision in revisions if revision.pk]
    Revision.objects.bulk_create([revision for revision in revisions if not revision.pk])
    Revision.objects.bulk_update(old, ["content", "object_str"])
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
        page.latest_revision_created_at = revision.created_at
    Page.objects.bulk_update(
        pages_as_base(pages), ["latest_revision", "live_revision", "latest_revision_created_at"]
    )
    index_in_wagtail(pages)


def pages_as_base(pages: list[Page]) -> list[Page]:
    """The same rows as plain pages: bulk_update() writes one table."""
    found = []
    for page in pages:
        row = Page(pk=page.pk)
        row.latest_revision_id = page.latest_revision_id
        row.live_revision_id = page.live_revision_id
        row.latest_revision_created_at = page.latest_revision_created_at
        found.append(row)
    return found


def tag_names(page: Any) -> list[str]:
    return sorted(tag.name for tag in page.tags.all())


def fit_title(title: str, limit: int = TITLE_LENGTH) -> tuple[str, str]:
    """(title that fits, the whole title when it had to be cut)."""
    return (title, "") if len(title) <= limit else (shorten(title, limit), title)
