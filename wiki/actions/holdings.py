"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from kring.people.models import User

from ..models import ArticlePage, LessonPage
from ..permissions import can_read

MODELS = (LessonPage, ArticlePage)


def holdings_of(user: User) -> list[dict[str, Any]]:
    """Every lesson and article this person wrote or made, also unpublished ones, with its text.

    Where they may no longer read it, as they left it last: what others made of it since is not theirs.
    """
    return [
        {
            "kind": model._meta.model_name.removesuffix("page"),
            "title": page.title,
            "url": page.get_absolute_url() if readable else "",
            "language": page.language,
            "published": page.live,
            "first_published_at": page.first_published_at,
            "summary": page.summary,
            "text": {name: getattr(page, name) for name in getattr(model, "PARTS", ("body",))},
        }
        for model in MODELS
        for present in model.objects.by(user).order_by("pk")
        for readable in [can_read(user, present)]
        for page in ([present] if readable else _as_left_by(user, present))
    ]


def _as_left_by(user: User, page: Any) -> list[Any]:
    """The version they saved last; none when they never did."""
    last = page.revisions.filter(user=user).order_by("created_at", "pk").last()
    return [last.as_object()] if last else []


@transaction.atomic
def erase_authorship(user: User) -> None:
    """The pages stay; the person's name leaves them, their history and the log."""
    for model in MODELS:
        for page in model.objects.by(user):
            was_author = user in page.authors.all()
            page.authors.remove(user)
            if page.owner_id == user.pk:
                page.owner = None
            if was_author:
                page.attributions = _with_former_colleague(page)
            page.save(clean=False)
            _clean_history(page, user)
    Revision.page_revisions.filter(user=user).update(user=None)
    PageLogEntry.objects.filter(user=user).update(user=None)


def _with_former_colleague(page: Any) -> list[dict[str, str]]:
    with translation.override(page.language):
        entry = {"name": _("a former colleague"), "url": "", "licence": ""}
    return page.attributions if entry in page.attributions else [*page.attributions, entry]


def _clean_history(page: Any, user: User) -> None:
    for revision in page.revisions.all():
        content = revision.content
        content["authors"] = [pk for pk in content.get("authors", []) if pk != user.pk]
        if content.get("owner") == user.pk:
            content["owner"] = None
        Revision.objects.filter(pk=revision.pk).update(content=content)
