"""The thread that keeps the index up to date. It lives beside the worker, in every process with one."""

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.db import close_old_connections, connections

from kring.indexing.registry import register_listener, unregister_listener

from .draining import drain, reconcile
from .engines import AwayError, Engine, RebuildRunningError, current_engine
from .rebuilding import rebuild

log = structlog.get_logger("kring.search")
MOST_WASTED = 0.3
# Below this many deleted documents a new build is not worth the while.
LEAST_WASTED = 1000
FAILURES_BEFORE_REBUILD = 3
# Whoever reads and writes pages waits for this thread, which takes a fifth of their time at most.
REST = 4
LONGEST_REST = 5.0


class Drainer:
    """One of all drainers works at a time; the others wait for its end. Times are seconds.

    poll: how often changes of other processes are looked for; those of this process wake it at once.
    pause: the least time between two turns, so that a lively conversation is not read anew at each word;
    after a turn that took long, REST times as long as that, up to LONGEST_REST.
    """

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        poll: float = 0.5,
        pause: float = 0.5,
        look_every: float = 600,
        reconcile_every: float = 6 * 3600,
        longest_wait: float = 60,
        least_wasted: int = LEAST_WASTED,
    ) -> None:
        self.engine = engine or current_engine()
        self.poll = poll
        self.pause = pause
        self.look_every = look_every
        self.reconcile_every = reconcile_every
        self.longest_wait = longest_wait
        self.least_wasted = least_wasted
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._building: threading.Thread | None = None
        # Of these, those that a new build may mend.
        self._failures = self._damages = 0
        self._look_at = self._reconcile_at = 0.0

    def start(self) -> None:
        """Work in a thread of this process."""
        register_listener(self._wake.set)
        self._thread = threading.Thread(target=self.run, name="kring-drainer", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 10) -> bool:
        """Finish what is being written; False when that takes longer than so many seconds."""
        unregister_listener(self._wake.set)
        self._stopping.set()
        self._wake.set()
        if self._thread:
            self._thread.join(patience)
        return not (self._thread and self._thread.is_alive())

    def run(self) -> None:
        """Work until asked to stop."""
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                close_old_connections()
                began = time.monotonic()
                wait = self._safely(self.turn)
                rest = min(LONGEST_REST, REST * (time.monotonic() - began))
                if not self._stopping.wait(max(self.pause, rest)):
                    (self._stopping if self._failures else self._wake).wait(wait)
        finally:
            connections.close_all()

    def turn(self) -> None:
        """Build the index when there is none, look after it now and then, and drain what waits."""
        with self.engine.exclusive() as mine:
            if not mine:
                return
            # A damaged index cannot even say how it is.
            if self._damages >= FAILURES_BEFORE_REBUILD or not self.engine.health().ready:
                self._build()
            if time.monotonic() >= self._reconcile_at:
                self.engine.tidy()
                differing = reconcile(self.engine)
                if differing:
                    log.info("the index differed from the database", things=differing)
                self._reconcile_at = time.monotonic() + self.reconcile_every
            drain(self.engine)
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + self.look_every
            self._look()

    def _build(self) -> None:
        log.info("building the index")
        number = rebuild(self.engine)
        log.info("the index is built", things=number)

    def _look(self) -> None:
        """An index full of deleted documents is built anew beside, while this thread goes on draining."""
        health = self.engine.health()
        gone = health.documents * health.wasted / max(0.01, 1 - health.wasted)
        busy = self._building is not None and self._building.is_alive()
        if health.wasted > MOST_WASTED and gone >= self.least_wasted and not busy:
            self._building = threading.Thread(target=self._build_beside, name="kring-reindex", daemon=True)
            self._building.start()

    def _build_beside(self) -> None:
        try:
            self._build()
        except RebuildRunningError:
            log.info("another process builds the index")
        except Exception:
            log.exception("the index could not be built anew")
        finally:
            connections.close_all()

    def _safely(self, step: Callable[[], Any]) -> float:
        """Do it, whatever happens; how long to wait before the next time."""
        try:
            step()
        except RebuildRunningError:
            return self.poll
        except Exception as error:
            self._failures += 1
            self._damages += not isinstance(error, AwayError)
            wait = min(self.longest_wait, self.poll * 2**self._failures)
            told = log.exception if self._failures == 1 else log.warning
            told("the index is not kept up to date; trying again", error=repr(error), seconds=wait)
            return wait
        if self._failures:
            log.info("the index is kept up to date again")
        self._failures = self._damages = 0
        return self.poll
