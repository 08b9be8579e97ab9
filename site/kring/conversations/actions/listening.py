"""Who may want to hear what is said about one thing, each asked of the database once for several comments."""

from functools import cached_property
from typing import Any

from django.db.models import Min

from kring.people.models import User

from ..models import Comment, Following, Seal
from ..permissions import target_of
from .sealing import people_in

MOST_TOLD = 500


class Listeners:
    """Of one conversation, as it is now."""

    def __init__(self, target: Any, conversation_id: int) -> None:
        self.target = target
        self.conversation_id = conversation_id
        self._took_part: dict[int, dict[User, int]] = {}
        self._anonymous: dict[int, list[User]] = {}
        self._wants: dict[tuple[User, str], bool] = {}

    @cached_property
    def authors(self) -> list[User]:
        return list(target_of(self.target).authors(self.target))

    @cached_property
    def followers(self) -> list[User]:
        wanted = self._followings(Following.State.FOLLOW).select_related("user")
        return [row.user for row in wanted[:MOST_TOLD]]

    @cached_property
    def muted(self) -> set[int]:
        return set(self._followings(Following.State.MUTE).values_list("user", flat=True))

    def before(self, comment: Comment, thread: int) -> list[User]:
        """Who wrote before this, in its thread; or anywhere in the conversation where `thread` is 0."""
        if thread not in self._took_part:
            self._took_part[thread] = self._who_wrote(thread)
        return [user for user, seq in self._took_part[thread].items() if seq < comment.seq]

    def keep(self, reasons: dict[User, str]) -> dict[User, str]:
        """Those of them who may read it and want to hear of it for that reason."""
        new = {user: why for user, why in reasons.items() if (user, why) not in self._wants}
        if new:
            kept = kept_of(self.target, new)
            self._wants.update({(user, why): kept.get(user) == why for user, why in new.items()})
        return {user: why for user, why in reasons.items() if self._wants[user, why]}

    @cached_property
    def everything(self) -> dict[User, str]:
        """Who hears of everything here, and why, besides those who have a reason of their own."""
        return kept_of(self.target, {})

    def anonymous(self, thread: int) -> list[User]:
        """Who wrote anonymously in this thread, or anywhere here where it is 0, or the thing itself."""
        if thread not in self._anonymous:
            self._anonymous[thread] = self._who_hid(thread)
        return self._anonymous[thread]

    def _who_hid(self, thread: int) -> list[User]:
        said = Comment.objects.filter(conversation=self.conversation_id, is_anonymous=True).order_by()
        if thread:
            said = said.filter(thread_id=thread)
        found = list(Seal.objects.of_comments().filter(object_id__in=said.values("pk"))[:MOST_TOLD])
        if getattr(self.target, "is_anonymous", False):
            found += list(Seal.objects.about(self.target))
        numbers = people_in(found)
        return list(User.objects.filter(pk__in=numbers, is_active=True)) if numbers else []

    def _who_wrote(self, thread: int) -> dict[User, int]:
        """Person to the number of the first thing they said."""
        said = Comment.objects.present().filter(conversation=self.conversation_id, user__is_active=True)
        if thread:
            said = said.filter(thread_id=thread)
        # Two queries: as one, PostgreSQL may look at every person for every comment.
        rows = said.order_by().values_list("user").annotate(first=Min("seq"))[:MOST_TOLD]
        first = dict(rows)
        return {user: first[user.pk] for user in User.objects.filter(pk__in=list(first))}

    def _followings(self, state: str) -> Any:
        return Following.objects.filter(conversation=self.conversation_id, state=state)


def kept_of(target: Any, reasons: dict[User, str]) -> dict[User, str]:
    """Those of them who may read it and want to hear of it; members who want everything may be added."""
    entry = target_of(target)
    if entry.keep:
        return entry.keep(target, reasons)
    return {user: why for user, why in reasons.items() if user.is_active and entry.can_read(user, target)}
