"""What happens to rows without their own save(): deletion with others, and a page that is moved."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page

from .indexed import Indexed, things_below
from .registry import record_changes


def connect() -> None:
    """Listen to deletions of indexed models; Django sends them inside the transaction, cascades too."""
    for model in apps.get_models():
        if issubclass(model, Indexed):
            pre_delete.connect(forget, sender=model, dispatch_uid=f"index-{model._meta.label}")
    post_save.connect(follow_page, sender=Page, dispatch_uid="index-page")


def forget(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    record_changes(instance.index_things())


def follow_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Wagtail moves a page by saving its row of the base class, inside its transaction."""
    if not kwargs.get("raw"):
        record_changes(things_below(instance))
