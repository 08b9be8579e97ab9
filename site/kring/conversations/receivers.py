"""Signals of others that this app listens to."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver

from .actions import forget_conversation
from .permissions import targets


@receiver(post_delete, dispatch_uid="conversations.forget")
def forget(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """What is said about a thing goes with it, also when the thing goes with something else."""
    if any(sender is one.model for one in targets()):
        forget_conversation(instance)
