"""python -m bench.drills: kill a process in the middle of posting, and count what is there afterwards.

Several people post over sockets; each sends again what was not acknowledged, with the same number, as a
browser does. In the middle the web process with its task worker is killed and started again, and Redis
where --database-url names a PostgreSQL. Nothing acknowledged may be missing, and nothing be there twice.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench.live import SECRET, prepare
from bench.running import Server, free_port, site
from bench.sockets import Socket, open_socket
from bench.table import show

RETRY_SECONDS = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--database-url", default="", help="PostgreSQL, for the drill with Redis")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = [drill("web process and worker", {}, options, kill_site)]
    if options.database_url and shutil.which("redis-server"):
        for victim in ("Redis", "task worker"):
            with fresh_database(options.database_url) as url:
                rows.append(with_redis(options, victim, url))
    columns = ["killed", "sent", "acknowledged", "stored", "lost", "doubled", "whole again s"]
    show(f"Killed in the middle of {options.posts} posts", columns, rows, options.json)


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """One of its own beside the one that is named, which goes afterwards."""
    import psycopg

    name = f"drill_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def with_redis(options: argparse.Namespace, victim: str, database_url: str) -> list[Any]:
    """On PostgreSQL and Redis, with a task worker of its own; one of the two is killed and started again."""
    port = free_port()
    env = {
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "DATABASE_URL": database_url,
        "KRING_WORKER_IN_WEB": "0",
    }
    starts = {"Redis": lambda: start_redis(port), "task worker": lambda: start_worker(env)}
    running = {name: start() for name, start in starts.items()}

    def kill(server: Server, again: Any) -> Server:
        running[victim].send_signal(signal.SIGKILL)
        running[victim].wait()
        time.sleep(1)
        running[victim] = starts[victim]()
        return server

    try:
        return drill(victim, env, options, kill)
    finally:
        for process in running.values():
            process.terminate()


def start_worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    own = {
        "KRING_DATA": tempfile.mkdtemp(prefix="kring-worker-"),
        "SECRET_KEY": SECRET,
        "DJANGO_SETTINGS_MODULE": "kring.settings.production",
        "PYTHONPATH": os.pathsep.join(["site", "."]),
    }
    command = [sys.executable, "-m", "django", "run_worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=os.environ | own | env, **quiet)


def start_redis(port: int) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    found = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    time.sleep(0.5)
    return found


def kill_site(server: Server, again: Any) -> Server:
    server.kill()
    return again()


def drill(name: str, env: dict[str, str], options: argparse.Namespace, kill: Any) -> list[Any]:
    env = env | {"KRING_DATA": tempfile.mkdtemp(prefix="kring-drill-"), "SECRET_KEY": SECRET}
    world = prepare(env)
    server = site(env)
    port = server.port
    crowd = Posters(world, port, options)
    loop = asyncio.new_event_loop()
    posting = loop.create_task(crowd.run())

    async def work() -> None:
        nonlocal server
        while len(crowd.acknowledged) < options.posts // 2:
            await asyncio.sleep(0.05)
        server = await asyncio.to_thread(kill, server, lambda: site(env, port))
        crowd.killed_at = time.monotonic()
        await posting

    try:
        loop.run_until_complete(work())
    finally:
        server.stop()
    stored = stored_texts(env, world["room"])
    doubled = len(stored) - len(set(stored))
    lost = len(crowd.acknowledged - set(stored))
    healed = crowd.whole_at - crowd.killed_at
    return [name, options.posts, len(crowd.acknowledged), len(stored), lost, doubled, healed]


def stored_texts(env: dict[str, str], room: int) -> list[str]:
    """What the database holds of what was posted, read by a process of its own."""
    program = (
        "import django; django.setup()\n"
        "import json\n"
        "from kring.conversations.models import Comment\n"
        f"found = Comment.objects.filter(object_pk='{room}').values_list('comment', flat=True)\n"
        "print(json.dumps(list(found)))"
    )
    command_env = os.environ | env | {"PYTHONPATH": os.pathsep.join(["site", "."])}
    command_env.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings.production")
    done = subprocess.run(
        [sys.executable, "-c", program], env=command_env, check=True, capture_output=True, text=True
    )
    return [text.strip() for text in json.loads(done.stdout.splitlines()[-1])]


class Posters:
    """People who post in turn, each again until it is acknowledged, and a reader who wants to hear it all."""

    def __init__(self, world: dict[str, Any], port: int, options: argparse.Namespace) -> None:
        self.world, self.port, self.options = world, port, options
        self.acknowledged: set[str] = set()
        self.heard: set[int] = set()
        self.seq = 0
        self.killed_at = self.whole_at = 0.0
        self.path = f"/ws/conversations/discussion-{world['room']}/"

    async def run(self) -> None:
        share = self.options.posts // self.options.people
        people = [self.post(index, share) for index in range(self.options.people)]
        reading = asyncio.create_task(self.read())
        await asyncio.gather(*people)
        until = time.monotonic() + 30
        while len(self.heard) < self.seq and time.monotonic() < until:
            await asyncio.sleep(0.05)
        reading.cancel()

    async def connect(self, index: int, on_text: Any) -> Socket:
        headers = {"Cookie": self.world["cookies"][index], "Origin": f"http://127.0.0.1:{self.port}"}
        while True:
            try:
                socket = await open_socket(f"ws://127.0.0.1:{self.port}{self.path}", headers, on_text)
            except (OSError, RuntimeError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            socket.say(json.dumps({"type": "hello", "after": self.seq if index == 0 else 10**9}))
            return socket

    async def post(self, index: int, share: int) -> None:
        answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

        def on_text(socket: Socket, text: bytes) -> None:
            if b'"type":"ack"' in text or b'"type":"error"' in text:
                answers.put_nowait(json.loads(text))

        socket = await self.connect(index, on_text)
        for number in range(share):
            body, client_id = f"Word {number} of {index}", f"drill-{index:04d}-{number:04d}"
            while body not in self.acknowledged:
                if socket.closed.done():
                    socket = await self.connect(index, on_text)
                socket.say(json.dumps({"type": "post", "client_id": client_id, "body": body}))
                try:
                    answer = await asyncio.wait_for(answers.get(), RETRY_SECONDS)
                except TimeoutError:
                    continue
                if answer["type"] == "ack" and answer["client_id"] == client_id:
                    self.acknowledged.add(body)
                    self.seq = max(self.seq, answer["seq"])
                elif answer["type"] == "error":
                    await asyncio.sleep(answer.get("retry_after", 0.2))

    async def read(self) -> None:
        """A browser that reads along through it all."""

        def on_text(socket: Socket, text: bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "event":
                self.heard.add(frame["seq"])
                if (
                    self.killed_at
                    and not self.whole_at
                    and frame["seq"] == max(self.heard) == len(self.heard)
                ):
                    self.whole_at = time.monotonic()

        while True:
            socket = await self.connect_reader(on_text)
            await socket.closed

    async def connect_reader(self, on_text: Any) -> Socket:
        headers = {"Cookie": self.world["cookies"][0], "Origin": f"http://127.0.0.1:{self.port}"}
        while True:
            try:
                socket = await open_socket(f"ws://127.0.0.1:{self.port}{self.path}", headers, on_text)
            except (OSError, RuntimeError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            after = 0
            while after + 1 in self.heard:
                after += 1
            socket.say(json.dumps({"type": "hello", "after": after}))
            return socket


if __name__ == "__main__":
    main()
