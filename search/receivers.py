"""Signals of others that this app listens to."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from kring.people.models import User

from .actions.pinning import unpin_person


@receiver(post_save, sender=User, dispatch_uid="search.left")
def unpin_who_left(sender: Any, instance: User, **kwargs: Any) -> None:
    """Nobody is shown somebody who is no longer there to ask, nor later anew."""
    if not instance.is_active:
        unpin_person(instance)
