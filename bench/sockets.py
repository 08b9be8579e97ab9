"""Many browsers' ends of sockets in one process, as cheap as can be, so that the server is measured."""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

OnText = Callable[["Socket", bytes], None]


class Socket(asyncio.Protocol):
    """Reads unmasked text frames, and writes masked ones."""

    def __init__(self, url: str, headers: dict[str, str], on_text: OnText) -> None:
        self.url, self.headers, self.on_text = urlsplit(url), headers, on_text
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[None] = loop.create_future()
        self.heard = 0
        self._buffer = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        lines = [
            f"GET {self.url.path} HTTP/1.1",
            f"Host: {self.url.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.opened.done():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.opened.set_exception(RuntimeError(head.decode("latin-1").split("\r\n")[0]))
                self.transport.close()
                return
            self._buffer = rest
            self.opened.set_result(None)
        self._read_frames()

    def _read_frames(self) -> None:
        buffer, at, size = self._buffer, 0, len(self._buffer)
        while size - at >= 2:
            kind, length, head = buffer[at] & 15, buffer[at + 1] & 127, 2
            if length == 126:
                head = 4
            elif length == 127:
                head = 10
            if size - at < head:
                break
            if head > 2:
                length = int.from_bytes(buffer[at + 2 : at + head], "big")
            if size - at < head + length:
                break
            payload = buffer[at + head : at + head + length]
            at += head + length
            self._take(kind, payload)
        self._buffer = buffer[at:]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == 1:
            self.heard += 1
            self.on_text(self, payload)
        elif kind == 9:
            self._write(10, payload)
        elif kind == 8:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionError("closed"))
        if not self.closed.done():
            self.closed.set_result(None)

    def say(self, text: str) -> None:
        self._write(1, text.encode())

    def _write(self, kind: int, payload: bytes) -> None:
        length = len(payload)
        head = bytes([128 | kind])
        if length < 126:
            head += bytes([128 | length])
        elif length < 65536:
            head += bytes([128 | 126]) + struct.pack(">H", length)
        else:
            head += bytes([128 | 127]) + struct.pack(">Q", length)
        # A mask of zeros is a mask, and costs nothing.
        self.transport.write(head + b"\0\0\0\0" + payload)


async def open_socket(url: str, headers: dict[str, str], on_text: OnText) -> Socket:
    """Raises when it is refused."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    _transport, socket = await loop.create_connection(
        lambda: Socket(url, headers, on_text), parts.hostname, parts.port
    )
    await asyncio.wait_for(socket.opened, 60)
    return socket
