"""The content security policy: strict on every kind of page, relaxed under /admin/ alone."""

import re

import pytest
from django.test import Client

from factories.communities import make_community
from factories.people import make_admin, make_user

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=\"|javascript:"
)
# An address that a browser would fetch by itself, elsewhere.
FOREIGN = re.compile(
    r"<(?:script|img|link|iframe|source|video|audio)\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*\""
)


def policy(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize(
    "address, status",
    [
        ("/", 200),
        ("/communities/", 200),
        ("/people/", 200),
        ("/lessons/new/", 200),
        ("/settings/", 200),
        ("/components/", 403),
        ("/nowhere/", 404),
        ("/offline/", 200),
        ("/accounts/logout/", 200),
        ("/accounts/2fa/totp/activate/", 200),
        ("/accounts/confirm-email/nonsense/", 200),
    ],
)
def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(client, address, status):
    make_community()
    client.force_login(make_user())
    response = client.get(address, headers={"host": "localhost"})
    assert response.status_code == status
    assert policy(response) == STRICT
    page = response.content.decode()
    assert (INLINE.findall(page), FOREIGN.findall(page)) == ([], [])


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_pages_to_sign_in_are_no_exception(client, address):
    response = client.get(address)
    assert policy(response) == STRICT
    assert INLINE.findall(response.content.decode()) == []


def test_what_comes_back_after_the_session_ended_is_no_exception(client):
    response = client.post("/settings/", {"theme": "<script>alert(1)</script>"})
    assert (response.status_code, policy(response)) == (401, STRICT)
    assert INLINE.findall(response.content.decode()) == []


def test_a_failure_is_no_exception(monkeypatch):
    from kring.home import views

    monkeypatch.setattr(views, "waiting_for", lambda user: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(make_user())
    response = client.get("/")
    assert (response.status_code, policy(response)) == (500, STRICT)
    assert "Something broke on our side" in response.content.decode()


def test_a_key_that_a_page_asks_for_stands_in_its_policy_alone(rf):
    from csp.middleware import CSPMiddleware
    from django.http import HttpResponse

    seen = []

    def page(request):
        seen.append(str(request.csp_nonce))
        return HttpResponse()

    answers = [policy(CSPMiddleware(page)(rf.get("/"))) for _ in range(2)]
    assert [one["script-src"] for one in answers] == [["'self'", f"'nonce-{key}'"] for key in seen]
    assert seen[0] != seen[1]


def test_wagtails_own_pages_may_hold_inline_scripts(client):
    client.force_login(make_admin())
    response = client.get("/admin/", headers={"host": "localhost"})
    inline = ["'self'", "'unsafe-inline'"]
    assert policy(response) == STRICT | {"script-src": inline, "style-src": inline}


@pytest.mark.parametrize("address", ["/administration/", "/adminx/", "/?next=/admin/", "/people/admin/"])
def test_nothing_that_only_looks_like_the_administration_is_relaxed(client, address):
    client.force_login(make_admin())
    assert policy(client.get(address, headers={"host": "localhost"})) == STRICT


def test_who_is_turned_away_from_the_administration_gets_the_strict_policy(client):
    client.force_login(make_user())
    response = client.get("/admin/")
    assert (response.status_code, policy(response)) == (403, STRICT)


def test_other_headers_that_keep_visitors_safe(client):
    response = client.get("/accounts/login/")
    wanted = {"X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff"}
    wanted |= {"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
    assert {name: response[name] for name in wanted} == wanted
