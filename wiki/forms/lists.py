"""How a list is narrowed and sorted. What makes no sense in an address is left out without complaint."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import QueryDict

from ..models import LessonPage

SORTS = {
    "new": ("-first_published_at", "-pk"),
    "old": ("first_published_at", "pk"),
    "talk": ("-comment_count", "-first_published_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    communities: tuple[int, ...] = ()
    outcomes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mine: bool = False
    sort: str = "new"

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        languages = dict(settings.LANGUAGES)
        sort = query.get("sort", "")
        return cls(
            communities=tuple(
                int(pk) for pk in query.getlist("community") if pk.isascii() and pk.isdigit() and len(pk) < 10
            ),
            outcomes=tuple(one for one in query.getlist("outcome") if one in LessonPage.Outcome.values),
            languages=tuple(one for one in query.getlist("language") if one in languages),
            tags=tuple(tag for tag in query.getlist("tag") if tag)[:10],
            mine=query.get("mine") == "1",
            sort=sort if sort in SORTS else "new",
        )

    def without(self, *names: str) -> "Filters":
        return replace(self, **{name: getattr(Filters(), name) for name in names})

    def __bool__(self) -> bool:
        return self.without("sort") != Filters()

    def narrow(self, pages: Any, user: Any) -> Any:
        """The pages of this queryset that fit; not sorted yet."""
        if self.communities:
            pages = pages.filter(community__in=self.communities)
        if self.outcomes:
            pages = pages.filter(outcome__in=self.outcomes)
        if self.languages:
            pages = pages.filter(language__in=self.languages)
        if self.tags:
            pages = pages.tagged(self.tags)
        return pages.by(user) if self.mine else pages
