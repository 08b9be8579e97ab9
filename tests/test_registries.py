"""Registries are complete: what stands in the house has joined those it must join."""

import inspect
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation
from wagtail.models import Page

from communities.models import Discussion
from communities.panels import panels
from kring.conversations.permissions import nobody, targets
from kring.importing import registry as importing
from kring.indexing.indexed import Indexed
from kring.indexing.registry import searchables
from kring.notifications import kinds
from kring.notifications.models import Notification
from kring.people.actions.privacy import holdings
from kring.ui import files, navigation
from support.house import OURS
from wiki.models import ArticlePage, LessonPage

# Facts about people stand in a room below people, which gives and erases them.
HELD_BY_PEOPLE = {"activity"}
PEOPLE = settings.AUTH_USER_MODEL


def of_users(model: type[models.Model]) -> bool:
    return model._meta.label == PEOPLE or any(
        field.is_relation and field.related_model is not None and field.related_model._meta.label == PEOPLE
        for field in [*model._meta.concrete_model._meta.fields, *model._meta.many_to_many]
    )


def test_whatever_is_held_of_a_person_can_be_given_and_erased():
    holding = {config.label for config in OURS for model in config.get_models() if of_users(model)}
    assert {one.name for one in holdings()} == holding - HELD_BY_PEOPLE


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_held_is_described(language):
    with translation.override(language):
        assert [one.name for one in holdings() if not str(one.describe).strip().endswith(".")] == []


def test_whatever_is_indexed_belongs_to_something_that_can_be_found(db):
    """A model offers itself, or says of what else it is a part."""
    offered = {one.model for one in searchables().values()}
    indexed = {model for model in apps.get_models() if issubclass(model, Indexed)}
    alone = {model for model in indexed - offered if model.index_things is Indexed.index_things}
    assert (alone, offered - indexed) == (set(), set())


def test_what_can_be_found_has_a_name_and_an_icon():
    icons = (import_module("kring.ui.finders").SOURCES.parent / "icons.svg").read_text()
    for kind, one in searchables().items():
        assert (kind, bool(str(one.label)), bool(str(one.singular))) == (kind, True, True)
        assert f'id="{one.icon}"' in icons, kind


def test_lessons_articles_and_discussions_can_be_talked_about():
    found = {target.model: target for target in targets()}
    assert set(found) == {LessonPage, ArticlePage, Discussion}
    assert len({target.label for target in targets()}) == len(found)
    assert [target.label for target in targets() if target.can_moderate is nobody] == []


def test_every_kind_of_page_is_served_by_a_view_of_ours():
    """Wagtail would otherwise draw it without asking anybody."""
    kinds_of_page = {model.__name__ for model in apps.get_models() if issubclass(model, Page)} - {"Page"}
    assert kinds_of_page == {"CommunitiesPage", "CommunityPage", "LessonPage", "ArticlePage"}


def test_every_uploaded_file_has_an_owner_who_is_asked(db):
    folders = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.FileField):
                folders.add(field.generate_filename(_example(model), "a.png"))
    owned = {name for name in folders if any(name.startswith(prefix) for prefix in files._owners)}
    # Of Wagtail, and of no page of the site: nobody may fetch them.
    assert {name.split("/")[0] for name in folders - owned} == {
        "documents",
        "avatar_images",
        "wagtail_uploads",
    }
    assert len(owned) >= 3


def _example(model: type[models.Model]) -> models.Model:
    """An unsaved row that can name its files."""
    row = model()
    row.pk = 1
    if any(field.name == "user" for field in model._meta.fields):
        row.user_id = 1
    return row


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", sorted(kinds._kinds))
def test_every_kind_of_notification_reads_as_a_sentence(name, language):
    """Also when who did it was erased since, and nothing else is known."""
    kind = kinds.kind_of(name)
    data = {"reason": "asked", "community": "Suppliers"}
    row = Notification(kind=name, title="Which form?", url="/", data=data)
    with translation.override(language):
        assert str(kind.sentence(row)).strip()
        assert str(kind.label).strip()
        assert str(kind.why or row.data["reason"]).strip()
        assert "None" not in str(kind.sentence(row))


def test_there_is_a_kind_of_notification_for_each_kind_of_discussion():
    """Rooms come with live talk."""
    wanted = {f"discussion.{kind}" for kind in Discussion.Kind.values} - {"discussion.room"}
    assert wanted <= set(kinds._kinds)


def test_each_group_of_notifications_is_one_line_of_the_settings():
    assert [group for group, kind in kinds.groups().items() if not str(kind.label)] == []
    assert {kind.group for kind in kinds._kinds.values()} == set(kinds.groups())


def test_panels_of_a_community_have_names_and_places_of_their_own():
    found = panels()
    assert len({one.key for one in found}) == len({one.order for one in found}) == len(found) > 1
    assert [one.key for one in found if not str(one.label)] == []


def test_menu_entries_have_icons_that_exist():
    icons = (import_module("kring.ui.finders").SOURCES.parent / "icons.svg").read_text()
    entries = [entry for menu in navigation._menus.values() for entry in menu.values()]
    assert len(entries) > 10
    assert [entry.url_name for entry in entries if f'id="{entry.icon}"' not in icons] == []


def test_writes_name_who_does_them():
    """Actions take `by` by name alone: who is meant never depends on a place in the line."""
    loose = []
    for config in OURS:
        for name, action in _actions(config):
            by = inspect.signature(action).parameters.get("by")
            if by is not None and by.kind is not inspect.Parameter.KEYWORD_ONLY:
                loose.append(f"{config.label}.{name}")
    assert loose == []


def test_everything_that_people_bring_can_be_imported():
    wanted = {"communities", "lessons", "pages", "people", "skills", "threads"}
    assert wanted - set(importing.importers()) == set()


def _actions(config) -> list[tuple[str, Callable[..., object]]]:
    try:
        module = import_module(f"{config.name}.actions")
    except ModuleNotFoundError:
        return []
    return [
        (name, value)
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__.startswith(f"{config.name}.actions")
    ]
