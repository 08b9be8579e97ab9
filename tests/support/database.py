"""A database without a transaction around the test, for what several connections must see."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site as DjangoSite
from django.core.cache import cache
from django.db import connection, transaction
from wagtail.models import Locale, Page, Site

# What migrations leave there and no test changes.
KEPT_APPS = {"contenttypes", "auth"}
KEPT = {"django_site", "wagtailcore_locale", "wagtailcore_page", "wagtailcore_site"}
KEPT_PARTS = ("wagtailcore_collection", "wagtailcore_group", "wagtailcore_workflow", "wagtailcore_task")


def empty_database() -> None:
    """Delete what tests made, whatever they left, also those that were cut off.

    A flush would take the root of the page tree, its language and the content types with it, and more time.
    """
    cache.clear()
    kept = KEPT | {model._meta.db_table for model in _models_kept()}
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            if table not in kept and not table.startswith(KEPT_PARTS):
                cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("DELETE FROM wagtailcore_site")
        cursor.execute("DELETE FROM wagtailcore_page WHERE depth > 1")
        Page.objects.update(numchild=0)
        Locale.objects.get_or_create(language_code="en")
        tree = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
        Site.objects.create(hostname="localhost", root_page=tree, is_default_site=True)
    DjangoSite.objects.clear_cache()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def _models_kept():  # type: ignore[no-untyped-def]
    from django.apps import apps

    return [
        model for app in KEPT_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
