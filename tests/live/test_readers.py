"""What is pushed to a reader leaves in its order, whether the server has the short way or not."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from websockets.frames import Frame, Opcode

from kring.conversations.live.reader import QUEUE_MOST, TOO_SLOW, Reader

SOMEBODY = SimpleNamespace(pk=1, name="Femke", is_guest=False)


class Line:
    """The server's end: what left by the short way and by send(), and whether either is free."""

    def __init__(self):
        self.left = []
        self.free = True
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    def write(self, frame):
        if self.free:
            self.left.append(frame)
        return self.free

    async def send(self, message):
        await self.may_go_on.wait()
        self.left.append(message.get("text", message.get("code")))


def reader_on(line, write):
    async def may_read():
        return True

    return Reader("discussion-1", SOMEBODY, "en", line.send, may_read, write)


def framed(text):
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


async def turns():
    for _ in range(5):
        await asyncio.sleep(0)


def test_what_can_go_goes_at_once_as_a_whole_frame():
    async def scene():
        line = Line()
        reader = reader_on(line, line.write)
        said = ["short", "é" * 100, json.dumps({"body": "x" * 70_000})]
        for text in said:
            reader.push(text)
        assert line.left == [framed(text) for text in said]
        assert reader.is_idle

    asyncio.run(scene())


def test_without_the_short_way_all_goes_through_send():
    async def scene():
        line = Line()
        reader = reader_on(line, None)
        for text in "abc":
            reader.push(text)
        writing = asyncio.create_task(reader.write())
        await turns()
        assert line.left == ["a", "b", "c"]
        writing.cancel()

    asyncio.run(scene())


def test_nothing_overtakes_what_waits():
    async def scene():
        line = Line()
        reader = reader_on(line, line.write)
        writing = asyncio.create_task(reader.write())
        line.free = False
        line.may_go_on.clear()
        reader.push("a")
        await turns()
        # The first is on its way; the short way is free again before it has left.
        line.free = True
        reader.push("b")
        await turns()
        assert line.left == []
        assert not reader.is_idle
        line.may_go_on.set()
        await turns()
        reader.push("c")
        assert line.left == ["a", "b", framed("c")]
        assert reader.is_idle
        writing.cancel()

    asyncio.run(scene())


@pytest.mark.parametrize("short", [True, False])
def test_who_is_too_slow_is_cut_off(short):
    async def scene():
        line = Line()
        reader = reader_on(line, line.write if short else None)
        writing = asyncio.create_task(reader.write())
        line.free = False
        line.may_go_on.clear()
        for number in range(QUEUE_MOST + 1):
            reader.push(str(number))
        await turns()
        line.free = True
        reader.push("later")
        line.may_go_on.set()
        await writing
        assert line.left[-1] == TOO_SLOW
        assert framed("later") not in line.left

    asyncio.run(scene())
