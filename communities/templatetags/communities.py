"""What cards say about communities and discussions."""

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.ui.templatetags.moments import as_said

register = template.Library()

ICONS = {"question": "question", "discussion": "discussion", "announcement": "info", "room": "discussion"}


@register.filter
def kind_icon(discussion: Any) -> str:
    return ICONS.get(discussion.kind, "discussion")


@register.filter
def openness_icon(community: Any) -> str:
    return "lock" if community.openness == "private" else "communities"


@register.filter
def home_unless(discussion: Any, within: Any) -> Any:
    """Its community, where that is not said already."""
    return None if within is not None and within == discussion.community else discussion.community


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
    is_ahead = discussion.kind == "room" and not discussion.is_over
    facts = [room_words(discussion) if is_ahead else as_said(discussion.created_at)]
    if discussion.kind == "question":
        facts.append(_answers(getattr(discussion, "answer_count", 0), discussion.state))
    elif count := getattr(discussion, "comment_count", 0):
        facts.append(ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count})
    return facts


def _answers(count: int, state: str) -> str:
    if not count:
        return _("No answer yet")
    if state == "solved":
        words = ngettext("%(count)d answer", "%(count)d answers", count)
    else:
        words = ngettext("%(count)d answer, not chosen yet", "%(count)d answers, none chosen yet", count)
    return words % {"count": count}


@register.filter
def room_words(room: Any) -> str:
    """When a live room is, in a sentence."""
    if room.is_over:
        return _("This room is over. What was asked and answered stays here.")
    ends = date_format(localtime(room.ends_at), "H:i")
    if room.is_running:
        return _("It runs now, until %(time)s") % {"time": ends}
    starts = localtime(room.starts_at)
    words = {"day": date_format(starts, "l j F"), "time": date_format(starts, "H:i"), "end": ends}
    return _("%(day)s, %(time)s to %(end)s") % words


@register.filter
def outcome(discussion: Any) -> str:
    """What came of it, in one line; wants DiscussionQuerySet.with_counts()."""
    if discussion.kind == "question" and discussion.state == "solved":
        return _("Solved")
    return discussion_facts(discussion)[-1]


@register.filter
def discussion_badges(discussion: Any) -> list[tuple[str, str]]:
    """(text, tone): what is solved, pinned or closed says so."""
    found = []
    if getattr(discussion, "has_news", False):
        found.append((_("New"), "new"))
    if discussion.kind == "question" and discussion.state == "solved":
        found.append((_("Solved"), "good"))
    if getattr(discussion, "is_beginner", False):
        found.append((_("Beginner's question"), ""))
    if discussion.pinned_at:
        found.append((_("Pinned"), ""))
    if discussion.closed_at:
        found.append((_("Closed"), ""))
    return found


@register.filter
def community_facts(community: Any) -> list[str]:
    """How many belong to it, and what waits there; wants CommunityPageQuerySet.for_list()."""
    facts = []
    if community.archived_at:
        facts.append(
            _("Archived on %(day)s") % {"day": date_format(localtime(community.archived_at), "j F Y")}
        )
    if (members := getattr(community, "member_count", None)) is not None:
        facts.append(ngettext("%(count)d member", "%(count)d members", members) % {"count": members})
    if not community.archived_at and (waiting := getattr(community, "open_questions", 0)):
        words = ngettext(
            "%(count)d question waits for an answer", "%(count)d questions wait for an answer", waiting
        )
        facts.append(words % {"count": waiting})
    return facts


@register.filter
def community_badges(community: Any) -> list[tuple[str, str]]:
    """(text, tone): who may come in, where that is not everybody."""
    return [] if community.openness == "open" else [(str(capfirst(community.get_openness_display())), "")]


OPENNESS = {
    "open": gettext_lazy("Open to everybody on the staff."),
    "on_request": gettext_lazy("Everybody on the staff reads along; members write."),
    "private": gettext_lazy("Private: only its members know that it is there."),
}
TOLD = {
    "all": gettext_lazy("You hear everything that is said here."),
    "important": gettext_lazy("You hear about announcements, and about what you take part in."),
    "mine": gettext_lazy("You hear about answers and replies to you."),
    "none": gettext_lazy("You hear nothing from here."),
}
BELONGING = {
    "member": gettext_lazy("You are a member"),
    "moderator": gettext_lazy("You are a moderator"),
    "lead": gettext_lazy("You look after it"),
}


@register.filter
def openness_words(community: Any) -> Any:
    return OPENNESS.get(community.openness, "")


@register.filter
def level_words(membership: Any) -> Any:
    return TOLD.get(membership.level, "")


@register.filter
def belonging(membership: Any) -> Any:
    return BELONGING.get(membership.role, "")


@register.filter
def place(user: Any) -> str:
    """Team and location of a person, as far as they are known."""
    profile = user.profile
    return "; ".join(filter(None, [profile.team.name if profile.team else "", profile.location]))


@register.filter
def users(memberships: Any) -> list[Any]:
    return [membership.user for membership in memberships]


@register.filter
def asker(discussion: Any) -> list[Any]:
    """Who began it, as a list of none or one."""
    return [discussion.author] if discussion.author else []


@register.filter
def of(found: Any, key: Any) -> Any:
    """What a dictionary holds under this key."""
    return found.get(key)
