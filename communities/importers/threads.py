"""Questions, discussions and announcements, with answers and comments."""

from typing import Any

from django.db.models import Max
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record as record_activity
from kring.conversations.importers import ImportedComment, import_comments, read_comment, read_comments
from kring.conversations.models import Comment, Conversation
from kring.importing.actions import RejectedError, texts
from kring.importing.actions import values as read
from kring.importing.actions.authors import author_of, licence_of
from kring.importing.actions.links import Linker, by_id, by_url, scope_of
from kring.importing.actions.pages import fit_title
from kring.importing.actions.tags import ensure_tags
from kring.importing.registry import Draft, Importer
from kring.indexing.registry import kinds_of, record_changes

from ..models import CommunityPage, Discussion
from ..models.discussion import DiscussionTag
from ..querysets import is_given

KINDS = [Discussion.Kind.QUESTION, Discussion.Kind.DISCUSSION, Discussion.Kind.ANNOUNCEMENT]
TITLE_LENGTH = 200


class ThreadsImporter(Importer):
    """By source id. Counts of views are not kept; votes are, as the score."""

    kind = "threads"
    label = gettext_lazy("threads")
    model = Discussion
    fields = frozenset(
        [
            "id",
            "type",
            "lang",
            "community",
            "kind",
            "title",
            "body",
            "body_markdown",
            "body_html",
            "tags",
            "author",
        ]
    ) | frozenset(["created", "score", "accepted", "answers", "comments", "source", "source_url", "licence"])

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        source_id, scope = str(record["id"]).strip(), scope_of(record)
        base, licence = read.line(record, "source_url"), licence_of(record)
        links = Linker(run.book, "body", scope, "", base)
        body = texts.rich_text(record, "body", links)
        title = read.line(record, "title") or read.first_sentence(texts.plain_text(body), TITLE_LENGTH)
        if not title:
            raise RejectedError(_("title is missing"))
        title, whole = fit_title(title, TITLE_LENGTH)
        author, attribution = author_of(record.get("author"), run.book, licence)
        if attribution and base and not attribution["url"]:
            attribution["url"] = base
        kind = read.one_of(record, "kind", [str(one) for one in KINDS], "question")
        answers = _answers(record, run, source_id, scope, licence, base)
        comments = read_comments(record, run, owner=source_id, scope=scope, licence=licence, base=base)
        values = {
            "kind": kind,
            "title": title,
            "body": (texts.from_plain(whole) + body) if whole else body,
            "author": author,
            "attribution": attribution,
            "tags": sorted(read.words(record, "tags"), key=str.casefold),
            "score": read.number(record, "score"),
            "accepted": _accepted(record, source_id),
        }
        community = run.community_of(record)
        if "lang" in record:
            values["language"] = read.language(record, "en")
        return Draft(
            values,
            read.moment(record, "created"),
            place={"community": community},
            references=links.waiting,
            addresses=_addresses(record),
            extras={"comments": [*answers, *comments]},
        )

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> Discussion:
        values = dict(draft.values)
        tags, _accepted_id = values.pop("tags", []), values.pop("accepted", "")
        author = values.pop("author", None)
        community = CommunityPage.objects.get(pk=draft.place["community"])
        values.setdefault("language", community.language)
        created = draft.created or timezone.now()
        discussion = Discussion.objects.create(
            community=community,
            author_id=author,
            source_id=str(record["id"]).strip(),
            created_at=created,
            last_activity_at=created,
            **values,
        )
        DiscussionTag.objects.bulk_create(
            [DiscussionTag(tag=tag, content_object=discussion) for tag in ensure_tags(tags)]
        )
        record_activity(
            verb="asked" if discussion.kind == Discussion.Kind.QUESTION else "posted",
            target=discussion,
            by=discussion.author,
            audience=community.audience,
            at=created,
        )
        run.touched[discussion.pk] = discussion
        return discussion

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        values = dict(values)
        tags = values.pop("tags", None)
        if "author" in values:
            thing.author_id = values.pop("author")
        if "accepted" in values:
            accepted = values.pop("accepted")
            thing.accepted = Comment.objects.filter(source_id=accepted).first() if accepted else None
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save()
        if tags is not None:
            thing.tags.set(ensure_tags(tags))
        run.touched[thing.pk] = thing

    def emptied(self, names: Any) -> dict[str, Any]:
        empty = {"tags": [], "attribution": {}, "author": None, "score": 0}
        return {name: empty.get(name, "") for name in names if name not in ("title", "kind", "language")}

    def place(self, thing: Any, draft: Draft, run: Any) -> None:
        thing.community_id = draft.place["community"]
        thing.save(update_fields=["community"])
        run.touched[thing.pk] = thing

    def enrich(self, thing: Any, draft: Draft, record: dict[str, Any], run: Any) -> bool:
        """Answers and comments; then the state and the time of the last word follow from them."""
        changed = import_comments(target=thing, comments=draft.extras["comments"])
        wanted = draft.values.get("accepted")
        if wanted and thing.accepted_id is None:
            thing.accepted = Comment.objects.filter(source_id=wanted, kind=Comment.Kind.ANSWER).first()
        before = (thing.state, thing.last_activity_at)
        _bring_up_to_date(thing)
        if changed or before != (thing.state, thing.last_activity_at):
            run.touched[thing.pk] = thing
        return bool(changed)

    def state(self, thing: Any) -> dict[str, Any]:
        names = ("kind", "title", "body", "language", "attribution", "score")
        return {
            **{name: getattr(thing, name) for name in names},
            "author": thing.author_id,
            "tags": sorted((tag.name for tag in thing.tags.all()), key=str.casefold),
            "accepted": (thing.accepted and thing.accepted.source_id) or thing.accepted_id or "",
        }

    def load(self, ids: Any) -> dict[int, Discussion]:
        found = Discussion.objects.select_related("community", "accepted").prefetch_related("tags")
        return found.in_bulk(list(ids))

    def link(self, object_id: int) -> str:
        try:
            return Discussion.objects.get(pk=object_id).get_absolute_url()
        except NoReverseMatch:
            return f"/discussions/{object_id}/"

    def finish(self, things: list[Any], run: Any) -> None:
        if things:
            ids = sorted({thing.pk for thing in things})
            record_changes((kind, pk) for kind in kinds_of(Discussion) for pk in ids)


