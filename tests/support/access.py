"""Asking for every address as somebody, and saying in a word what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kring.people.models import User

ROOT_TABLE = Path(__file__).parents[1] / "access" / "table.csv"
WORDS = {
    200: "yes",
    # A form that came back with what is wrong in it.
    400: "yes",
    422: "yes",
    401: "sign in",
    403: "no",
    404: "not there",
    405: "wrong method",
}


@dataclass(frozen=True, slots=True)
class Answer:
    response: Any
    body: str

    @property
    def told(self) -> str:
        """Everything that the visitor can see: the page and its headers, cookies among them."""
        return f"{self.body}\n{self.response.headers}\n{self.response.cookies}"

    @property
    def outcome(self) -> str:
        """In a word: what the visitor gets."""
        status = self.response.status_code
        if status in {301, 302}:
            return "sign in" if "/accounts/login/" in self.response["Location"] else "moved"
        return WORDS.get(status, str(status))


class Visitor:
    """Somebody who asks for addresses, signed in once; what an answer changed is undone."""

    def __init__(self, user: User | None) -> None:
        self._client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        if user is not None:
            self._client.force_login(user)
        self._cookies = SimpleCookie(self._client.cookies)

    def ask(self, method: str, address: str, sends: str = "") -> Answer:
        """The answer to one request; a POST sends the fields of the query string `sends`."""
        self._client.cookies = SimpleCookie(self._cookies)
        data = dict(parse_qsl(sends, keep_blank_values=True)) if method == "POST" else None
        try:
            with transaction.atomic():
                response = getattr(self._client, method.lower())(address, data)
                # Streamed ones are read while the database still holds what they are about.
                body = response.getvalue() if response.streaming else response.content
                raise _UndoError
        except _UndoError:
            return Answer(response, body.decode("utf-8", "replace"))


class _UndoError(Exception):
    pass


def addresses(*, within: str = "", without: str = "admin/") -> list[tuple[str, str]]:
    """(name or "", pattern) of every address of the site that begins with one and not with the other."""
    return [
        (name, pattern)
        for name, pattern in _walk(get_resolver().url_patterns, "")
        if pattern.startswith(within) and not (without and pattern.startswith(without))
    ]


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        text = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, text)
        else:
            yield one.name or "", text
