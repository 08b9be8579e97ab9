"""What lessons and articles share on their way in."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from kring.activity.actions import record as record_activity
from kring.conversations.importers import import_comments, read_comments
from kring.importing.actions import RejectedError, texts
from kring.importing.actions import values as read
from kring.importing.actions.authors import authors_of, licence_of, repository_of
from kring.importing.actions.links import Linker, by_id, by_url, scope_of
from kring.importing.actions.pages import add_page, fit_title, save_page, tag_names, write_revisions
from kring.importing.actions.tags import ensure_tags
from kring.importing.registry import Draft, Importer, Reference
from kring.indexing.registry import record_change

from .shapes import plain_summary

SUMMARY_LENGTH = 1000
LISTS = ("authors", "applies_to", "tags", "attributions")
COMMON = frozenset(
    [
        "id",
        "type",
        "lang",
        "community",
        "title",
        "summary",
        "body",
        "body_markdown",
        "body_html",
        "tags",
        "authors",
    ]
) | frozenset(["created", "comments", "source", "source_url", "licence"])


class WikiImporter(Importer):
    """A page of the wiki, by source id. Subclasses name the parts of their text and what else they have."""

    searchable: str
    texts: tuple[str, ...]
    plain: tuple[str, ...]

    def read_page(self, record: dict[str, Any], run: Any, path: str = "") -> Draft:
        """What every page has. `record` is in the documented form already; "facts" is rich text."""
        community = run.community_of(record)
        scope = scope_of(record) or f"c:{community}"
        base = read.line(record, "source_url")
        source_path = path or _source_path(record)
        waiting: list[Reference] = []
        parts = {}
        for name in self.texts:
            links = Linker(run.book, name, scope, source_path, base)
            parts[name] = texts.rich_text(record, name, links)
            waiting += links.waiting
        summary, whole_summary = fit_title(plain_summary(record), SUMMARY_LENGTH)
        title, whole_title = fit_title(read.line(record, "title") or self.title_of(parts, summary))
        if not title:
            raise RejectedError(_("title is missing, and there is no text to take it from"))
        everything = " ".join(texts.plain_text(part) for part in parts.values()) if whole_summary else ""
        if " ".join(whole_summary.split()) in " ".join(everything.split()):
            whole_summary = ""
        people, attributions = authors_of(record, run.book)
        applies_to, elsewhere = _applies_to(record, run)
        more = texts.from_plain(whole_title) + texts.from_plain(whole_summary)
        parts["body"] = more + parts["body"] + record.get("facts", "")
        created = read.moment(record, "created")
        values = parts | {
            "title": title,
            "summary": summary,
            "tags": sorted(read.words(record, "tags"), key=str.casefold),
            "authors": sorted(people),
            "applies_to": sorted(applies_to),
            "attributions": attributions or ([] if people else _origin(record)),
            "created_on": created.date() if created else None,
        }
        if "lang" in record:
            values["language"] = read.language(record, "en")
        comments = read_comments(
            record, run, owner=str(record["id"]).strip(), scope=scope, licence=licence_of(record), base=base
        )
        return Draft(
            values,
            created,
            place={"community": community},
            references=[*waiting, *elsewhere],
            addresses=[by_url(base)] if base and _is_own_address(base) else [],
            extras={"comments": comments, "scope": scope, "people": people},
        )

    def title_of(self, parts: dict[str, str], summary: str) -> str:
        for source in [summary, *(texts.plain_text(part) for part in parts.values() if part)]:
            if source:
                return read.first_sentence(source, 255)
        return ""

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> Any:
        parent = self.parent_of(draft, run)
        page = self.model(source_id=str(record["id"]).strip())
        self.fill(page, draft.values)
        page.community_id = draft.extras["community"]
        page.owner_id = next(iter(draft.extras["people"]), None)
        if "language" not in draft.values:
            page.language = CommunityPage.objects.values_list("language", flat=True).get(pk=page.community_id)
        add_page(parent, page, draft.created)
        self.record_activity(page, draft)
        run.touched[page.pk] = page
        return page

    def record_activity(self, page: Any, draft: Draft) -> None:
        record_activity(
            verb="published",
            target=page,
            by=next(iter(page.authors.all()), None),
            audience=f"c:{page.community_id}",
            at=draft.created or timezone.now(),
        )

    def parent_of(self, draft: Draft, run: Any) -> int:
        """The page to stand below; also sets the community it belongs to."""
        draft.extras["community"] = draft.place["community"]
        return draft.place["community"]

    def fill(self, page: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if name not in LISTS:
                setattr(page, name, value)
        if "attributions" in values:
            page.attributions = values["attributions"]
        if "authors" in values:
            page.authors.set(get_user_model().objects.filter(pk__in=values["authors"]))
        if "applies_to" in values:
            page.applies_to.set(CommunityPage.objects.filter(pk__in=values["applies_to"]))
        if "tags" in values:
            page.tags.set(ensure_tags(values["tags"]))

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        if values:
            self.fill(thing, values)
            save_page(thing, edited=draft is not None)
        run.touched[thing.pk] = thing

    def emptied(self, names: Any) -> dict[str, Any]:
        fixed = ("title", "language")
        dates = ("created_on", "occurred_on", "review_on")
        return {
            name: [] if name in LISTS else None if name in dates else ""
            for name in names
            if name not in fixed
        }

    def enrich(self, thing: Any, draft: Draft, record: dict[str, Any], run: Any) -> bool:
        changed = bool(import_comments(target=thing, comments=draft.extras["comments"]))
        if changed:
            run.touched.setdefault(thing.pk, thing)
        return changed

    def state(self, thing: Any) -> dict[str, Any]:
        names = (*self.texts, *self.plain, "title", "summary", "language", "attributions")
        return {
            **{
                name: str(value) if hasattr(value := getattr(thing, name), "year") else value
                for name in names
            },
            "created_on": str(thing.created_on or ""),
            "tags": sorted(tag_names(thing), key=str.casefold),
            "authors": sorted(person.pk for person in thing.authors.all()),
            "applies_to": sorted(community.pk for community in thing.applies_to.all()),
        }

    def link(self, object_id: int) -> int:
        return object_id

    def settle(self, thing: Any, reference: Reference, kind: str, object_id: int, run: Any) -> bool:
        if reference.field != "applies_to" or kind != "communities":
            return False
        applies_to = {community.pk for community in thing.applies_to.all()} | {object_id}
        self.update(thing, {"applies_to": sorted(applies_to)}, None, run)
        return True

    def finish(self, things: list[Any], run: Any) -> None:
        write_revisions(things, in_place=run.settling)
        if things:
            record_change(self.searchable, *sorted({thing.pk for thing in things}))


def _source_path(record: dict[str, Any]) -> str:
    source = record.get("source")
    first = source[0] if isinstance(source, list) and source else source
    return read.line(first, "path") if isinstance(first, dict) else ""


def _is_own_address(url: str) -> bool:
    """Some sources name the front page of their site instead of the page."""
    return url.rstrip("/").count("/") > 3


def _origin(record: dict[str, Any]) -> list[dict[str, str]]:
    name, url = repository_of(record), read.line(record, "source_url")
    return [{"name": name or url, "url": url, "licence": licence_of(record)}] if name or url else []


def _applies_to(record: dict[str, Any], run: Any) -> tuple[list[int], list[Reference]]:
    found, waiting = [], []
    for name in read.words(record, "applies_to", 200):
        if (community := run.find_community(name)) is not None:
            found.append(community)
        else:
            waiting.append(Reference("applies_to", *by_id(name)))
    return found, waiting
