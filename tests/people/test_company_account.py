"""Signing in at an issuer of OpenID Connect: a small one that runs here."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from factories.people import make_user
from kring.people.models import User

pytestmark = pytest.mark.django_db


class Issuer(BaseHTTPRequestHandler):
    """Answers discovery, token and userinfo; `claims` is who signs in."""

    claims: dict = {}

    def answer(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        body = {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/keys",
            },
            "/token": {"access_token": "t", "token_type": "Bearer"},
            "/userinfo": self.claims,
        }[self.path]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    do_GET = do_POST = answer  # noqa: N815

    def log_message(self, *args):
        pass


@pytest.fixture
def issuer(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "company",
        "name": "Acme",
        "client_id": "kring",
        "secret": "s",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def come_back(client, **claims):
    """The way there and back; gives the answer after coming back."""
    Issuer.claims = {
        "sub": "42",
        "name": "Zoë Jansen",
        "email": "zoe@example.org",
        "email_verified": True,
        **claims,
    }
    there = client.get("/accounts/oidc/company/login/?process=login")
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": asked["state"][0]})


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_door_offers_the_companys_account(client, issuer):
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in with your account at Acme" in page
    assert "/accounts/oidc/company/login/" in page


def test_an_account_is_recognised_by_the_verified_address(client, issuer):
    user = make_user(email="zoe@example.org", password="vier gewone losse woorden")
    assert come_back(client, email="Zoe@example.org")["Location"] == "/"
    assert signed_in(client) == str(user.pk)
    user.refresh_from_db()
    assert user.check_password("vier gewone losse woorden")
    assert SocialAccount.objects.get().user == user


def test_an_address_that_is_not_verified_opens_no_account(client, issuer):
    make_user(email="zoe@example.org")
    for claims in ({"email_verified": False}, {"email_verified": None}, {"email": None}):
        response = come_back(client, **claims)
        assert "You come in by invitation" in response.content.decode()
        assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_who_works_there_gets_an_account_with_a_profile(client, issuer):
    assert come_back(client)["Location"] == "/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("zoe@example.org", "Zoë Jansen", False)
    assert user.profile.pk
    assert signed_in(client) == str(user.pk)


def test_a_closed_account_stays_closed(client, issuer):
    make_user(email="zoe@example.org", is_active=False)
    come_back(client)
    assert signed_in(client) is None


def test_a_forged_way_back_is_refused(client, issuer):
    response = client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": "forged"})
    assert "Signing in did not work" in response.content.decode()
    assert signed_in(client) is None
