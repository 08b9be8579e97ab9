"""Tags about people and signing in."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def password_off() -> bool:
    """Whether people sign in with the company's account only."""
    return settings.OIDC_ONLY
