"""Who hears of a new or changed page."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.actions import keep_listeners
from communities.actions.telling_talk import took_part
from communities.models import Membership
from communities.permissions import can_read_community
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import LessonPage


def tell_community(page: Any, *, by: User) -> None:
    """Named co-authors, then leads and the members who want to hear everything; each once."""
    authors = list(page.authors.all())
    _notify("wiki.named", authors, page, by, "named", f"named:{page.pk}")
    members = Membership.objects.filter(community=page.community).exclude(level=Membership.Level.NONE)
    wanted = members.filter(Q(level=Membership.Level.ALL) | Q(role=Membership.Role.LEAD))
    rows = list(wanted.exclude(user__in=authors).select_related("user"))
    for role, reason in ((True, "lead"), (False, "member")):
        people = [row.user for row in rows if (row.role == Membership.Role.LEAD) is role]
        _notify("wiki.published", people, page, by, reason, f"published:{page.pk}")


def tell_grown(page: Any, *, by: User) -> None:
    """Who took part in the question that it was made of, where they do not hear of the page anyway."""
    question = page.grown_from
    reasons = took_part(question)
    for author in page.authors.all():
        reasons.pop(author, None)
    kept = keep_listeners(question.community, reasons)
    people = [user for user in kept if user in reasons]
    _notify("wiki.grown", people, page, by, "joined_in", f"published:{page.pk}")


def tell_authors_of_change(page: Any, *, by: User) -> None:
    """Authors other than the editor, as far as they may still read it."""
    authors = [user for user in page.authors.all() if can_read_community(user, page.community)]
    _notify("wiki.edited", authors, page, by, "author", "")


def _notify(kind: str, people: list[User], page: Any, by: User, reason: str, once: str) -> None:
    notify(
        kind=kind,
        recipients=people,
        actor=by,
        title=page.title,
        url=page.get_absolute_url(),
        audience=page.community.audience,
        group_key=f"{_kind_of(page)}:{page.pk}",
        dedupe_key=once,
        data={
            "reason": reason,
            "language": page.language,
            "what": _kind_of(page),
            "community": page.community.title,
        },
    )


def _kind_of(page: Any) -> str:
    return "lesson" if isinstance(page, LessonPage) else "article"


def _words(row: Notification) -> dict[str, str]:
    return {
        "name": row.actor.name if row.actor else _("Somebody"),
        "community": row.data.get("community", ""),
    }


def _published(row: Notification) -> str:
    if row.data.get("what") == "article":
        return _("%(name)s wrote an article in %(community)s") % _words(row)
    return _("%(name)s shared a lesson in %(community)s") % _words(row)


def _named(row: Notification) -> str:
    if row.data.get("what") == "article":
        return _("%(name)s named you as an author of an article") % _words(row)
    return _("%(name)s named you as an author of a lesson") % _words(row)


def _grown(row: Notification) -> str:
    if row.data.get("what") == "article":
        return _("%(name)s made an article of a question you took part in") % _words(row)
    return _("%(name)s made a lesson of a question you took part in") % _words(row)


def _edited(row: Notification) -> str:
    if row.data.get("what") == "article":
        return _("%(name)s changed your article") % _words(row)
    return _("%(name)s changed your lesson") % _words(row)


def register_kinds() -> None:
    new, own = gettext_lazy("New lessons and articles"), gettext_lazy("Your own lessons and articles")
    register_kind("wiki.published", _published, new, group="wiki.new")
    register_kind("wiki.grown", _grown, new, email=False, group="wiki.new")
    register_kind("wiki.named", _named, own, group="wiki.own")
    register_kind("wiki.edited", _edited, own, group="wiki.own")
