"""Taking pages out of sight, and away."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from kring.activity.actions import record
from kring.people.models import User

from ..permissions import can_withdraw
from .writing import page_for_update


class PagesBelowError(Exception):
    """A page with others under it isn't deleted."""


@transaction.atomic
def unpublish_page(*, by: User, page: Any) -> None:
    """Hide the page from readers; its text, conversation and history stay, and it can be published again."""
    page = page_for_update(page)
    if not can_withdraw(by, page):
        raise PermissionDenied
    if page.live:
        UnpublishPageAction(page, user=by, log_action=True).execute(skip_permission_checks=True)
        record(verb="unpublished", target=page, by=by)


@transaction.atomic
def publish_page(*, by: User, page: Any) -> None:
    """Show an unpublished page again, with the latest text."""
    page = page_for_update(page)
    if not can_withdraw(by, page):
        raise PermissionDenied
    if not page.live:
        revision = page.latest_revision or page.save_revision(user=by, clean=False)
        revision.publish(user=by, skip_permission_checks=True)
        record(verb="published", target=page, by=by, audience=page.community.audience)


@transaction.atomic
def delete_page(*, by: User, page: Any) -> None:
    """Delete the page for good, with what was said about it. Raises PagesBelowError."""
    page = page_for_update(page)
    if not can_withdraw(by, page):
        raise PermissionDenied
    if page.get_children().exists():
        raise PagesBelowError
    record(verb="deleted", target=page.community, by=by, title=page.title, page=page.pk)
    DeletePageAction(page, user=by).execute(skip_permission_checks=True)
