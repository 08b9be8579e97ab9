"""What is wrong with the server, the key or the index, each in a sentence that says what to do."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from meilisearch.errors import MeilisearchApiError

from ..base import AwayError
from .engine import MeilisearchEngine
from .meaning import NAME
from .server import REFUSED, Server
from .shape import OLDEST_SERVER, Names

PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
RECENT = timedelta(days=1)
ACTIONS = ("search", "documents.*", "indexes.*", "settings.*", "tasks.get")

# (sentence, whether the site cannot search until that is mended)
Finding = tuple[str, bool]


def findings(engine: MeilisearchEngine) -> Iterator[Finding]:
    """Changes nothing on the server."""
    names, server = engine.names, engine.server
    if not PREFIX.fullmatch(names.prefix):
        yield "MEILISEARCH_PREFIX must be of letters, digits, - and _.", True
        return
    try:
        server.get("health", seconds=3)
    except (AwayError, MeilisearchApiError) as error:
        yield f"{error} Is MEILISEARCH_URL right? The site runs, and cannot search until it answers.", True
        return
    lacking = sorted(action for action, ask in _probes(names).items() if _refuses(server, ask))
    if len(lacking) == len(_probes(names)):
        yield f"The server refuses MEILISEARCH_API_KEY for {names.prefix}-*. {_needed(names)}", True
        return
    if lacking:
        yield f"MEILISEARCH_API_KEY may not do {', '.join(lacking)}. {_needed(names)}", True
        return
    yield from _too_much(server, names)
    yield from _version(server)
    yield from _refused(engine)
    yield from _failed(server, names)
    yield from _meaning(engine)


def _needed(names: Names) -> str:
    return f"It needs {', '.join(ACTIONS)} on {names.prefix}-* and nothing else: docs/operations.md says how."


def _probes(names: Names) -> dict[str, Callable[[Server], object]]:
    """Action to a request that needs it. What would write is not well-formed, so that it is refused later."""
    index = quote(names.live)
    return {
        "search": lambda server: server.post(f"indexes/{index}/search", {"limit": 0}),
        "documents.get": lambda server: server.post(f"indexes/{index}/documents/fetch", {"limit": 0}),
        "documents.add": lambda server: server.post(f"indexes/{index}/documents?nonsense=1", []),
        "documents.delete": lambda server: server.post(f"indexes/{index}/documents/delete-batch", "no"),
        "indexes.create": lambda server: server.post("indexes", {}),
        "indexes.get": lambda server: server.get(f"indexes/{index}"),
        "indexes.swap": lambda server: server.post("swap-indexes", "no"),
        "settings.get": lambda server: server.get(f"indexes/{index}/settings"),
        "settings.update": lambda server: server.patch(f"indexes/{index}/settings", "no"),
        "tasks.get": lambda server: server.get(f"tasks?limit=1&indexUids={index}"),
    }


def _refuses(server: Server, ask: Callable[[Server], object]) -> bool:
    try:
        ask(server)
    except MeilisearchApiError as error:
        return error.code in REFUSED
    return False


def _too_much(server: Server, names: Names) -> Iterator[Finding]:
    if not _refuses(server, lambda one: one.get("keys?limit=1")):
        yield (
            "MEILISEARCH_API_KEY is the master key or one that makes keys: whoever reads the site's "
            f"settings has the server. {_needed(names)}",
            False,
        )
    elif not _refuses(server, lambda one: one.post("indexes/of-somebody-else/search", {"limit": 0})):
        yield f"MEILISEARCH_API_KEY may read indexes of others. {_needed(names)}", False


def _version(server: Server) -> Iterator[Finding]:
    version = server.version()
    if version and version < OLDEST_SERVER:
        said, least = (".".join(map(str, one)) for one in (version, OLDEST_SERVER))
        yield f"Meilisearch {said} is too old; {least} or newer is needed.", True


def _refused(engine: MeilisearchEngine) -> Iterator[Finding]:
    """Documents that were set aside."""
    if not engine.health().ready:
        return
    rows = engine.server.rows(engine.names.live, ["thing", "refused"], "acl IS EMPTY")
    said = {row["thing"]: row["refused"] for row in rows if row.get("refused")}
    if said:
        thing = min(said)
        yield (
            f"Meilisearch refuses {len(said)} things, which are not found until they change: {thing}: "
            f"{said[thing]}",
            False,
        )


def _failed(server: Server, names: Names) -> Iterator[Finding]:
    since = quote((datetime.now(UTC) - RECENT).isoformat())
    wanted = f"statuses=failed&afterEnqueuedAt={since}&limit=1"
    found = server.get(f"tasks?{wanted}&indexUids={quote(names.live)}")
    if found["total"]:
        said = (found["results"][0].get("error") or {}).get("message", "")
        yield f"Meilisearch could not do {found['total']} changes since yesterday. The last: {said}", False


def _meaning(engine: MeilisearchEngine) -> Iterator[Finding]:
    if engine.meaning is None:
        return
    yield (
        f"What things say, and what people type, is sent to {engine.meaning.url} for its meaning. "
        "docs/operations.md says what and when.",
        False,
    )
    if engine.health().ready:
        held = engine.server.get(f"indexes/{quote(engine.names.live)}/settings/embedders").get(NAME) or {}
        request = {"model": engine.meaning.model}.items()
        if held.get("url") != engine.meaning.url or not request <= (held.get("request") or {}).items():
            yield "The index was built with another model, or none. `kring reindex` asks the new one.", False


def facts(engine: MeilisearchEngine) -> str:
    """The server, the index and what it holds, in a line."""
    health = engine.health()
    version = f" {'.'.join(map(str, engine.server.version()))}".rstrip()
    held = f"{health.documents} things" if health.ready else "not built yet"
    return f"Meilisearch{version} at {engine.server.url}, index {engine.names.live}: {held}."
