"""What the moderators of a community keep at hand: replies, and words that are looked at first."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from kring.activity.actions import record
from kring.people.models import User

from ..models import CannedReply, CommunityPage, WordRule
from ..permissions import can_moderate
from .watching import STARTERS


@transaction.atomic
def add_reply(*, community: CommunityPage, by: User, title: str, text: str, language: str) -> CannedReply:
    """Raises PermissionDenied."""
    _allow(by, community)
    return CannedReply.objects.create(community=community, title=title, text=text, language=language)


@transaction.atomic
def add_starters(*, community: CommunityPage, by: User) -> list[CannedReply]:
    """A few replies in the language of the community; none where there are some already."""
    _allow(by, community)
    if CannedReply.objects.filter(community=community).exists():
        return []
    with translation.override(community.language):
        return [
            CannedReply.objects.create(
                community=community, title=str(title), text=str(text), language=community.language
            )
            for title, text in STARTERS
        ]


@transaction.atomic
def edit_reply(*, reply: CannedReply, by: User, **changes: Any) -> CannedReply:
    """Change title, text or language; the later change holds. Raises PermissionDenied, and
    CannedReply.DoesNotExist where it was removed meanwhile."""
    reply = CannedReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    community = _allow(by, reply.community)
    before = _change(reply, ("title", "text", "language"), changes)
    if before:
        record(verb="reply_changed", target=community, by=by, title=reply.title, before=before)
    return reply


@transaction.atomic
def remove_reply(*, reply: CannedReply, by: User) -> None:
    """Raises PermissionDenied."""
    _allow(by, reply.community)
    reply.delete()


@transaction.atomic
def add_word(*, community: CommunityPage, by: User, **fields: Any) -> WordRule:
    """Raises PermissionDenied."""
    _allow(by, community)
    rule = WordRule.objects.create(community=community, **fields)
    record(verb="ruled", target=community, by=by, phrase=rule.phrase, then=rule.then)
    return rule


@transaction.atomic
def edit_word(*, rule: WordRule, by: User, **changes: Any) -> WordRule:
    """Change the phrase, what happens, to whom, or why; the later change holds. Raises PermissionDenied, and
    WordRule.DoesNotExist where it was removed meanwhile."""
    rule = WordRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    community = _allow(by, rule.community)
    before = _change(rule, ("phrase", "then", "newcomers_only", "why"), changes)
    if before:
        record(
            verb="rule_changed",
            target=community,
            by=by,
            phrase=rule.phrase,
            then=rule.then,
            before=before,
        )
    return rule


@transaction.atomic
def remove_word(*, rule: WordRule, by: User) -> None:
    """Raises PermissionDenied."""
    _allow(by, rule.community)
    rule.delete()


def _change(row: CannedReply | WordRule, names: Iterable[str], changes: dict[str, Any]) -> dict[str, Any]:
    """What was there before, of what is otherwise now."""
    before = {
        name: getattr(row, name) for name in names if name in changes and changes[name] != getattr(row, name)
    }
    for name in before:
        setattr(row, name, changes[name])
    if before:
        row.save(update_fields=list(before))
    return before


def _allow(by: User, community: CommunityPage | None) -> CommunityPage:
    if community is None or not can_moderate(by, community):
        raise PermissionDenied
    return community
