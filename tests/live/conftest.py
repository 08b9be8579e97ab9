"""Conversations over real sockets, on the whole site in a thread of the tests."""

import json
from contextlib import ExitStack

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from factories.circle import make_circle
from support.database import empty_database

PATIENCE = 8


@pytest.fixture
def db(running_address, django_db_blocker):
    """An empty database without a transaction, so that the site sees what a test makes."""
    with django_db_blocker.unblock():
        empty_database()
        yield
        empty_database()
        connection.close()


class Reader:
    """A browser's end of a socket. Presence comes when it comes, so it is left out unless asked for."""

    def __init__(self, socket):
        self.socket = socket

    def say(self, kind, /, **fields):
        self.send(json.dumps({"type": kind, **fields}))

    def send(self, raw):
        self.socket.send(raw)

    def hear(self, *, also=()):
        """The next frame that is no beat and no presence, unless `also` names it."""
        while True:
            frame = json.loads(self.socket.recv(PATIENCE))
            if frame["type"] not in {"beat", "presence"} - set(also):
                return frame

    def wait_for(self, kind):
        """The next frame of this type."""
        while (frame := self.hear())["type"] != kind:
            pass
        return frame

    def hello(self, after=0):
        self.say("hello", after=after)
        return self.hear()

    def close_code(self):
        """Read to the end, and give how it was closed."""
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                self.socket.recv(PATIENCE)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@pytest.fixture
def listen(running_address, db):
    """listen(user, target): open the socket of a conversation; the status where it is refused."""
    opened = ExitStack()

    def open_socket(user, key, origin=None):
        headers = {}
        if user is not None:
            client = Client()
            client.force_login(user)
            name = django_settings.SESSION_COOKIE_NAME
            headers["Cookie"] = f"{name}={client.cookies[name].value}"
        address = running_address.replace("http:", "ws:") + f"/ws/conversations/{key}/"
        try:
            wanted = connect(address, origin=origin or running_address, additional_headers=headers)
            return Reader(opened.enter_context(wanted))
        except InvalidStatus as refused:
            return refused.response.status_code

    with opened:
        yield open_socket


@pytest.fixture
def talk(db):
    """A community with a question, and a way to say who is who: make_circle()."""
    return make_circle


@pytest.fixture
def key():
    return lambda made: f"discussion-{made.question.pk}"
