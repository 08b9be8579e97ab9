"""python -m bench.writes: concurrent writers on SQLite; every acknowledged comment must be there.

The peer is the same load on SQLite with Django's default options, in the same run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

MODES = {"kring": "", "default options": "default"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--each", type=int, default=10, help="comments a writer")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mode", choices=["", "kring", "default"], default="")
    options = parser.parse_args()
    if options.mode:
        print(json.dumps(measure(options.writers, options.each, default=options.mode == "default")))
        return
    from bench.table import show

    rows = [_in_own_process(name, mode or "kring", options) for name, mode in MODES.items()]
    columns = ["database", "sent", "acknowledged", "stored", "lost", "refused", "seconds", "a second"]
    show(f"{options.writers} writers on one conversation", columns, rows, options.json)


def _in_own_process(name: str, mode: str, options: argparse.Namespace) -> list[Any]:
    command = [
        sys.executable,
        "-m",
        "bench.writes",
        "--mode",
        mode,
        "--writers",
        str(options.writers),
        "--each",
        str(options.each),
    ]
    result = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    return [
        name,
        *(result[key] for key in ("sent", "acknowledged", "stored", "lost", "refused", "seconds", "rate")),
    ]


def measure(writers: int, each: int, default: bool) -> dict[str, Any]:
    """Run the load in this process; every writer is a thread with a connection of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["KRING_DATA"] = tempfile.mkdtemp(prefix="kring-bench-")
    from django.conf import settings

    if default:
        settings.DATABASES["default"]["OPTIONS"] = {}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError, connections

    call_command("migrate", verbosity=0)
    from bench.generate import make_communities, make_lessons, make_people
    from kring.conversations.actions import post_comment
    from kring.conversations.models import Comment
    from wiki.models import LessonPage

    people = make_people(writers)
    make_lessons(1, make_communities(1, people), people)
    lesson = LessonPage.objects.get()
    acknowledged: list[int] = []
    refused: list[str] = []

    def write(person: Any) -> None:
        for number in range(each):
            try:
                body = f"<p>{number} of {person.name}</p>"
                acknowledged.append(post_comment(target=lesson, by=person, body=body).pk)
            except OperationalError as error:
                refused.append(str(error))
        connections.close_all()

    threads = [threading.Thread(target=write, args=[person]) for person in people]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    stored = set(Comment.objects.values_list("pk", flat=True))
    return {
        "sent": writers * each,
        "acknowledged": len(acknowledged),
        "stored": len(stored),
        "lost": len(set(acknowledged) - stored),
        "refused": len(refused),
        "seconds": seconds,
        "rate": len(acknowledged) / seconds,
    }


if __name__ == "__main__":
    main()
