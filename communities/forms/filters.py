"""How lists are narrowed. What makes no sense in an address is left out without complaint."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import QueryDict

from ..models import Discussion

KINDS = ("question", "discussion", "announcement", "room")
PINNED_FIRST = (F("pinned_at").desc(nulls_last=True),)
SORTS = {"new": ("-last_activity_at", "-pk"), "asked": ("-created_at", "-pk"), "old": ("created_at", "pk")}


def _ids(values: list[str]) -> tuple[int, ...]:
    return tuple(int(pk) for pk in values if pk.isascii() and pk.isdigit() and len(pk) < 10)


@dataclass(frozen=True, slots=True)
class DiscussionFilters:
    communities: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mine: bool = False
    words: str = ""
    sort: str = "new"

    @classmethod
    def of(cls, query: QueryDict) -> "DiscussionFilters":
        sort = query.get("sort", "")
        return cls(
            communities=_ids(query.getlist("community")),
            kinds=tuple(one for one in query.getlist("kind") if one in KINDS),
            states=tuple(one for one in query.getlist("state") if one in Discussion.State.values),
            tags=tuple(tag for tag in query.getlist("tag") if tag)[:10],
            mine=query.get("mine") == "1",
            words=query.get("words", "").strip()[:100],
            sort=sort if sort in SORTS else "new",
        )

    def without(self, *names: str) -> "DiscussionFilters":
        return replace(self, **{name: getattr(DiscussionFilters(), name) for name in names})

    def __bool__(self) -> bool:
        return self.without("sort") != DiscussionFilters()

    def narrow(self, discussions: Any, user: Any) -> Any:
        """The discussions of this queryset that fit; not sorted yet."""
        if self.communities:
            discussions = discussions.filter(community__in=self.communities)
        if self.kinds:
            discussions = discussions.filter(kind__in=self.kinds)
        if self.states:
            # Only questions have a state.
            discussions = discussions.filter(kind="question", state__in=self.states)
        if self.tags:
            discussions = discussions.tagged(self.tags)
        for word in self.words.split():
            discussions = discussions.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return discussions.filter(author=user) if self.mine else discussions


@dataclass(frozen=True, slots=True)
class CommunityFilters:
    words: str = ""
    mine: bool = False
    archived: bool = False
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> "CommunityFilters":
        known = dict(settings.LANGUAGES)
        return cls(
            words=query.get("words", "").strip()[:100],
            mine=query.get("mine") == "1",
            archived=query.get("archived") == "1",
            languages=tuple(one for one in query.getlist("language") if one in known),
            tags=tuple(tag.lower() for tag in query.getlist("tag") if tag)[:10],
        )

    def __bool__(self) -> bool:
        return self != CommunityFilters()

    def fits(self, language: str, tags: list[str], *, but: str = "") -> bool:
        """Whether a community with this language and these tags stays; `but` names a filter to leave out."""
        if but != "languages" and self.languages and language not in self.languages:
            return False
        if but != "tags" and self.tags:
            return not {tag.lower() for tag in tags}.isdisjoint(self.tags)
        return True
