"""Signals of others that this app listens to."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from kring.conversations.actions import recheck

from .models import CommunityPage


@receiver(page_published, sender=CommunityPage, dispatch_uid="communities.published")
def look_who_may_read(sender: Any, **kwargs: Any) -> None:
    """It may have been closed to some of those who read along."""
    recheck()
