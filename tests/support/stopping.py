"""A process that builds the index, stands still at a point of it, and is killed there."""

import signal
from typing import Any

BUILDS = """
import time
from search import rebuilding
from search.engines import journal, unfinished
from search.engines.embedded import storage, writing
from search.engines.meilisearch import server, writing as on_server
rebuilding.STEP = writing.COMMIT_EVERY = on_server.BATCH = 3

def stand_still(owner, name, call, before):
    whole, calls = getattr(owner, name), []
    def stopping(*words, **named):
        calls.append(name)
        there = len(calls) == call
        if there and before:
            print("here", flush=True)
            time.sleep(600)
        found = whole(*words, **named)
        if there:
            print("here", flush=True)
            time.sleep(600)
        return found
    setattr(owner, name, stopping)

{point}
rebuilding.rebuild(engine)
"""
# Of each engine where it stands still.
POINTS = {
    "reading": ("journal.Journal, 'add', 2, False",) * 2,
    "in the middle of a record": ("journal.Journal, '_append', 3, True",) * 2,
    "all is read": ("journal.Journal, 'end', 1, False",) * 2,
    "writing": ("writing, 'to_tantivy', 8, True", "unfinished.Unfinished, 'wrote', 2, False"),
    "handed in and not waited for": ("writing, '_fill', 1, False", "on_server.Writer, '_add', 3, False"),
    "all is written": ("writing, '_catch_up', 1, True", "on_server.Writer, '_catch_up', 1, True"),
    "caught up": ("unfinished.Unfinished, 'forget', 2, True", "unfinished.Unfinished, 'forget', 3, True"),
    "forgotten": ("unfinished.Unfinished, 'forget', 2, False", "unfinished.Unfinished, 'forget', 3, False"),
    "in use": ("storage, 'make_live', 1, False", "server.Server, 'swap', 1, False"),
    "not settled": ("rebuilding.Everything, 'ended', 1, True",) * 2,
}


def kill_while_building(make_engine: Any, point: str) -> None:
    words = POINTS[point][make_engine.name == "meilisearch"]
    process = make_engine.elsewhere(BUILDS.format(point=f"stand_still({words})"))
    assert process.stdout.readline() == "here\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
