"""One open socket, as the rooms see it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from websockets.frames import Frame, Opcode

QUEUE_MOST = 500
TOO_SLOW = 4013
GONE = 4404

Send = Callable[[dict[str, Any]], Awaitable[None]]
Write = Callable[[bytes], bool]


@lru_cache(maxsize=16)
def wire(text: str) -> bytes:
    """A text frame as it goes to a browser (RFC 6455, unmasked); built once for all who get it."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


class Reader:
    """What is pushed here leaves in order, as fast as the browser takes it; who is too slow is cut off.

    `may_read` is asked again whenever rights may have changed. `write` hands a whole frame to the socket at
    once, or says False; where the server has it, nothing waits for a turn of a task of its own.
    """

    def __init__(
        self,
        key: str,
        user: Any,
        language: str,
        send: Send,
        may_read: Callable[[], Awaitable[bool]],
        write: Write | None = None,
    ) -> None:
        self.key = key
        self.user_id = user.pk
        self.name = user.name
        self.is_guest = user.is_guest
        self.is_nameless = False
        self.language = language
        self.seq = 0
        self.is_live = False
        self._send = send
        self._may_read = may_read
        self._write_now = write
        self._queue: deque[str] = deque()
        self._waiting: list[tuple[int, str]] = []
        self._waking: asyncio.Future[None] | None = None
        self._close_code = 0

    @property
    def is_idle(self) -> bool:
        return not self._queue

    def push(self, text: str) -> None:
        """Send a frame, or queue it behind what waits."""
        if self._write_now and not self._queue and not self._close_code and self._write_now(wire(text)):
            return
        if len(self._queue) >= QUEUE_MOST:
            self.close(TOO_SLOW)
            return
        self._queue.append(text)
        self._wake()

    def event(self, seq: int, text: str) -> None:
        """An event of the room. While the reader catches up it waits; what was caught up with is left out."""
        if not self.is_live:
            self._waiting.append((seq, text))
        elif seq > self.seq:
            self.seq = seq
            self.push(text)

    def go_live(self, seq: int) -> None:
        """Everything up to here was sent; now what came meanwhile."""
        self.seq = seq
        self.is_live = True
        waiting, self._waiting = self._waiting, []
        for number, text in waiting:
            self.event(number, text)

    def pause(self) -> None:
        """The reader asks for what it missed: events wait until that is sent."""
        self.is_live = False

    def close(self, code: int) -> None:
        """Close the socket once what is queued has left; who is too slow gets none of that."""
        self._close_code = self._close_code or code
        if code == TOO_SLOW:
            self._queue.clear()
        self._wake()

    async def check_rights(self) -> None:
        if not await self._may_read():
            self.close(GONE)

    async def write(self) -> None:
        """Send what is queued until the socket is to be closed."""
        loop = asyncio.get_running_loop()
        queue, send = self._queue, self._send
        while True:
            while queue:
                # It leaves the queue when it was sent: until then nothing may overtake it.
                await send({"type": "websocket.send", "text": queue[0]})
                if queue:
                    queue.popleft()
            if self._close_code:
                await send({"type": "websocket.close", "code": self._close_code})
                return
            # A future, and no event: this is done for every frame of every socket.
            self._waking = loop.create_future()
            await self._waking

    def _wake(self) -> None:
        if self._waking is not None and not self._waking.done():
            self._waking.set_result(None)
