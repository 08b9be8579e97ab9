"""python -m bench.peers.broadcast PORT: whatever one socket says, every socket hears; nothing else.

websockets' own server and broadcast(), as its documentation shows it.
"""

import asyncio
import sys
from typing import Any

from websockets.asyncio.server import broadcast, serve

everybody: set[Any] = set()


async def talk(socket: Any) -> None:
    everybody.add(socket)
    try:
        async for message in socket:
            broadcast(everybody, message)
    finally:
        everybody.discard(socket)


async def main(port: int) -> None:
    async with serve(talk, "127.0.0.1", port, compression=None, max_size=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
