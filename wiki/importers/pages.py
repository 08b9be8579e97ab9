"""Articles of the wiki, in the tree that their paths describe."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from kring.importing.actions import RejectedError
from kring.importing.actions import values as read
from kring.importing.actions.links import by_path, scope_of
from kring.importing.actions.pages import add_page
from kring.importing.registry import Draft

from ..models import ArticlePage, LessonPage
from . import shapes
from .base import COMMON, WikiImporter

DEEPEST = 20


class PagesImporter(WikiImporter):
    """Parents that are not there yet stand as placeholders until their own record fills them."""

    kind = "pages"
    label = gettext_lazy("pages")
    model = ArticlePage
    searchable = "article"
    texts = ("body",)
    plain = ("review_on",)
    fields = COMMON | {"path", "parent", "review_on", "redirect_from", "internal_links", "headings", "facets"}

    def survey(self, records: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, str]:
        """Every record whose parents lead back to itself is rejected."""
        parents: dict[tuple[str, str], tuple[str, str]] = {}
        ids: dict[str, tuple[str, str]] = {}
        for source_id, record in records:
            path, parent = record.get("path"), record.get("parent")
            if not isinstance(path, str) or not isinstance(parent, str):
                continue
            if path.strip() and (parent := shapes.parent_path(path, parent)):
                own = by_path(scope_of(record), path)
                ids.setdefault(source_id, own)
                parents.setdefault(own, by_path(scope_of(record), parent))
        circle = _in_circles(parents)
        return {name: _("its parents lead back to itself") for name, own in ids.items() if own in circle}

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        record = shapes.page(record)
        path = read.line(record, "path")
        parent = shapes.parent_path(path, read.line(record, "parent"))
        if max(path.count("/"), parent.count("/")) > DEEPEST:
            raise RejectedError(_("path is deeper than %(limit)s levels") % {"limit": DEEPEST})
        draft = self.read_page(record, run, path)
        draft.values["review_on"] = read.day(record, "review_on")
        draft.extras["path"] = path
        draft.place["parent"] = parent
        scope = draft.extras["scope"]
        own = [path] if path else []
        draft.addresses += [by_path(scope, one) for one in [*own, *shapes.aliases(record)]]
        return draft

    def adopt(self, draft: Draft, record: dict[str, Any], run: Any) -> ArticlePage | None:
        if not draft.extras["path"]:
            return None
        target = run.book.find(*by_path(draft.extras["scope"], draft.extras["path"]))
        if target is None or target[0] != self.kind:
            return None
        page = ArticlePage.objects.filter(pk=target[1], is_placeholder=True).first()
        if page is not None:
            page.source_id = str(record["id"]).strip()
            page.owner_id = next(iter(draft.extras["people"]), None)
        return page

    def overwrites(self, thing: Any) -> bool:
        return thing.is_placeholder

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        filled = thing.is_placeholder and draft is not None
        if filled:
            thing.is_placeholder = False
            if draft.created:
                thing.first_published_at = draft.created
        super().update(thing, values, draft, run)
        if filled:
            self.record_activity(thing, draft)

    def place(self, thing: Any, draft: Draft, run: Any) -> None:
        """Move below the parent, with everything that stands below; the community follows."""
        target = Page.objects.get(pk=self.parent_of(draft, run))
        if target.pk == thing.pk or target.is_descendant_of(thing):
            raise RejectedError(_("its parents lead back to itself"))
        if thing.get_parent().pk != target.pk:
            Page.objects.get(pk=thing.pk).move(target, pos="last-child")
            moved = Page.objects.get(pk=thing.pk)
            thing.path, thing.depth, thing.url_path = moved.path, moved.depth, moved.url_path
        if thing.community_id != draft.extras["community"]:
            thing.community_id = draft.extras["community"]
            for model in (ArticlePage, LessonPage):
                below = model.objects.filter(path__startswith=thing.path)
                model.objects.filter(pk__in=below.values("pk")).update(community_id=thing.community_id)
        run.touched[thing.pk] = thing

    def parent_of(self, draft: Draft, run: Any) -> int:
        draft.extras["community"] = draft.place["community"]
        if not draft.place["parent"]:
            return draft.place["community"]
        parent = self.ensure_parent(draft.place["parent"], draft, run)
        draft.extras["community"] = ArticlePage.objects.values_list("community_id", flat=True).get(pk=parent)
        return parent

    def ensure_parent(self, path: str, draft: Draft, run: Any) -> int:
        """The page with this path, else a placeholder for it, below the placeholders of its own parents."""
        key = by_path(draft.extras["scope"], path)
        if (target := run.book.find(*key)) and target[0] == self.kind:
            if ArticlePage.objects.filter(pk=target[1]).exists():
                return target[1]
            run.book.forget(key)
        above, _slash, name = key[1].rpartition("/")
        community = draft.place["community"]
        parent = self.ensure_parent(above, draft, run) if above else community
        title = name.replace("-", " ").replace("_", " ").strip().capitalize() or path
        page = ArticlePage(
            title=read.shorten(title, 255),
            community_id=community,
            language=draft.values.get("language", "en"),
            is_placeholder=True,
        )
        add_page(parent, page, draft.created)
        run.book.add(self.kind, page.pk, [key])
        run.touched[page.pk] = page
        return page.pk


def _in_circles(parents: dict[tuple[str, str], tuple[str, str]]) -> set[tuple[str, str]]:
    """The paths that lie on a circle of parents."""
    done: set[tuple[str, str]] = set()
    circles: set[tuple[str, str]] = set()
    for start in parents:
        trail: dict[tuple[str, str], int] = {}
        here = start
        while here in parents and here not in done and here not in trail:
            trail[here] = len(trail)
            here = parents[here]
        if here in trail:
            circles |= {path for path, at in trail.items() if at >= trail[here]}
        done |= trail.keys()
    return circles
