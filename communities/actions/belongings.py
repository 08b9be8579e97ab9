"""What a community holds, in numbers; and what other apps keep in it and know how to move."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import ngettext

from kring.people.models import User

from ..models import CommunityPage, Discussion, Membership


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that stands in communities.

    words: says how much of it a community holds: ["3 lessons", "1 article"], what is not there left out.
    move: gets (source, target, by) and brings all of it over, in the caller's transaction.
    """

    key: str
    words: Callable[[CommunityPage], list[str]]
    move: Callable[[CommunityPage, CommunityPage, User], None]
    order: int = 0


_belongings: dict[str, Belonging] = {}


def register_belonging(belonging: Belonging) -> None:
    """Say what your app keeps in communities. Apps call it in AppConfig.ready()."""
    _belongings[belonging.key] = belonging


def belongings() -> list[Belonging]:
    return sorted(_belongings.values(), key=lambda one: (one.order, one.key))


def contents_of(community: CommunityPage) -> list[str]:
    """Members, discussions and what other apps keep, each as "12 members"; what is not there, left out."""
    members = Membership.objects.active().filter(community=community).count()
    talk = Discussion.objects.standing().filter(community=community).count()
    found = []
    if members:
        found.append(ngettext("%(count)d member", "%(count)d members", members) % {"count": members})
    if talk:
        words = ngettext("%(count)d question or discussion", "%(count)d questions and discussions", talk)
        found.append(words % {"count": talk})
    return found + [words for one in belongings() for words in one.words(community)]
