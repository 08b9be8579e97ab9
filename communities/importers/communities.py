"""Communities with their members and what they curate."""

import html
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.importing.actions import RejectedError, texts
from kring.importing.actions import values as read
from kring.importing.actions.authors import authors_of, licence_of, repository_of
from kring.importing.actions.links import Linker, by_id, by_path, scope_of
from kring.importing.actions.markup import plain_markdown
from kring.importing.actions.pages import add_page, fit_title, save_page, write_revisions
from kring.importing.registry import Draft, Importer, Reference
from kring.indexing.registry import record_change

from ..actions.root import ensure_root
from ..models import CommunityPage, CuratedItem, Membership

SUMMARY_LENGTH = 300
ROLES = {
    "leads": Membership.Role.LEAD,
    "moderators": Membership.Role.MODERATOR,
    "members": Membership.Role.MEMBER,
}
RANK = {role: rank for rank, role in enumerate(reversed(ROLES.values()))}
FIELDS = ("title", "language", "summary", "purpose", "rules", "openness", "tags", "attributions")
valid_url = URLValidator(schemes=["http", "https"])


class CommunitiesImporter(Importer):
    """By source id; also adopts a community that was made by name on the command line."""

    kind = "communities"
    label = gettext_lazy("communities")
    model = CommunityPage
    fields = (
        frozenset(
            [
                "id",
                "type",
                "lang",
                "title",
                "summary",
                "body",
                "body_markdown",
                "body_html",
                "rules",
                "rules_markdown",
            ]
        )
        | frozenset(
            [
                "rules_html",
                "openness",
                "tags",
                "terms",
                "kicker",
                "facilitators",
                "facilitators_are_synthetic",
            ]
        )
        | frozenset(["created", "curated", "source", "source_url", "authors", "licence", *ROLES])
    )

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        record = described(record)
        scope = scope_of(record)
        purpose = Linker(run.book, "purpose", scope, "", read.line(record, "source_url"))
        rules = Linker(run.book, "rules", scope, "", read.line(record, "source_url"))
        body = texts.rich_text(record, "body", purpose)
        summary, whole = fit_title(read.line(record, "summary"), SUMMARY_LENGTH)
        title, whole_title = fit_title(read.line(record, "title") or _first(body, summary))
        if not title:
            raise RejectedError(_("title is missing"))
        _people, attributions = authors_of(record, run.book)
        values = {
            "title": title,
            "language": read.language(record, "en"),
            "summary": summary,
            "purpose": texts.from_plain(whole_title) + texts.from_plain(whole) + body + record["facts"],
            "rules": texts.rich_text(record, "rules", rules),
            "openness": read.one_of(record, "openness", CommunityPage.Openness.values, "open"),
            "tags": read.words(record, "tags"),
            "attributions": attributions or _origin(record),
        }
        references = [*purpose.waiting, *rules.waiting]
        extras = {"members": _members(record), "curated": _curated(record)}
        source = read.obj(record, "source") if isinstance(record.get("source"), dict) else {}
        path = read.line(source, "path")
        addresses = [by_path(scope, path)] if path else []
        return Draft(
            values, read.moment(record, "created"), references=references, addresses=addresses, extras=extras
        )

    def adopt(self, draft: Draft, record: dict[str, Any], run: Any) -> CommunityPage | None:
        return CommunityPage.objects.filter(source_id=None, title__iexact=draft.values["title"]).first()

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> CommunityPage:
        page = CommunityPage(source_id=str(record["id"]).strip(), **draft.values)
        add_page(ensure_root().pk, page, draft.created)
        run.touched[page.pk] = page
        return page

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        for name, value in values.items():
            setattr(thing, name, value)
        if values:
            save_page(thing, edited=draft is not None)
        run.touched[thing.pk] = thing

    def emptied(self, names: Any) -> dict[str, Any]:
        empty = {"tags": [], "attributions": []}
        return {name: empty.get(name, "") for name in names if name not in ("title", "language", "openness")}

    def enrich(self, thing: Any, draft: Draft, record: dict[str, Any], run: Any) -> bool:
        """Members the record names join; those named by a record not here yet, as soon as it is."""
        changed = False
        for reference in draft.extras["members"]:
            if target := _person(reference, run):
                changed |= _join(thing, target, reference.data["role"], draft.created)
            else:
                run.wait(self.kind, thing.pk, reference)
        if not thing.curated_items.exists():
            for order, item in enumerate(draft.extras["curated"]):
                changed |= self._curate(thing, order, item, run)
        return changed

    def _curate(self, community: CommunityPage, order: int, item: dict[str, str], run: Any) -> bool:
        data = {"title": item["title"], "why": item["why"], "sort_order": order}
        if item["url"]:
            CuratedItem.objects.create(community=community, url=item["url"], **data)
            return True
        reference = Reference("curated", *by_id(item["id"]), data)
        target = run.book.find(reference.scope, reference.address)
        if target and self.settle(community, reference, *target, run):
            return True
        run.wait(self.kind, community.pk, reference)
        return False

    def settle(self, thing: Any, reference: Reference, kind: str, object_id: int, run: Any) -> bool:
        if reference.field == "member" and kind == "people":
            return _join(thing, object_id, reference.data["role"], thing.first_published_at)
        if reference.field == "curated" and kind in ("lessons", "pages"):
            CuratedItem.objects.create(community=thing, page_id=object_id, **reference.data)
            return True
        return False

    def state(self, thing: Any) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in FIELDS}

    def find(self, name: str) -> int | None:
        """By primary key, source id, slug or title, in that order."""
        name = name.strip()
        by = [{"pk": int(name)}] if name.isascii() and name.isdigit() and len(name) < 18 else []
        for condition in [*by, {"source_id": name}, {"slug": name}, {"title__iexact": name}]:
            if (
                found := CommunityPage.objects.filter(**condition).values_list("pk", flat=True).first()
            ) is not None:
                return found
        return None

    def make(self, name: str, language: str) -> int:
        page = CommunityPage(title=fit_title(name.strip())[0], language=language or "en")
        add_page(ensure_root().pk, page, None)
        write_revisions([page], in_place=False)
        record_change("community", page.pk)
        return page.pk

    def link(self, object_id: int) -> int:
        return object_id

    def finish(self, things: list[Any], run: Any) -> None:
        write_revisions(things, in_place=run.settling)
        if things:
            record_change("community", *sorted({thing.pk for thing in things}))


