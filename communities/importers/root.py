"""The root of the page tree."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from ..models import CommunitiesPage


@transaction.atomic
def ensure_root() -> CommunitiesPage:
    """The page of all communities under Wagtail's root, with the site pointing at it; made once."""
    found = CommunitiesPage.objects.first()
    if found is None:
        tree = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
        # Wagtail's first migration leaves a welcome page that nobody needs.
        Page.objects.filter(depth=2, content_type__model="page").delete()
        found = CommunitiesPage(title=_("Communities"), slug="communities")
        Page.objects.get(pk=tree.pk).add_child(instance=found)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=found, is_default_site=True)
    elif site.root_page_id != found.pk:
        site.root_page = found
        site.save()
    return found
