"""`kring check`: each fault of the set-up in a line that says what to do."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from .faults import Stop, explain
from .preparing import missing_migrations, set_up

SCARCE_BYTES = 500_000_000
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """must: the site will not run, or not safely."""

    line: str
    must: bool = True

    def __str__(self) -> str:
        return f"{'wrong' if self.must else 'note '}  {self.line}"


def check_setup() -> int:
    """Print the findings; 1 when one of them must be mended."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        set_up()
    except (ImproperlyConfigured, OSError, Stop) as error:
        for line in (explain(error) or str(error)).splitlines():
            print(Finding(line))
        return 1
    findings = [finding for check in CHECKS for finding in check()]
    for finding in findings:
        print(finding)
    if not findings:
        print("All is well.")
    return int(any(finding.must for finding in findings))


def _database() -> Iterator[Finding]:
    from django.db import connection

    try:
        missing = missing_migrations()
    except Exception as error:
        yield Finding(explain(error) or str(error))
        return
    if missing:
        yield Finding(
            f"{len(missing)} changes of the database are still to be made. `kring run` makes them, "
            "or run `kring manage migrate`.",
        )
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            yield Finding(f"The database is damaged ({said}). Put a backup in its place.")


def _redis() -> Iterator[Finding]:
    from django.conf import settings
    from django.core.cache import cache

    if not settings.REDIS_URL:
        return
    try:
        cache.set("kring check", "1", 10)
    except Exception as error:
        yield Finding(explain(error) or f"Redis cannot be used: {error}")


def _meilisearch() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.MEILISEARCH_URL:
        return
    from search.engines import current_engine
    from search.engines.meilisearch import MeilisearchEngine
    from search.engines.meilisearch.checking import facts, findings

    engine = cast(MeilisearchEngine, current_engine())
    try:
        found = list(findings(engine))
        said = "" if any(must for _line, must in found) else facts(engine)
    except Exception as error:
        yield Finding(f"Meilisearch cannot be used: {error}")
        return
    for line, must in found:
        yield Finding(line, must)
    if said:
        yield Finding(said, False)


def _processes() -> Iterator[Finding]:
    from django.conf import settings

    from kring.worker.folder import is_held_elsewhere, uses_sqlite, wants_one_process

    if uses_sqlite() and settings.REDIS_URL:
        yield Finding(
            "REDIS_URL is set, but SQLite still serves one process only. Set DATABASE_URL too.", False
        )
    if not uses_sqlite() and not settings.REDIS_URL:
        yield Finding("Without REDIS_URL only one web process can run: live messages stay inside it.", False)
    if not settings.WORKER_IN_WEB and uses_sqlite():
        yield Finding("KRING_WORKER_IN_WEB is 0, but on SQLite no other process does the tasks. Unset it.")
    if wants_one_process() and is_held_elsewhere(settings.DATA_DIR):
        yield Finding(f"A Kring is running in {settings.DATA_DIR}; a second one will not start.", False)


def _tasks() -> Iterator[Finding]:
    from django.db import DatabaseError
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    try:
        failed = DBTaskResult.objects.failed().count()
        late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - timedelta(hours=1))
        waiting = late.filter(worker_ids=[]).count()
    except DatabaseError:
        return
    if failed:
        yield Finding(
            f"{failed} background tasks failed for good in the last weeks; the log says why.", False
        )
    if waiting:
        yield Finding(f"{waiting} background tasks wait for more than an hour. Does a worker run?")


def _search() -> Iterator[Finding]:
    from django.db import DatabaseError
    from django.utils import timezone

    from kring.indexing.outbox import waiting, waiting_since
    from search.engines import AwayError, current_engine

    try:
        ready = current_engine().health().ready
    except AwayError:
        # Said with the rest about its server.
        return
    except Exception as error:
        yield Finding(f"The search index cannot be read ({error}). `kring reindex` builds it anew.")
        return
    try:
        since, number = waiting_since(), waiting()
    except DatabaseError:
        return
    if not ready:
        yield Finding(
            "There is no search index of this version yet. The site builds it when it runs, "
            "or run `kring reindex`.",
            False,
        )
    elif since and since < timezone.now() - LATE:
        yield Finding(
            f"{number} changes wait for the search index since {timezone.localtime(since):%Y-%m-%d %H:%M}. "
            "The site or `kring worker` brings them in when it runs.",
            False,
        )


def _half_an_index() -> Iterator[Finding]:
    """Of a rebuild that was interrupted."""
    from django.db import DatabaseError

    from kring.indexing.registry import searchables
    from search.engines import current_engine
    from search.halfway import left

    half = current_engine().half()
    if half is None:
        return
    try:
        total = sum(len(list(one.all_ids())) for one in searchables().values())
    except DatabaseError:
        return
    yield Finding(left(half, total), False)


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    mail = settings.MAIL
    if not mail.host:
        yield Finding(
            "EMAIL_URL is not set: invitations and notifications are written to "
            f"{settings.EMAIL_FILE_PATH} instead of sent.",
            False,
        )
        return
    try:
        socket.create_connection((mail.host, mail.port), timeout=5).close()
    except OSError:
        yield Finding(f"The mail server {mail.host}:{mail.port} does not answer. Is EMAIL_URL right?")
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        yield Finding("KRING_MAIL_FROM is not set: mail from kring@localhost is refused by most.", False)


def _address() -> Iterator[Finding]:
    from django.conf import settings

    if not os.environ.get("KRING_URL"):
        yield Finding("KRING_URL is not set: links in mail lead to this machine only.", False)
    elif settings.BASE_URL.startswith("https://") and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Finding(
            "KRING_TRUSTED_PROXIES is 0: behind a proxy all visitors count as one. Write how many there are.",
            False,
        )


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < SCARCE_BYTES:
        yield Finding(f"Only {free // 1_000_000} MB are free at {settings.DATA_DIR}.", False)


CHECKS: list[Callable[[], Iterator[Finding]]] = [
    _database,
    _redis,
    _meilisearch,
    _processes,
    _tasks,
    _search,
    _half_an_index,
    _mail,
    _address,
    _disk,
]
