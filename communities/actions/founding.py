"""Making a community and changing what it says about itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from kring.activity.actions import record
from kring.people.models import User

from ..models import CommunitiesPage, CommunityPage, Membership
from ..permissions import can_found_community, can_lead, forget_roles
from .letting_in import forget_strangers
from .root import ensure_root

FIELDS = frozenset(
    {
        *("form", "title", "language", "summary", "purpose", "rules", "welcome", "openness", "tags"),
        *("allows_anonymous", "newcomer_days"),
    }
)
SLUG_LENGTH = 80


@transaction.atomic
def create_community(*, by: User, leads: list[User] | None = None, **fields: Any) -> CommunityPage:
    """Publish a community; `by` leads it when nobody else is named. Raises PermissionDenied.

    fields: those of FIELDS.
    """
    if not can_found_community(by):
        raise PermissionDenied
    _refuse_unknown(fields)
    root = CommunitiesPage.objects.select_for_update().get(pk=ensure_root().pk)
    page = CommunityPage(owner=by, live=False, **fields)
    page.slug = _free_slug(root, page.title)
    root.add_child(instance=page)
    publish(page, by=by)
    for user in leads or [by]:
        Membership.objects.create(user=user, community=page, role=Membership.Role.LEAD)
        forget_roles(user)
    record(verb="founded", target=page, by=by, audience=page.audience)
    return page


@transaction.atomic
def edit_community(*, community: CommunityPage, by: User, **changes: Any) -> bool:
    """Publish these changes; False, and nothing is written, when nothing differs. Raises PermissionDenied."""
    if not can_lead(by, community):
        raise PermissionDenied
    _refuse_unknown(changes)
    page = CommunityPage.objects.select_for_update().get(pk=community.pk)
    changed = {name: value for name, value in changes.items() if _plain(getattr(page, name)) != _plain(value)}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(page, name, value)
    publish(page, by=by)
    if changed.get("openness") == CommunityPage.Openness.PRIVATE:
        forget_strangers(page)
    record(verb="edited", target=page, by=by, audience=page.audience, fields=sorted(changed))
    return True


def publish(page: CommunityPage, *, by: User) -> None:
    """Make the page's present state its newest revision, so that the administration edits from there."""
    page.save_revision(user=by, log_action=True, clean=False).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"a community has no {sorted(unknown)}")


def _free_slug(root: CommunitiesPage, title: str) -> str:
    base = slugify(title)[:SLUG_LENGTH].strip("-") or "community"
    taken = set(root.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _plain(value: Any) -> Any:
    """Browsers send other line ends than were stored."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
