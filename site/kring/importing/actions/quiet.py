"""Storing many pages at once: what Wagtail would do after each save is done once a batch."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def quiet_wagtail() -> Iterator[None]:
    """No save inside this block queues a task for Wagtail's own indexes, or writes a line in the log."""
    listening = [model for model in get_indexed_models() if getattr(model, "search_auto_update", True)]
    silenced = [model for model in listening if post_save.disconnect(post_save_signal_handler, sender=model)]
    log = logging.getLogger("wagtail")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        log.setLevel(level)
        for model in silenced:
            post_save.connect(post_save_signal_handler, sender=model)


def index_in_wagtail(things: Iterable[models.Model]) -> None:
    """Bring the admin's search and the reference index up to date with these, in the caller's transaction."""
    by_model: list[tuple[Any, list[models.Model]]] = [
        (model, list(group))
        for model, group in groupby(sorted(things, key=lambda one: one._meta.label), key=type)
    ]
    for model, group in by_model:
        if apps.is_installed("wagtail.search"):
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, group)
        if ReferenceIndex.model_is_indexable(model):
            for thing in group:
                ReferenceIndex.create_or_update_for_object(thing)
