"""Signals of others that this app listens to."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from kring.conversations.actions import recheck
from search.models import Pin

from .actions.pinning_people import pinned_no_longer
from .models import CommunityPage


@receiver(page_published, sender=CommunityPage, dispatch_uid="communities.published")
def look_who_may_read(sender: Any, **kwargs: Any) -> None:
    """It may have been closed to some of those who read along."""
    recheck()


@receiver(post_delete, sender=Pin, dispatch_uid="communities.unpinned")
def tell_no_longer_of(sender: Any, instance: Pin, **kwargs: Any) -> None:
    """However it went: a moderator, the person, an undone decision, or because they left."""
    pinned_no_longer(instance.pk)
