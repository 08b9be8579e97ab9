"""Creating and editing articles and lessons."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from communities.models import CommunityPage
from communities.permissions import can_read_community
from kring.activity.actions import record
from kring.people.models import User
from kring.ui.richtext.fields import RichTextField
from kring.ui.richtext.sanitise import sanitise

from ..models import ArticlePage, LessonPage
from ..permissions import can_edit, can_write_in
from .growing import check_question, outsiders_of
from .telling import tell_authors_of_change, tell_community, tell_grown

RELATIONS = ("authors", "applies_to", "tags")
SLUG_LENGTH = 80
REVIEW_EVERY = timedelta(days=182)


class EditConflictError(Exception):
    """Somebody changed the page since the editor was opened. `page` is as it stands now."""

    def __init__(self, page: LessonPage | ArticlePage) -> None:
        super().__init__(f"page {page.pk} was changed meanwhile")
        self.page = page


def create_lesson(*, by: User, parent: CommunityPage | ArticlePage, **fields: Any) -> LessonPage:
    """Publish a lesson under a community or an article, and tell those who want to know.

    fields: those of the model, with `authors` (people), `tags` (names) and `applies_to` (communities).
    Without authors `by` is the author. `grown_from` is the question that it was made of, whose outsiders are
    named and whose people are told. Raises PermissionDenied, and ValidationError when a field doesn't fit.
    """
    return _create(LessonPage, by, parent, fields)


def create_article(*, by: User, parent: CommunityPage | ArticlePage, **fields: Any) -> ArticlePage:
    """Publish an article under a community or another article; see create_lesson()."""
    return _create(ArticlePage, by, parent, fields)


def edit_lesson(*, by: User, page: LessonPage, seen_revision: int | None, **changes: Any) -> bool:
    """Publish these changes as a new revision; False, and nothing is written, when nothing differs.

    seen_revision: the latest one when the editor was opened. Raises EditConflictError when there is a newer
    one, PermissionDenied and ValidationError.
    """
    return _edit(by, page, seen_revision, changes)


def edit_article(*, by: User, page: ArticlePage, seen_revision: int | None, **changes: Any) -> bool:
    """See edit_lesson()."""
    return _edit(by, page, seen_revision, changes)


def confirm_article(*, by: User, page: ArticlePage) -> None:
    """Say that the article is still right: it is looked at again in half a year. Raises PermissionDenied."""
    next_time = timezone.localdate() + REVIEW_EVERY
    edit_article(by=by, page=page, seen_revision=page.latest_revision_id, review_on=next_time)


@transaction.atomic
def _create(model: type[Any], by: User, parent: Any, fields: dict[str, Any]) -> Any:
    parent = page_for_update(parent)
    community = parent if isinstance(parent, CommunityPage) else parent.community
    if community is None or not can_write_in(by, community):
        raise PermissionDenied
    fields = {**fields, "authors": list(fields.get("authors") or [by])}
    question = fields.get("grown_from")
    if question:
        check_question(by, question, community)
        fields["attributions"] = outsiders_of(question)
    _check_people(fields["authors"], (), community)
    _check_communities(by, fields.get("applies_to", ()), ())
    page = model(community=community, owner=by, live=False)
    _fill(page, fields)
    page.slug = free_slug(parent, page.title, model._meta.model_name.removesuffix("page"))
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    record(verb="published", target=page, by=by, audience=community.audience)
    tell_community(page, by=by)
    if question:
        tell_grown(page, by=by)
    return page


@transaction.atomic
def _edit(by: User, page: Any, seen_revision: int | None, changes: dict[str, Any]) -> bool:
    page = page_for_update(page)
    if not can_edit(by, page):
        raise PermissionDenied
    editable = latest_of(page)
    if not _differs(editable, changes):
        return False
    if page.latest_revision_id != seen_revision:
        raise EditConflictError(page)
    _check_people(changes.get("authors", ()), editable.authors.all(), page.community)
    _check_communities(by, changes.get("applies_to", ()), editable.applies_to.all())
    if page.latest_revision_id is None:
        page.save_revision(changed=False, clean=False)
    _fill(editable, changes)
    revision = editable.save_revision(user=by, log_action=True)
    if page.live:
        revision.publish(user=by, skip_permission_checks=True)
    record(verb="edited", target=page, by=by, audience=page.community.audience if page.live else "")
    tell_authors_of_change(editable, by=by)
    return True


def latest_of(page: Any) -> Any:
    """The page as its editors see it: with a draft that was kept in the administration, if there is one."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes else page


def free_slug(parent: Page, title: str, fallback: str) -> str:
    """The title's slug, numbered when a sibling has it or one of the site's own addresses would hide it."""
    base = slugify(title)[:SLUG_LENGTH].strip("-") or fallback
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken or _is_hidden(parent, slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _is_hidden(parent: Page, slug: str) -> bool:
    try:
        return resolve(f"{parent.get_url()}{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False


def page_for_update(page: Any) -> Any:
    """The page as the database has it, held until the transaction ends."""
    return type(page).objects.select_for_update().get(pk=page.pk)


def _fill(page: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name == "tags":
            page.tags.set(list(value))
        elif name in RELATIONS:
            setattr(page, name, list(value))
        else:
            setattr(page, name, value)


def _differs(page: Any, changes: dict[str, Any]) -> bool:
    return any(_present(page, name) != _proposed(page, name, value) for name, value in changes.items())


def _present(page: Any, name: str) -> Any:
    if name == "tags":
        return {tag.name for tag in page.tags.all()}
    if name in RELATIONS:
        return {one.pk for one in getattr(page, name).all()}
    return _plain(getattr(page, name))


def _proposed(page: Any, name: str, value: Any) -> Any:
    if name == "tags":
        return set(value)
    if name in RELATIONS:
        return {one.pk for one in value}
    if isinstance(page._meta.get_field(name), RichTextField):
        return sanitise(value)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Browsers send other line ends than were stored."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _check_people(people: Iterable[User], present: Iterable[User], community: CommunityPage) -> None:
    known = {user.pk for user in present}
    for user in people:
        if user.pk not in known and not can_read_community(user, community):
            problem = _("%(name)s cannot read this community.") % {"name": user.name}
            raise ValidationError({"authors": problem})


def _check_communities(by: User, chosen: Iterable[CommunityPage], present: Iterable[CommunityPage]) -> None:
    known = {community.pk for community in present}
    for community in chosen:
        if community.pk not in known and not can_read_community(by, community):
            raise ValidationError({"applies_to": _("Choose communities that you can read.")})
