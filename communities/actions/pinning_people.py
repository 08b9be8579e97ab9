"""People whom moderators put first in the results: where it is written down, and how they are told."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.conversations.actions import record_decision
from kring.conversations.actions.decisions import register_verb
from kring.conversations.models import Decision
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User
from kring.people.permissions import is_administrator, turned_away_from, visible_people
from search.actions.pinning import unpin
from search.models import Pin
from search.pinning import may_pin_people
from search.showing import PERSON
from search.text import as_asked

from ..models import CommunityPage

# The second: who was pinned took it away themselves.
VERBS = ("result_pinned", "result_unpinned", "person_unpinned")


def person_to_pin(pk: int, by: User) -> User:
    """Raises PermissionDenied for who looks after nothing, and for whom they may not see."""
    person = visible_people(by).active().filter(pk=pk).first()
    if person is None or not may_pin_people(by):
        raise PermissionDenied
    return person


def log_of(person: User, by: User) -> CommunityPage | None:
    """In whose log it stands: of a community of theirs where there is one, and a private one last.

    None where there is no community at all.
    """
    own = CommunityPage.objects.led_by(by)
    every = CommunityPage.objects.live() if is_administrator(by) else own
    theirs = {"memberships__user": person}
    for rows in (own.filter(**theirs), every.filter(**theirs), own, every):
        if found := rows.order_by("openness", "pk").first():
            return found
    return None


def tell_pinned(pin: Pin, by: User) -> None:
    """Who is pinned hears of it, with the words; whom they keep their distance from is not named."""
    person = User.objects.get(pk=pin.object_id)
    notify(
        kind="person.pinned",
        recipients=[person] if person != by else [],
        actor=None if turned_away_from(by, [person.pk]) else by,
        title=pin.words,
        url=f"{reverse('search')}?{urlencode({'q': pin.words})}",
        group_key=_key(pin.pk),
        dedupe_key=_key(pin.pk),
    )


def pinned_no_longer(pk: int) -> None:
    """What was told about the pin that had this key is true no more, so it goes."""
    Notification.objects.filter(kind="person.pinned", group_key=_key(pk)).delete()


def _key(pk: int) -> str:
    return f"pin:{pk}"


@transaction.atomic
def unpin_self(*, words: str, by: User) -> None:
    """Stand where one would by oneself; twice is as once. Who looks after it reads so in the log."""
    if not unpin(words=words, kind=PERSON, object_id=by.pk):
        return
    pinned = _last(by, words)
    if pinned:
        record_decision(
            verb="person_unpinned",
            thing=by,
            by=by,
            audience=pinned.audience,
            title=pinned.title,
            data=pinned.data,
            tell=False,
        )


def why_not_again(person: User, words: str) -> str:
    """What whoever would undo an older decision is told where the person took it away; empty elsewhere."""
    last = _last(person, words)
    if last is None or last.verb != "person_unpinned":
        return ""
    said = _("%(name)s did not want to stand first for “%(words)s” and took it away. So it stays.")
    return said % {"name": person.name, "words": as_asked(words)}


def forget_pins(user: User) -> None:
    """What was written down about them is words that somebody thought of with them: it goes."""
    _about(user).filter(verb__in=VERBS).delete()


def _last(person: User, words: str) -> Decision | None:
    """What was decided last about them and these words."""
    found: Decision | None = _about(person).filter(verb__in=VERBS, data__words=as_asked(words)).first()
    return found


def _about(person: User) -> Any:
    people = ContentType.objects.get_for_model(User)
    return Decision.objects.filter(content_type=people, object_id=person.pk)


def _pinned(row: Notification) -> str:
    if row.actor is None:
        return _("A moderator put you first in the results for “%(words)s”") % {"words": row.title}
    words = {"name": row.actor.name, "words": row.title}
    return _("%(name)s put you first in the results for “%(words)s”") % words


def register_pinning_people() -> None:
    register_verb("person_unpinned", gettext_lazy("did not want to stand first"))
    register_kind(
        "person.pinned",
        _pinned,
        gettext_lazy("Words for which you stand first in the results"),
        why=gettext_lazy("because it is about you"),
    )
