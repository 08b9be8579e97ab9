"""What cards say about communities and discussions."""

from typing import Any

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.ui.templatetags.moments import as_said

register = template.Library()

ICONS = {"question": "question", "discussion": "discussion", "announcement": "info", "room": "discussion"}


@register.filter
def kind_icon(discussion: Any) -> str:
    return ICONS.get(discussion.kind, "discussion")


@register.filter
def kind_name(discussion: Any) -> str:
    return str(capfirst(discussion.get_kind_display()))


@register.filter
def outsider(discussion: Any) -> list[str]:
    """The name of an author who has no account here, as a list of none or one."""
    name = (discussion.attribution or {}).get("name")
    return [name] if name and discussion.author_id is None else []


@register.filter
def discussion_facts(discussion: Any) -> list[str]:
    """When it was begun, and how much came of it; wants DiscussionQuerySet.with_counts()."""
    facts = [as_said(discussion.created_at)]
    if discussion.kind == "question":
        facts.append(_answers(getattr(discussion, "answer_count", 0)))
    elif count := getattr(discussion, "comment_count", 0):
        facts.append(ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count})
    return facts


def _answers(count: int) -> str:
    if not count:
        return _("No answer yet")
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


@register.filter
def discussion_badges(discussion: Any) -> list[tuple[str, str]]:
    """(text, tone): a solved question says so."""
    if discussion.kind == "question" and discussion.state == "solved":
        return [(_("Solved"), "good")]
    return []


@register.filter
def community_facts(community: Any) -> list[str]:
    """How many belong to it, and what waits there; wants CommunityPageQuerySet.for_list()."""
    facts = []
    if (members := getattr(community, "member_count", None)) is not None:
        facts.append(ngettext("%(count)d member", "%(count)d members", members) % {"count": members})
    if waiting := getattr(community, "open_questions", 0):
        words = ngettext(
            "%(count)d question waits for an answer", "%(count)d questions wait for an answer", waiting
        )
        facts.append(words % {"count": waiting})
    return facts


@register.filter
def community_badges(community: Any) -> list[tuple[str, str]]:
    """(text, tone): who may come in, where that is not everybody."""
    return [] if community.openness == "open" else [(str(capfirst(community.get_openness_display())), "")]


@register.filter
def users(memberships: Any) -> list[Any]:
    return [membership.user for membership in memberships]


@register.filter
def asker(discussion: Any) -> list[Any]:
    """Who began it, as a list of none or one."""
    return [discussion.author] if discussion.author else []
