"""Who reads along and who is typing: hints, throttled, kept nowhere, and first to go when it gets busy."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from django.utils.crypto import get_random_string

from .frames import frame

if TYPE_CHECKING:
    from .reader import Reader
    from .room import Room

PAUSE_SECONDS = 1.0
SHARE_SECONDS = 10.0
STALE_SECONDS = 25.0
TYPING_SECONDS = 6.0
SHOWN = 8
PROCESS = get_random_string(12)

Share = Callable[[str, dict[str, Any]], Awaitable[None]]


class Presence:
    """The people of one room, here and in other processes."""

    room: "Room"

    def __init__(self, share: Share) -> None:
        self._share = share
        self._nameless = False
        self._here: dict[Reader, tuple[int, str]] = {}
        self._typing: dict[int, float] = {}
        self._elsewhere: dict[str, tuple[float, list[Any], list[int]]] = {}
        self._last: Any = None
        self._shared: Any = None
        self._task: asyncio.Task[None] | None = None

    def came(self, reader: "Reader") -> None:
        self._nameless = reader.is_nameless
        self._here[reader] = (reader.user_id, reader.name)
        self._soon()

    def went(self, reader: "Reader") -> None:
        if self._here.pop(reader, None):
            self._typing.pop(reader.user_id, None)
            self._soon()

    def typing(self, reader: "Reader", on: bool) -> None:
        if reader not in self._here:
            return
        if on:
            self._typing[reader.user_id] = time.monotonic() + TYPING_SECONDS
        else:
            self._typing.pop(reader.user_id, None)
        self._soon()

    def heard(self, message: dict[str, Any]) -> None:
        """What another process says about its readers."""
        if message["process"] != PROCESS:
            self._elsewhere[message["process"]] = (time.monotonic(), message["people"], message["typing"])
            self._soon()

    def end(self) -> None:
        if self._task:
            self._task.cancel()

    def _soon(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        """Say what changed, at most once a second, and to other processes that we are still here."""
        shared_at = 0.0
        while True:
            now = time.monotonic()
            people, typing = self._own(now)
            if (people, typing) != self._shared or now - shared_at > SHARE_SECONDS:
                self._shared, shared_at = (people, typing), now
                await self._share(
                    self.room.key, {"process": PROCESS, "people": people[: SHOWN * 2], "typing": typing}
                )
            self._say(now, people, typing)
            await asyncio.sleep(PAUSE_SECONDS)

    def _own(self, now: float) -> tuple[list[Any], list[int]]:
        self._typing = {pk: until for pk, until in self._typing.items() if until > now}
        people = sorted(dict(self._here.values()).items(), key=lambda one: one[1])
        return [list(one) for one in people], sorted(self._typing)

    def _say(self, now: float, people: list[Any], typing: list[int]) -> None:
        self._elsewhere = {
            process: heard for process, heard in self._elsewhere.items() if now - heard[0] < STALE_SECONDS
        }
        everybody: dict[int, str] = dict(people)
        busy = set(typing)
        for _at, others, typists in self._elsewhere.values():
            everybody |= dict(others)
            busy |= set(typists)
        said = (
            sorted(everybody.items(), key=lambda one: one[1])[:SHOWN],
            len(everybody),
            sorted(busy)[:SHOWN],
        )
        if said == self._last:
            return
        self._last = said
        shown, total, typists = said
        full = frame("presence", people=shown, total=total, typing=typists)
        # Guests meet only the people of their own communities: they are told how many, not who.
        count = frame("presence", people=[], total=total, typing=[])
        for reader in list(self.room.readers):
            if reader.is_idle:
                reader.push(count if reader.is_guest or self._nameless else full)
