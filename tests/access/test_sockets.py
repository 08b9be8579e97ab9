"""WebSockets: who may open which, and every other address refused."""

import pytest
from asgiref.testing import ApplicationCommunicator
from django.apps import apps
from django.utils.module_loading import module_has_submodule

from kring.asgi import UNKNOWN_SOCKET, _socket_routes, application

# Address to the test that asks for it as every role. A route without a line here fails the first test.
SOCKETS = {"ws/conversations/<slug:key>/": "tests/live/test_rights.py"}
OURS = b"http://localhost:8000"


def test_every_socket_stands_in_the_table():
    *ours, rest = _socket_routes()
    assert {str(route.pattern) for route in ours} == set(SOCKETS)
    assert str(rest.pattern) == ""


def test_no_app_takes_sockets_that_lead_nowhere():
    found = [one.label for one in apps.get_app_configs() if module_has_submodule(one.module, "consumers")]
    assert len(found) <= len(SOCKETS)


async def answer_to(path: str, origin: bytes = OURS, cookie: bytes = b"") -> dict[str, object]:
    """What the server says first to who opens a socket."""
    headers = [(b"host", b"localhost:8000"), (b"origin", origin), (b"cookie", cookie)]
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
    visitor = ApplicationCommunicator(application, scope)
    await visitor.send_input({"type": "websocket.connect"})
    return await visitor.receive_output(timeout=30)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/ws/", "/ws/unknown/", "/inbox/", "/admin/", "/../", "/ws/\0"])
async def test_an_unknown_socket_is_refused(path):
    assert await answer_to(path) == {"type": "websocket.close", "code": UNKNOWN_SOCKET}


@pytest.mark.django_db
async def test_a_session_changes_nothing_about_that():
    refused = await answer_to("/ws/unknown/", cookie=b"sessionid=abcdefghijklmnopqrstuvwxyz012345")
    assert refused == {"type": "websocket.close", "code": UNKNOWN_SOCKET}


@pytest.mark.parametrize(
    "origin", [b"https://elsewhere.example", b"http://localhost.elsewhere.example", b"null", b"", b"file://"]
)
async def test_another_site_opens_none(origin):
    """Before any address is looked at."""
    refused = await answer_to("/ws/unknown/", origin=origin)
    assert (refused["type"], refused.get("code")) == ("websocket.close", None)
