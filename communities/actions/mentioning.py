"""Naming people in a question or discussion itself."""

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kring.conversations.actions.mentioning import MOST, name_people
from kring.notifications.actions import notify
from kring.people.models import User
from kring.ui.richtext.mentions import people_in, without_person
from kring.ui.richtext.sanitise import SafeHtml, sanitise

from ..models import CommunityPage, Discussion
from .telling import keep_listeners


def with_people(body: str, community: CommunityPage, by: User) -> SafeHtml:
    """Clean text with its mentions as links to readers of the community, whether it is held or not."""
    return name_people(sanitise(body), Discussion(community=community), by)


def tell_mentioned(discussion: Discussion, *, by: User | None) -> list[User]:
    """Tell those who are named in it, each once however often it is edited; who is named and listens."""
    if not discussion.is_standing:
        return []
    people = list(User.objects.active().filter(pk__in=people_in(discussion.body)[:MOST]))
    if not people:
        return []
    kept = keep_listeners(discussion.community, dict.fromkeys(people, "mentioned"))
    named = [user for user, reason in kept.items() if reason == "mentioned"]
    notify(
        kind="comment.mention",
        recipients=named,
        actor=by,
        title=discussion.title,
        url=discussion.get_absolute_url(),
        audience=discussion.community.audience,
        group_key=f"discussion:{discussion.pk}",
        dedupe_key=f"mention:discussion:{discussion.pk}",
        data={"reason": "mentioned", "language": discussion.language},
    )
    return named


def forget_mentions(user: User) -> None:
    """Put other words where this person was named."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("a former colleague")
    named = Q(body__contains='linktype="person"') & Q(body__contains=f'id="{user.pk}"')
    for discussion in Discussion.objects.filter(named):
        discussion.body = without_person(discussion.body, user.pk, words)
        discussion.save(update_fields=["body"])
