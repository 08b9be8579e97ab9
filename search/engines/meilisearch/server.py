"""Speaking with a Meilisearch server: short waits, and its own words when something failed."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import requests
from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchTimeoutError

from ..base import AwayError

SEARCH_SECONDS = 1.5
WRITE_SECONDS = 30.0
TASK_SECONDS = 600.0
PAGE = 1000
REFUSED = {"invalid_api_key", "missing_authorization_header"}


class TaskFailedError(RuntimeError):
    """The server took a change and could not do it."""


class Server:
    """One server with one key, for any thread of any process."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url.rstrip("/"), key
        self.search_seconds = SEARCH_SECONDS
        self._local = threading.local()

    def get(self, path: str, *, seconds: float = WRITE_SECONDS) -> Any:
        return self._call("get", seconds, path)

    def post(self, path: str, body: Any, *, seconds: float = WRITE_SECONDS) -> Any:
        return self._call("post", seconds, path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._call("patch", WRITE_SECONDS, path, body)

    def delete(self, path: str) -> Any:
        return self._call("delete", WRITE_SECONDS, path)

    def _call(self, verb: str, seconds: float, *words: Any) -> Any:
        try:
            return self._ask(verb, seconds, *words)
        except MeilisearchTimeoutError as error:
            raise AwayError(f"Meilisearch at {self.url} took longer than {seconds:g} seconds.") from error
        except MeilisearchCommunicationError as error:
            raise AwayError(f"Meilisearch at {self.url} does not answer.") from error

    def _ask(self, verb: str, seconds: float, path: str, body: Any = None) -> Any:
        http, kind = self._client(seconds).http, "application/json" if body is not None else None
        was_open = "session" in self._local.__dict__
        try:
            return http.send_request(getattr(self._session(), verb), path, body, kind)
        except MeilisearchCommunicationError:
            # The server may have closed a connection that was open, or have been started anew. What it was
            # told may be told twice: documents have their keys.
            self._local.__dict__.pop("session").close()
            if not was_open:
                raise
            return http.send_request(getattr(self._session(), verb), path, body, kind)

    def _session(self) -> requests.Session:
        """A thread's own; its connection stays open, for a question is several calls."""
        if "session" not in self._local.__dict__:
            self._local.session = requests.Session()
            # To compress an answer takes longer than to send it to a machine nearby.
            self._local.session.headers["Accept-Encoding"] = "identity"
        return self._local.session

    def _client(self, seconds: float) -> Client:
        # A client keeps the headers of its last call, so threads cannot share one.
        clients = self._local.__dict__.setdefault("clients", {})
        if seconds not in clients:
            clients[seconds] = Client(self.url, self.key, timeout=seconds)  # type: ignore[arg-type]
        return clients[seconds]

    def version(self) -> tuple[int, ...]:
        """As the server reports it, such as (1, 50, 0); nothing where this key may not ask.

        A key for some indexes never may.
        """
        try:
            said = self.get("version")["pkgVersion"]
        except MeilisearchApiError as error:
            if error.code in REFUSED:
                return ()
            raise
        return tuple(int(part) for part in said.split("-")[0].split("."))

    def search(self, queries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers to several questions at once."""
        if not queries:
            return []
        answer = self.post("multi-search", {"queries": list(queries)}, seconds=self.search_seconds)
        return list(answer["results"])

    def search_together(self, queries: Sequence[dict[str, Any]], limit: int) -> dict[str, Any]:
        """One list of what several questions give; each has its weight in "federationOptions"."""
        asked = {"federation": {"limit": limit}, "queries": list(queries)}
        return dict(self.post("multi-search", asked, seconds=self.search_seconds))

    def rows(self, index: str, fields: Sequence[str], condition: str = "") -> Iterator[dict[str, Any]]:
        """All documents that fit, with these fields."""
        start, fitting = 0, {"filter": condition} if condition else {}
        while True:
            asked = {"fields": list(fields), "limit": PAGE, "offset": start, **fitting}
            found = self.post(f"indexes/{index}/documents/fetch", asked)["results"]
            yield from found
            start += PAGE
            if len(found) < PAGE:
                return

    def is_there(self, index: str) -> bool:
        return self._has(f"indexes/{index}")

    def is_set_up(self, index: str) -> bool:
        """Whether it is there and has its settings; for a moment, or after a crash, it may lack them."""
        return self._has(f"indexes/{index}/settings/filterable-attributes")

    def _has(self, path: str) -> bool:
        try:
            return bool(self.get(path))
        except MeilisearchApiError as error:
            if error.code == "index_not_found":
                return False
            raise

    def index_names(self) -> list[str]:
        found: list[str] = []
        while True:
            page = self.get(f"indexes?limit={PAGE}&offset={len(found)}")
            found += [one["uid"] for one in page["results"]]
            if not page["results"] or len(found) >= page["total"]:
                return found

    def swap(self, live: str, other: str) -> None:
        """Let the two change their names, at one moment.

        A key for some indexes may ask for it and not see the task, so the indexes themselves are looked at.
        """
        wanted = self.get(f"indexes/{other}")["createdAt"]
        self.post("swap-indexes", [{"indexes": [live, other]}])
        for _time in self._patiently(f"the swap of {live}"):
            if self.get(f"indexes/{live}")["createdAt"] == wanted:
                return

    def wait(self, *tasks: dict[str, Any]) -> None:
        """Return once the server has done these; raise with its words where it could not."""
        for task in tasks:
            self._wait(task["taskUid"])

    def _wait(self, number: int) -> None:
        for _time in self._patiently(f"task {number}"):
            task = self.get(f"tasks/{number}")
            if task["status"] == "succeeded":
                return
            if task["status"] in {"failed", "canceled"}:
                error = task.get("error") or {"code": task["status"], "message": "it was cancelled"}
                raise TaskFailedError(f"{task['type']} of {task['indexUid']}: {_words(error)}")

    def _patiently(self, what: str) -> Iterator[None]:
        """Again and again, with a pause; raises when it takes too long."""
        until, pause = time.monotonic() + TASK_SECONDS, 0.005
        while time.monotonic() < until:
            yield
            time.sleep(pause)
            pause = min(pause * 1.5, 0.25)
        raise AwayError(f"Meilisearch at {self.url} has not done {what} yet.")


def _words(error: dict[str, Any]) -> str:
    return f"{error['message']} ({error['code']})"


def any_of(name: str, values: Iterable[str]) -> str:
    """The condition that a field holds one of these; as JSON strings, so that no value is read as more."""
    return f"{name} IN [{', '.join(quoted(value) for value in sorted(values))}]"


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
