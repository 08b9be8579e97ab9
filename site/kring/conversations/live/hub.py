"""The readers of this process: one subscription a process and conversation, handed on to its sockets.

A member of a group for each socket would cost a queue and a wake-up each; see docs/live.md for the figures.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from channels.layers import get_channel_layer

from .frames import CONTROL, frame, group_of, newest
from .presence import Presence
from .reader import Reader
from .room import Room
from .threads import in_thread

log = structlog.get_logger("kring.live")
BEAT_SECONDS = 3.0
RETRY_SECONDS = 1.0
_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, "Hub"] = WeakKeyDictionary()


def current() -> "Hub":
    """The hub of the running loop, made when first asked for."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def languages_in(key: str) -> set[str]:
    """The languages of those who read along in this process; may be asked from any thread."""
    rooms = [one.rooms[key] for one in list(_hubs.values()) if key in one.rooms]
    return {language for room in rooms for language, count in list(room.languages.items()) if count}


class Hub:
    """Rooms by the key of their conversation. Everything here runs on one loop."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.layer: Any = get_channel_layer()
        self.channel = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self._entering = asyncio.Lock()

    def windows_of(self, user_id: int) -> int:
        """How many sockets of this person are in rooms here."""
        return sum(reader.user_id == user_id for room in self.rooms.values() for reader in room.readers)

    async def enter(self, reader: Reader) -> Room:
        """Put the reader in the room, opened for the first. Nothing that happens from now is missed."""
        async with self._entering:
            if not self.channel:
                await self._begin()
            room = self.rooms.get(reader.key)
            if room is None:
                room = Room(reader.key, Presence(self._share))
                self.rooms[reader.key] = room
                await self.layer.group_add(group_of(reader.key), self.channel)
                room.seq = (await in_thread(newest, [reader.key]))[reader.key]
        room.readers.add(reader)
        room.languages[reader.language] += 1
        room.presence.came(reader)
        return room

    async def leave(self, reader: Reader) -> None:
        """Take the reader out; the last one closes the room, and the last room everything else."""
        room = self.rooms.get(reader.key)
        if room is None or reader not in room.readers:
            return
        room.readers.discard(reader)
        room.languages[reader.language] -= 1
        room.presence.went(reader)
        async with self._entering:
            if not room.readers and self.rooms.get(reader.key) is room:
                del self.rooms[reader.key]
                room.presence.end()
                await self._quietly(self.layer.group_discard(group_of(reader.key), self.channel))
            if not self.rooms:
                await self._end()

    async def _begin(self) -> None:
        self.channel = await self.layer.new_channel("talk")
        await self.layer.group_add(CONTROL, self.channel)
        for work in (self._listen(), self._beat()):
            self.start(work)

    async def _end(self) -> None:
        tasks, self._tasks = self._tasks, set()
        channel, self.channel = self.channel, ""
        for task in tasks:
            task.cancel()
        await self._quietly(self.layer.group_discard(CONTROL, channel))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this beside everything else, and see it through."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except Exception as error:
            log.warning("the channel layer did not answer", error=repr(error))

    async def _listen(self) -> None:
        """Hand on what the layer brings. While it is away, the beat brings what was said."""
        while True:
            try:
                message = await self.layer.receive(self.channel)
            except Exception as error:
                log.warning("the channel layer is away and is tried again", error=repr(error))
                await asyncio.sleep(RETRY_SECONDS)
                await self._quietly(self._join_again())
                continue
            self._handle(message)

    async def _join_again(self) -> None:
        for group in [CONTROL, *map(group_of, self.rooms)]:
            await self.layer.group_add(group, self.channel)

    def _handle(self, message: dict[str, Any]) -> None:
        if message["type"] == "recheck":
            self.start(self._recheck(set(message["users"])))
            return
        room = self.rooms.get(message["key"])
        if room is None:
            return
        if message["type"] == "presence":
            room.presence.heard(message)
        elif not room.take(message["seq"], message["texts"]):
            self.start(room.heal_soon())

    async def _recheck(self, user_ids: set[int]) -> None:
        for room in list(self.rooms.values()):
            for reader in list(room.readers):
                if not user_ids or reader.user_id in user_ids:
                    await reader.check_rights()

    async def _beat(self) -> None:
        """Say the newest number, so that who missed something notices; and look who lost their rights."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                seqs = await in_thread(newest, list(self.rooms))
                for key, seq in seqs.items():
                    room = self.rooms.get(key)
                    if room is not None:
                        await room.heal(seq)
                        room.hand(frame("beat", seq=room.seq))
            except Exception as error:
                log.warning("a beat was missed", error=repr(error))

    async def _share(self, key: str, message: dict[str, Any]) -> None:
        """Tell the other processes who is in a room here."""
        shared = {"type": "presence", "key": key, **message}
        await self._quietly(self.layer.group_send(group_of(key), shared))
