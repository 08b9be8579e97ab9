"""Reactions to the thing itself."""

from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from ..live.reactions import Reactions, Seen, labels_of
from ..models import Conversation, Reaction
from ..permissions import can_react, target_of

register = template.Library()


@register.inclusion_tag("conversations/reactions_to_thing.html", takes_context=True)
def reactions(context: template.Context, target: models.Model) -> dict[str, Any]:
    """Buttons and numbers for the thing itself: {% reactions discussion %}. Nothing where nobody may."""
    user, entry = context["request"].user, target_of(target)
    conversation = Conversation.objects.about(target).first()
    rows = Reaction.objects.filter(conversation=conversation, comment=None)
    shown = Reactions(
        url=reverse("target_react", args=[entry.label, target.pk]),
        may=can_react(user, target, None, reads=True),
        given=Seen(rows if conversation else rows.none(), user).given(None, labels_of(entry.asks(target))),
    )
    return {"reactions": shown, "csrf_token": context.get("csrf_token"), "form": "react"}
