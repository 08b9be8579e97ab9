"""Reactions to the thing itself."""

from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from ..models import Conversation, Reaction
from ..permissions import can_react, can_report, target_of
from ..showing.kept import kept_and_followed
from ..showing.reactions import Reactions, Seen, labels_of

register = template.Library()


@register.inclusion_tag("conversations/reactions_to_thing.html", takes_context=True)
def reactions(
    context: template.Context,
    target: models.Model,
    edit_url: str = "",
    delete_url: str = "",
    letters: int = 0,
    own: bool = False,
) -> dict[str, Any]:
    """What one can do with the thing itself: {% reactions discussion %}. React, follow, mute, keep, report.

    edit_url, delete_url, letters: where the reader edits it, takes it back and writes letters about it; own:
    it is theirs.
    """
    user, entry = context["request"].user, target_of(target)
    conversation = Conversation.objects.about(target).first()
    rows = Reaction.objects.filter(conversation=conversation, comment=None)
    shown = Reactions(
        url=reverse("target_react", args=[entry.label, target.pk]),
        may=can_react(user, target, None, reads=True),
        given=Seen(rows if conversation else rows.none(), user).given(None, labels_of(entry.asks(target))),
    )
    kept, following = kept_and_followed(user, conversation)
    return {
        "reactions": shown,
        "thing": target,
        "score": getattr(target, "score", 0),
        "edit_url": edit_url,
        "delete_url": delete_url,
        "letters": letters,
        "own": own,
        "report_url": _report_url(user, target, entry.label),
        "kept": kept,
        "following": following,
        "keep_url": reverse("target_keep", args=[entry.label, target.pk]),
        "follow_url": reverse("target_follow", args=[entry.label, target.pk]),
        "csrf_token": context.get("csrf_token"),
        "form": "react",
    }


def _report_url(user: Any, target: Any, label: str) -> str:
    """Where what stands there for all is reported; empty for one's own."""
    shown = getattr(target, "live", True)
    return reverse("report", args=[label, target.pk]) if shown and can_report(user, target) else ""
