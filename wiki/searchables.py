"""Lessons and articles can be found by whoever may read their community, down to the part that answers."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.conversations.searchables import said_about, talk_seq, with_talk
from kring.indexing.registry import Document, Searchable, checksum, register
from kring.people.models import User
from kring.ui.richtext.text import sections, to_text

from .models import ArticlePage, LessonPage
from .querysets import WikiPageQuerySet

LESSON_PRIOR, ARTICLE_PRIOR = 1.0, 0.7
# Headings below this level belong to the part above them.
DEEPEST_PART = 3
STAMPED = (
    *("title", "language", "summary", "community_id", "url_path", "created_on", "first_published_at"),
    *("last_published_at", "live_revision_id", "source_hash", "seq"),
)


def register_searchables() -> None:
    _register("lesson", LessonPage, _("Lessons"), _("lesson"), documents_of_lessons)
    _register("article", ArticlePage, _("Articles"), _("article"), documents_of_articles)


def _register(kind: str, model: Any, label: Any, singular: Any, documents: Any) -> None:
    register(
        Searchable(
            kind,
            label,
            documents,
            lambda: found_of(model).values_list("pk", flat=True).iterator(),
            lambda user, ids: visible_ids(model, user, ids),
            singular=singular,
            icon=kind,
            model=model,
            stamps=lambda: stamps_of(model),
        )
    )


def found_of(model: Any) -> WikiPageQuerySet:
    """Published ones; articles that nobody has written yet left out."""
    pages = model.objects.live().filter(community__live=True).order_by("pk")
    return pages.filter(is_placeholder=False) if model is ArticlePage else pages


def visible_ids(model: Any, user: Any, ids: Iterable[int]) -> set[int]:
    return set(found_of(model).visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def stamps_of(model: Any) -> Iterator[tuple[int, int]]:
    rows = found_of(model).annotate(seq=talk_seq(model))
    for pk, *values in rows.values_list("pk", *STAMPED).iterator():
        yield pk, checksum(*values)


def documents_of_lessons(ids: Iterable[int]) -> Iterator[Document]:
    """A lesson; its parts, from what was planned to what to do next time; and what was said about it."""
    for lesson, comments in _with_comments(LessonPage, ids):
        parts = [(name, heading, to_text(html)) for name, heading, html in lesson.parts()]
        texts = [lesson.summary, *(text for _name, _heading, text in parts), lesson.applies_where]
        facts = {"outcome": lesson.outcome, "occurred_on": str(lesson.occurred_on or "")}
        whole = _document("lesson", lesson, texts, LESSON_PRIOR, facts, comments)
        yield from with_talk(whole, comments)
        for name, heading, text in parts:
            with translation.override(lesson.language):
                title = str(capfirst(heading))
            yield whole.part(name, text, title=title, url=f"{whole.url}#{name}")
        if parts or comments:
            top = "\n".join(filter(None, [lesson.summary, lesson.applies_where]))
            yield whole.part("top", top, beside=whole.beside)


def documents_of_articles(ids: Iterable[int]) -> Iterator[Document]:
    """An article, a part for each of its headings, and what was said about it."""
    for article, comments in _with_comments(ArticlePage, ids):
        texts = [article.summary, to_text(article.body)]
        whole = _document("article", article, texts, ARTICLE_PRIOR, {}, comments)
        yield from with_talk(whole, comments)
        beginning, parts = _parts_of(article.body)
        for anchor, title, text in parts:
            yield whole.part(anchor, text, title=title, url=f"{whole.url}#{anchor}")
        if parts or comments:
            top = "\n".join(filter(None, [article.summary, beginning]))
            yield whole.part("top", top, beside=whole.beside)


def _parts_of(html: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text before the first heading, and (anchor, heading, text) of each part with one."""
    beginning: list[str] = []
    found: list[tuple[str, str, str]] = []
    for section in sections(html):
        if section.anchor and 0 < section.level <= DEEPEST_PART:
            found.append((section.anchor, section.title, section.text))
            continue
        text = "\n".join(filter(None, [section.title, section.text]))
        if found:
            anchor, title, before = found[-1]
            found[-1] = (anchor, title, f"{before}\n{text}".strip())
        else:
            beginning.append(text)
    return "\n".join(beginning), found


def _with_comments(model: Any, ids: Iterable[int]) -> Iterator[tuple[Any, Any]]:
    authors = Prefetch("authors", User.objects.order_by("pk"))
    rows = found_of(model).filter(pk__in=ids).annotate(seq=talk_seq(model))
    pages = list(rows.prefetch_related(authors, "tags"))
    said = said_about(model, [page.pk for page in pages])
    for page in pages:
        yield page, said.get(page.pk, [])


def _document(
    kind: str, page: Any, texts: list[str], prior: float, facts: dict[str, Any], comments: list[Any]
) -> Document:
    return Document(
        key=f"{kind}:{page.pk}",
        kind=kind,
        title=page.title,
        body="\n".join(text for text in texts if text),
        beside="\n".join([*_tags(page), *_names(page)]),
        url=page.get_absolute_url(),
        audience=(f"c:{page.community_id}",),
        updated_at=_written_at(page),
        language=page.language,
        community=str(page.community_id),
        tags=_tags(page),
        people=tuple(str(author.pk) for author in page.authors.all()),
        signs=tuple(filter(None, [str(facts.get("outcome") or "")])),
        prior=prior,
        facts={**facts, "authors": _names(page), "comments": len(comments)},
        stamp=checksum(*(getattr(page, name) for name in STAMPED)),
    )


def _tags(page: Any) -> tuple[str, ...]:
    return tuple(sorted(tag.name for tag in page.tags.all()))


def _names(page: Any) -> list[str]:
    """Authors with an account, else those it was taken over from."""
    named = [author.name for author in page.authors.all()]
    return named or [str(one["name"]) for one in page.attributions if one.get("name")]


def _written_at(page: Any) -> datetime:
    """When it was written; when it was last changed, once that was on a later day than it was published."""
    first, last = page.first_published_at, page.last_published_at
    if first and last and last.date() > first.date():
        return last
    if page.created_on:
        return timezone.make_aware(datetime.combine(page.created_on, time(12)))
    return first or last or page.latest_revision_created_at or timezone.now()