def _addresses(record: dict[str, Any]) -> list[tuple[str, str]]:
    url = read.line(record, "source_url")
    answers = [row["id"] for row in read.objects(record, "answers") if isinstance(row.get("id"), str)]
    if not url:
        return [by_id(answer) for answer in answers]
    # Such sites have an address for each answer too: …/a/123 beside …/q/120.
    root = url.split("/q/")[0] if "/q/" in url else ""
    numbers = [answer.removeprefix("a") for answer in answers if root and answer.removeprefix("a").isdigit()]
    return [by_url(url), *(by_url(f"{root}/a/{number}") for number in numbers)]


def _answers(
    record: dict[str, Any], run: Any, owner: str, scope: str, licence: str, base: str
) -> list[ImportedComment]:
    found = []
    taken: dict[str, int] = {}
    for row in read.objects(record, "answers"):
        answer = read_comment(
            row,
            run,
            owner=owner,
            scope=scope,
            licence=licence,
            base=base,
            taken=taken,
            kind=Comment.Kind.ANSWER,
        )
        answer.replies = read_comments(
            row, run, owner=answer.source_id, scope=scope, licence=licence, base=base
        )
        for reply in [*answer.replies]:
            answer.replies += reply.replies
            reply.replies = []
        found.append(answer)
    return found


def _accepted(record: dict[str, Any], owner: str) -> str:
    wanted = read.line({"accepted": str(record["accepted"])}, "accepted") if record.get("accepted") else ""
    if not wanted:
        return ""
    if wanted not in {str(row.get("id")) for row in read.objects(record, "answers")}:
        raise RejectedError(_("accepted names no answer of this thread: %(id)s") % {"id": wanted[:60]})
    return f"{owner}/{wanted}"


def _bring_up_to_date(discussion: Discussion) -> None:
    """State and last activity from what is stored."""
    conversation = Conversation.objects.filter(
        content_type__app_label="communities", content_type__model="discussion", object_id=discussion.pk
    ).first()
    comments = Comment.objects.filter(conversation=conversation, is_public=True, is_removed=False)
    answered = (
        conversation is not None and comments.filter(is_given(Discussion), kind=Comment.Kind.ANSWER).exists()
    )
    if discussion.kind == Discussion.Kind.QUESTION:
        state = Discussion.State.ANSWERED if answered else Discussion.State.OPEN
        discussion.state = Discussion.State.SOLVED if discussion.accepted_id else state
    last = comments.aggregate(last=Max("submit_date"))["last"] if conversation else None
    discussion.last_activity_at = max(filter(None, [discussion.created_at, last]))
    discussion.save(update_fields=["state", "accepted", "last_activity_at"])
