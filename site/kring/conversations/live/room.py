"""One conversation that is read along in this process."""

import asyncio
from collections import Counter
from typing import Any

from .frames import events_after, frame, target_with, texts_of
from .presence import Presence
from .reader import Reader
from .threads import in_thread

PATIENCE_SECONDS = 0.2


class Room:
    """Hands events to its readers in their order, each once.

    What comes too early waits for what is missing; what doesn't come is read from the database.
    """

    def __init__(self, key: str, presence: Presence) -> None:
        self.key = key
        self.presence = presence
        presence.room = self
        self.readers: set[Reader] = set()
        self.languages: Counter[str] = Counter()
        self.seq = 0
        self._early: dict[int, dict[str, str]] = {}
        self._healing = asyncio.Lock()

    def take(self, seq: int, texts: dict[str, str]) -> bool:
        """An event arrived; False when one before it is missing."""
        if seq > self.seq:
            self._early[seq] = texts
        while self.seq + 1 in self._early:
            self.seq += 1
            self._tell(self.seq, self._early.pop(self.seq))
        return not self._early

    def _tell(self, seq: int, texts: dict[str, str]) -> None:
        for reader in list(self.readers):
            # It is not rendered for the language of one who came later: they have it from the database.
            reader.event(seq, texts.get(reader.language, ""))

    def hand(self, text: str, *, hint: bool = False) -> None:
        """The same to everybody. A hint is left out for who is slow."""
        for reader in list(self.readers):
            if not hint or reader.is_idle:
                reader.push(text)

    async def heal_soon(self) -> None:
        """Messages of two processes may overtake each other: a moment later the gap may be closed."""
        await asyncio.sleep(PATIENCE_SECONDS)
        if self._early:
            await self.heal(max(self._early))

    async def heal(self, upto: int) -> None:
        """Fetch what is missing up to this number."""
        async with self._healing:
            if upto <= self.seq:
                return
            missed = await in_thread(self._missed, self.seq)
            if missed is None:
                self._early.clear()
                self.seq = upto
                self.hand(frame("reset"))
            else:
                for seq, texts in missed:
                    self.take(seq, texts)

    def _missed(self, after: int) -> list[tuple[int, dict[str, str]]] | None:
        target: Any = target_with(self.key)
        events = events_after(target, after) if target is not None else []
        return None if events is None else [(event.seq, texts_of(event, target)) for event in events]
