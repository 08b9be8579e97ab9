"""python -m bench.live: how quickly what is said reaches a room, and whether anything is lost.

A thousand sockets in one room, beside websockets' own broadcast and a Channels group with as many sockets and
messages as long in the same run; and the pages of conversations of 100 and of 10,000 comments. Two web
processes on Redis and PostgreSQL are measured where --redis-url and --database-url name them.
bench.drills kills processes in the middle of posting.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.running import Server, peer, site
from bench.sockets import Socket, open_socket
from bench.table import show

MARK = b"sent-"
SECRET = "a key for benchmarks only, which has fifty characters and some"
Row = list[Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rate", type=float, default=10, help="messages a second")
    parser.add_argument("--redis-url", default="")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    env = {"KRING_DATA": tempfile.mkdtemp(prefix="kring-bench-"), "SECRET_KEY": SECRET}
    world = prepare(env)
    servers = [site(env)]
    pages = open_pages(servers[0], world)
    rows += asyncio.run(measure("Kring, in memory", servers, world, options))
    stop(servers)
    if options.redis_url and options.database_url:
        env |= {"DATABASE_URL": options.database_url, "REDIS_URL": options.redis_url}
        world = prepare(env)
        servers = [site(env), site(env | {"KRING_WORKER_IN_WEB": "0"})]
        rows += asyncio.run(measure("Kring, two processes, Redis", servers, world, options))
        stop(servers)
        rows += beside("echo", "Channels group, Redis", options, {"REDIS_URL": options.redis_url})
    rows += beside("echo", "Channels group, in memory", options)
    rows += beside("broadcast", "websockets broadcast", options)
    title = f"{options.sockets} sockets in one room"
    columns = ["server", "p50 ms", "p95 ms", "frames/s at most", "× broadcast"]
    most = rows[-1][-1]
    show(title, columns, [[*row, row[-1] / most] for row in rows], options.json)
    show("Opening a conversation", ["page", "median ms", "× the first"], pages, options.json)


def prepare(env: dict[str, str]) -> dict[str, Any]:
    """A database with people, sessions and discussions."""
    command = [sys.executable, "-m", "bench.livesite", "60"]
    paths = os.pathsep.join(["site", "."])
    done = subprocess.run(
        command, env=os.environ | env | {"PYTHONPATH": paths}, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def stop(servers: list[Server]) -> None:
    for server in servers:
        server.stop()


class Crowd:
    """Sockets that note when each marked message arrives."""

    def __init__(self) -> None:
        self.sockets: list[Socket] = []
        self.sent: dict[bytes, float] = {}
        self.last: dict[bytes, float] = {}
        self.count: dict[bytes, int] = {}
        self.heard = 0

    def hear(self, socket: Socket, text: bytes) -> None:
        at = text.find(MARK)
        if at < 0:
            return
        self.heard += 1
        mark = text[at : at + 13]
        self.last[mark] = time.perf_counter()
        self.count[mark] = self.count.get(mark, 0) + 1

    async def open(self, urls: list[str], headers: list[dict[str, str]], count: int) -> None:
        for start in range(0, count, 50):
            wanted = range(start, min(start + 50, count))
            opening = [open_socket(urls[n % len(urls)], headers[n % len(headers)], self.hear) for n in wanted]
            self.sockets += await asyncio.gather(*opening)

    def close(self) -> None:
        for socket in self.sockets:
            socket.transport.close()


async def measure(name: str, servers: list[Server], world: dict[str, Any], options: Any) -> list[Row]:
    """Post at the wanted rate, then as fast as the site takes it."""
    crowd = Crowd()
    path = f"/ws/conversations/discussion-{world['room']}/"
    urls = [f"ws://{server.address}{path}" for server in servers]
    for part, url in enumerate(urls):
        headers = [
            {"Cookie": cookie, "Origin": url.replace("ws:", "http:").removesuffix(path)}
            for cookie in world["cookies"][part :: len(urls)]
        ]
        await crowd.open([url], headers, options.sockets // len(urls))
    for socket in crowd.sockets:
        socket.say('{"type":"hello","after":0}')
    await welcomed(crowd)

    def post(number: int) -> None:
        mark = MARK + f"{number:08d}".encode()
        crowd.sent[mark] = time.perf_counter()
        body = f"{mark.decode()} {'words ' * 20}"
        fields = {"type": "post", "client_id": f"client-{number:08d}", "body": body}
        crowd.sockets[number % len(crowd.sockets)].say(json.dumps(fields))

    return [[name, *await drive(crowd, post, options, flood=150)]]


async def welcomed(crowd: Crowd) -> None:
    """Until each of them was answered, and the server has done what it does for those who come."""
    until = time.monotonic() + 60
    while not all(socket.heard for socket in crowd.sockets) and time.monotonic() < until:
        await asyncio.sleep(0.2)
    await asyncio.sleep(6)


async def drive(crowd: Crowd, post: Any, options: Any, flood: int) -> list[float]:
    """Median and 95th percentile from sending to the last receipt in ms, and frames a second at most."""
    total = int(options.rate * options.seconds)
    for number in range(total):
        post(number)
        await asyncio.sleep(1 / options.rate)
    await settle(crowd, total)
    took = sorted((crowd.last[mark] - at) * 1000 for mark, at in crowd.sent.items() if mark in crowd.last)
    before, start = crowd.heard, time.perf_counter()
    for number in range(total, total + flood):
        post(number)
    await settle(crowd, flood, before)
    rate = (crowd.heard - before) / (max(crowd.last.values()) - start)
    crowd.close()
    return [statistics.median(took), took[int(len(took) * 0.95)], rate]


async def settle(crowd: Crowd, messages: int, before: int = 0) -> None:
    """Until everybody has heard everything, or nothing comes any more."""
    wanted, quiet, seen = messages * len(crowd.sockets) + before, 0, -1
    while crowd.heard < wanted and quiet < 50:
        quiet = quiet + 1 if crowd.heard == seen else 0
        seen = crowd.heard
        await asyncio.sleep(0.1)
    if crowd.heard < wanted:
        print(f"{wanted - crowd.heard} of {wanted} receipts did not come", file=sys.stderr)


def beside(kind: str, name: str, options: Any, env: dict[str, str] | None = None) -> list[Row]:
    server = peer(kind, env)
    row = asyncio.run(measure_peer(server, options))
    server.stop()
    return [[name, *row]]


async def measure_peer(server: Server, options: Any) -> list[float]:
    crowd = Crowd()
    await crowd.open([f"ws://{server.address}/"], [{}], options.sockets)
    filling = "x" * FRAME_BYTES

    def post(number: int) -> None:
        mark = MARK + f"{number:08d}".encode()
        crowd.sent[mark] = time.perf_counter()
        crowd.sockets[number % len(crowd.sockets)].say(mark.decode() + filling)

    return await drive(crowd, post, options, flood=150)


# About what a comment of twenty words is as a frame of the site.
FRAME_BYTES = 5_000


def open_pages(server: Server, world: dict[str, Any]) -> list[Row]:
    """Median time of the page of a conversation, long and short, one after the other in turn."""
    import urllib.request

    times: dict[str, list[float]] = {name: [] for name in world["pages"]}
    for _ in range(12):
        for name, path in world["pages"].items():
            request = urllib.request.Request(
                f"http://{server.address}{path}", headers={"Cookie": world["cookies"][0]}
            )
            start = time.perf_counter()
            with urllib.request.urlopen(request) as answer:
                answer.read()
            times[name].append((time.perf_counter() - start) * 1000)
    medians = {name: statistics.median(taken[2:]) for name, taken in times.items()}
    first = next(iter(medians.values()))
    return [[name, value, value / first] for name, value in medians.items()]


if __name__ == "__main__":
    main()
