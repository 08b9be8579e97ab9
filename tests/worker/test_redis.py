"""Messages and cache between processes, on a real Redis: that of TEST_REDIS_URL, or one of our own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60

LISTENS = """
import asyncio, django
django.setup()
from channels.layers import get_channel_layer
from django.core.cache import cache

async def listen():
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add("answers", channel)
    await asyncio.to_thread(cache.set, "listening", True, 60)
    print((await asyncio.wait_for(layer.receive(channel), 50))["text"])

asyncio.run(listen())
"""
SENDS = """
import time, django
django.setup()
from django.core.cache import cache
from kring.worker.live import send_to_group

while not cache.get("listening"):
    time.sleep(0.05)
send_to_group("answers", {"type": "answer", "text": "from another process"})
"""


@pytest.fixture
def redis_url(tmp_path):
    given = os.environ.get("TEST_REDIS_URL")
    server = shutil.which("redis-server")
    if given:
        yield given
        return
    if server is None:
        pytest.skip("Redis: no redis-server on this machine, and TEST_REDIS_URL is not set")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen([server, *options], stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE_SECONDS
    while socket.socket().connect_ex(("127.0.0.1", port)):
        assert time.monotonic() < end, "redis-server did not start"
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


def test_a_message_from_one_process_reaches_another(redis_url, tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "kring.settings.test",
        "KRING_DATA": str(tmp_path),
        "REDIS_URL": redis_url,
        "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("site", ".")),
    }
    command = [sys.executable, "-c"]
    listener = subprocess.Popen([*command, LISTENS], env=environment, stdout=subprocess.PIPE, text=True)
    subprocess.run([*command, SENDS], env=environment, check=True, timeout=PATIENCE_SECONDS)
    said, _ = listener.communicate(timeout=PATIENCE_SECONDS)
    assert (listener.returncode, said) == (0, "from another process\n")
