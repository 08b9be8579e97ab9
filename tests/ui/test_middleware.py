"""Signing in by default, the reader's language and zone, and old addresses. What was typed: tests/people."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.contrib.redirects.models import Redirect

from factories.circle import make_circle
from factories.communities import make_community, make_root
from factories.people import make_user

pytestmark = pytest.mark.django_db

# Everything that answers who is not signed in. A view is added here knowingly or not at all.
OPEN = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "health",
    "invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "offline",
    "openid_connect_callback",
    "openid_connect_login",
    "service_worker",
    "set_language",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
    "unsubscribe",
}


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> dict[str, object]:
    """Name to view of everything outside the administration."""
    found: dict[str, object] = {}
    for one in patterns:
        text = before + str(one.pattern)
        if text.startswith("admin/"):
            continue
        if isinstance(one, URLResolver):
            found |= views(one.url_patterns, text)
        else:
            found[one.name or text] = one.callback
    return found


def test_only_these_views_want_nobody_signed_in():
    found = views(get_resolver().url_patterns)
    assert {name for name, view in found.items() if not getattr(view, "login_required", True)} == OPEN


def test_a_view_without_a_word_wants_somebody_signed_in():
    assert getattr(lambda request: None, "login_required", True)
    assert login_not_required(lambda request: None).login_required is False


@pytest.mark.parametrize("language, word", [("nl", "Vragen"), ("en", "Questions")])
def test_pages_come_in_the_readers_language(client, language, word):
    client.force_login(make_user(language=language))
    response = client.get("/people/", headers={"Accept-Language": "fr,nl;q=0.5,en;q=0.4"})
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert word in response.content.decode()


def test_the_switch_in_the_footer_is_kept_with_ones_account(client):
    user = make_user(language="en")
    client.force_login(user)
    response = client.post("/language/", {"language": "nl", "next": "/"}, follow=True)
    assert '<html lang="nl"' in response.content.decode()
    user.refresh_from_db()
    assert user.language == "nl"


def test_the_switch_in_the_footer_refuses_a_language_that_the_site_has_not(client):
    user = make_user(language="nl")
    client.force_login(user)
    client.post("/language/", {"language": "xx", "next": "/"})
    user.refresh_from_db()
    assert user.language == "nl"


def test_the_switch_in_the_footer_works_before_signing_in(client):
    response = client.post("/language/", {"language": "nl", "next": "/accounts/login/"}, follow=True)
    assert response.redirect_chain == [("/accounts/login/", 302)]
    assert '<html lang="nl"' in response.content.decode()


@pytest.mark.parametrize("asked, language", [("nl-BE,nl", "nl"), ("fr", "en"), ("", "en")])
def test_before_signing_in_the_browsers_language_counts(client, asked, language):
    response = client.get("/accounts/login/", headers={"Accept-Language": asked})
    assert response["Content-Language"] == language


def test_times_are_the_readers(client):
    client.force_login(make_user(time_zone="Asia/Tokyo", language="en"))
    assert "Times are in the zone Asia/Tokyo" in client.get("/people/").content.decode()
    client.force_login(make_user(time_zone="", language="en"))
    assert "Times are in the zone Europe/Amsterdam" in client.get("/people/").content.decode()


def test_an_old_address_leads_to_the_page_for_its_readers(client):
    circle = make_circle("private", "Suppliers")
    Redirect.objects.create(old_path="/communities/buyers", redirect_page=circle.community)
    found = {}
    for role in ("member", "staff", "guest", "reader of everything"):
        client.force_login(circle.who(role))
        answer = client.get("/communities/buyers/", headers={"host": "localhost"})
        found[role] = (answer.status_code, answer.get("Location", ""))
    address = circle.community.get_absolute_url()
    assert found == {
        "member": (301, address),
        "reader of everything": (301, address),
        "staff": (404, ""),
        "guest": (404, ""),
    }


def test_an_old_address_with_a_query_is_no_way_around(client):
    circle = make_circle("private", "Suppliers")
    Redirect.objects.create(old_path="/communities/buyers", redirect_page=circle.community)
    client.force_login(circle.who("staff"))
    for address in ("/communities/buyers/?page=2", "/communities/buyers/?a=1;b=2", "/communities/%62uyers/"):
        assert client.get(address, headers={"host": "localhost"}).status_code == 404


def test_renaming_a_page_keeps_its_old_address_for_its_readers(client, django_capture_on_commit_callbacks):
    community = make_community("Suppliers", openness="on_request")
    community.slug = "contracts"
    with django_capture_on_commit_callbacks(execute=True):
        community.save_revision().publish()
    client.force_login(make_user())
    answer = client.get("/communities/suppliers/", headers={"host": "localhost"})
    assert (answer.status_code, answer["Location"]) == (301, "/communities/contracts/")


def test_an_address_that_an_administrator_sends_elsewhere_leads_there(client):
    make_root()
    Redirect.objects.create(
        old_path="/canteen", redirect_link="https://canteen.example.org/", is_permanent=False
    )
    client.force_login(make_user())
    answer = client.get("/canteen/")
    assert (answer.status_code, answer["Location"]) == (302, "https://canteen.example.org/")
