"""The number beside the inbox."""

from django import template

from ..models import Notification

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: template.Context) -> int:
    """Unread things in the viewer's inbox; asked once a page."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return 0
    return Notification.objects.inbox_of(user).unread().count()
