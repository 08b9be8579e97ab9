"""Signals of others that this app listens to."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_unpublished

from kring.people.models import User

from .actions import forget_conversation, recheck
from .actions.reporting import forget_moderation
from .models import Attachment, Comment
from .permissions import targets


@receiver(post_delete, dispatch_uid="conversations.forget")
def forget(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """What is said about a thing goes with it, also when the thing goes with something else."""
    if any(sender is one.model for one in targets()):
        forget_conversation(instance)
    if sender is Comment or any(sender is one.model for one in targets()):
        forget_moderation(instance)


@receiver(post_delete, sender=Attachment, dispatch_uid="conversations.file")
def forget_file(instance: Attachment, **kwargs: Any) -> None:
    """A file goes with its row, once nothing can bring the row back."""
    name, storage = instance.file.name, instance.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@receiver(page_unpublished, dispatch_uid="conversations.unpublished")
def look_again(sender: Any, **kwargs: Any) -> None:
    """Who reads along on a page that is no longer there must stop."""
    recheck()


@receiver(post_save, sender=User, dispatch_uid="conversations.person")
def look_at_person(instance: User, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """The account may have been closed, or have another password."""
    if not created and set(update_fields or ()) != {"last_login"}:
        recheck(instance.pk)


@receiver(user_logged_out, dispatch_uid="conversations.signed_out")
def look_at_session(user: Any, **kwargs: Any) -> None:
    if user is not None:
        recheck(user.pk)
