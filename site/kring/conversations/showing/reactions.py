"""What people think of a comment, or of the thing itself, in a word each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.people.models import Distance

from ..models import Comment, Reaction
from ..permissions import can_react

ICONS = {Reaction.Kind.THANKS: "thanks", Reaction.Kind.AGREE: "plus", Reaction.Kind.SAME: "person"}
NAMED = 5


@dataclass(frozen=True, slots=True)
class Given:
    """One kind of reaction to one thing, as this reader sees it."""

    kind: str
    label: str
    icon: str
    count: int = 0
    names: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Reactions:
    """All kinds on one thing. `neutral`: for everybody who reads along, without whose they are."""

    url: str
    may: bool
    given: list[Given]
    neutral: bool = False

    @property
    def shown(self) -> bool:
        return self.may or self.neutral or any(one.count for one in self.given)


def labels_of(asks: bool) -> dict[str, str]:
    if asks:
        return {"thanks": _("Good question"), "same": _("I have this too")}
    return {"thanks": _("Thanks"), "agree": _("I agree"), "same": _("Same here")}


def reactions_on(comments: list[Comment], user: Any, target: Any) -> dict[int, Reactions]:
    """Primary key of a comment to what people think of it. Three queries for any number of comments.

    `user` None: for everybody at once.
    """
    rows = Reaction.objects.filter(comment__in=[comment.pk for comment in comments])
    seen = Seen(rows, user)
    return {
        comment.pk: Reactions(
            url=reverse("comment_react", args=[comment.pk]),
            may=user is not None and can_react(user, target, comment, reads=True),
            given=seen.given(comment.pk, labels_of(asks=False)),
            neutral=user is None,
        )
        for comment in comments
    }


class Seen:
    """Counts, names and the reader's own, of all these reactions."""

    def __init__(self, rows: Any, user: Any) -> None:
        self.counts = rows.counts()
        self.mine: set[tuple[int | None, str]] = set()
        self.names: dict[tuple[int | None, str], list[str]] = {}
        if user is None or not self.counts:
            return
        self.mine = set(rows.filter(user=user.pk).values_list("comment_id", "kind"))
        away = Distance.objects.filter(user=user.pk).values("other")
        for row in rows.exclude(user__in=away).first_of_each(NAMED):
            self.names.setdefault((row.comment_id, row.kind), []).append(row.user.name)

    def given(self, about: int | None, labels: dict[str, str]) -> list[Given]:
        return [
            Given(
                kind=kind,
                label=label,
                icon=ICONS[Reaction.Kind(kind)],
                count=self.counts.get((about, kind), 0),
                names=self._named(about, kind),
                mine=(about, kind) in self.mine,
            )
            for kind, label in labels.items()
        ]

    def _named(self, about: int | None, kind: str) -> str:
        """ "Tom, Ruth and 3 others"."""
        names = self.names.get((about, kind), [])
        others = self.counts.get((about, kind), 0) - len(names)
        if not names or others <= 0:
            return ", ".join(names)
        words = ngettext("%(names)s and %(others)d other", "%(names)s and %(others)d others", others)
        return words % {"names": ", ".join(names), "others": others}
