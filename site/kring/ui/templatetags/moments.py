"""Moments as people say them, in the reader's language and zone."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def as_said(at: datetime | None) -> str:
    """ "20 minutes ago", "yesterday", "Thursday", "4 September", "12 March 2025"."""
    if at is None:
        return ""
    now, local = timezone.localtime(), timezone.localtime(at)
    minutes = int((now - local).total_seconds() // 60)
    if minutes < -1:
        return _day(local.date(), now.date())
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if local.date() == now.date():
        hours = minutes // 60
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    return _day(local.date(), now.date())


def _day(day: date, today: date) -> str:
    if (today - day).days == 1:
        return _("yesterday")
    if 0 < (today - day).days < 7:
        return formats.date_format(day, "l")
    return formats.date_format(day, "j F" if day.year == today.year else "j F Y")


@register.filter
def day(value: date | None) -> str:
    """A date as "4 September" or, in another year, "12 March 2025"."""
    if value is None:
        return ""
    return formats.date_format(value, "j F" if value.year == timezone.localdate().year else "j F Y")


@register.filter
def exactly(at: datetime | None) -> str:
    """The date and time with the zone's short name."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{formats.date_format(local, 'j F Y H:i')} {local.tzname()}"