def described(record: dict[str, Any]) -> dict[str, Any]:
    """A community of another site: its terms are tags; who leads it and how many belong is in the text."""
    found = dict(record)
    found["tags"] = [*read.words(record, "tags"), *read.words(record, "terms")]
    pairs = [(_("Facilitators"), ", ".join(read.words(record, "facilitators")))]
    count = record.get("members")
    if isinstance(count, int) and not isinstance(count, bool):
        pairs.append((_("Members there"), str(count)))
        found["members"] = []
    found["facts"] = texts.facts(pairs)
    if markdown := read.text(record, "body_markdown"):
        found["body_markdown"] = plain_markdown(markdown)
    kicker, summary = read.line(record, "kicker"), read.line(record, "summary")
    found["summary"] = summary = html.unescape(summary)
    if kicker and kicker.casefold() not in f"{summary} {read.line(record, 'title')}".casefold():
        found["summary"] = f"{kicker}: {summary}" if summary else kicker
    return found


def _origin(record: dict[str, Any]) -> list[dict[str, str]]:
    name, url = repository_of(record), read.line(record, "source_url")
    return [{"name": name or url, "url": url, "licence": licence_of(record)}] if name or url else []


def _first(body: str, summary: str) -> str:
    return read.first_sentence(texts.plain_text(body) if body else summary, 255)


def _members(record: dict[str, Any]) -> list[Reference]:
    """Each person once, in the highest role they are named for."""
    found: dict[str, Reference] = {}
    for name, role in ROLES.items():
        for person in read.words(record, name, 254):
            address = ("", f"mailto:{person.lower()}") if "@" in person else by_id(person)
            found.setdefault(person.casefold(), Reference("member", *address, {"role": str(role)}))
    return list(found.values())


def _person(reference: Reference, run: Any) -> int | None:
    """Somebody imported, or by e-mail anybody of the site."""
    if target := run.book.find(reference.scope, reference.address):
        return target[1] if target[0] == "people" else None
    scheme, _colon, email = reference.address.partition(":")
    found = get_user_model().objects.filter(email__iexact=email) if scheme == "mailto" else None
    return found.values_list("pk", flat=True).first() if found is not None else None


def _join(community: CommunityPage, user: int, role: str, at: Any) -> bool:
    """Make the membership, or raise its role; an import never takes a role away."""
    membership, made = Membership.objects.get_or_create(
        community=community, user_id=user, defaults={"role": role, "joined_at": at or timezone.now()}
    )
    if made or RANK[membership.role] >= RANK[role]:
        return made
    membership.role = role
    membership.save(update_fields=["role"])
    return True


def _curated(record: dict[str, Any]) -> list[dict[str, str]]:
    found = []
    for row in read.objects(record, "curated"):
        read.one_of(row, "kind", ["page", "link"], "link" if row.get("url") else "page")
        item = {
            "id": read.line(row, "id"),
            "url": read.line(row, "url"),
            "title": read.shorten(read.line(row, "title"), 200),
            "why": read.shorten(read.line(row, "why"), 300),
        }
        try:
            if item["url"]:
                valid_url(item["url"])
        except ValidationError:
            raise RejectedError(
                _("curated: this is no address: %(url)s") % {"url": item["url"][:100]}
            ) from None
        if not item["id"] and not item["url"]:
            raise RejectedError(_("curated: an item needs an id or a url"))
        found.append(item)
    return found
