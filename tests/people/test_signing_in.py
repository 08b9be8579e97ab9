from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse

from factories.people import make_admin, make_user
from kring.people.models import Profile, User

pytestmark = pytest.mark.django_db
PASSWORD = "vier gewone losse woorden"


class CountingHasher(MD5PasswordHasher):
    """Counts the hashes that were made: they are what takes time."""

    made = 0

    def encode(self, password, salt):
        type(self).made += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings):
    """A function that tells how many hashes a call made."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]

    def count(call, *args):
        before = CountingHasher.made
        call(*args)
        return CountingHasher.made - before

    return count


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def link_in(message):
    return next(urlsplit(word).path for word in message.body.split() if word.startswith("http"))


def test_an_account_made_for_somebody_signs_in_without_confirming(client):
    user = make_user(email="zoe@example.org", password=PASSWORD)
    response = sign_in(client, "ZOE@example.org")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    make_user(email="zoe@example.org", password=PASSWORD)
    known = sign_in(client, "zoe@example.org", "not this one")
    unknown = sign_in(client, "nobody@example.org", "not this one")
    assert known.status_code == unknown.status_code == 200
    errors = [response.context["form"].errors.as_text() for response in (known, unknown)]
    assert errors[0] == errors[1]
    assert "do not belong together" in errors[0]
    assert not is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client):
    make_user(email="zoe@example.org", password=PASSWORD, is_active=False)
    assert sign_in(client, "zoe@example.org")["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)


def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(client):
    make_user(email="zoe@example.org", password=PASSWORD)
    for _ in range(5):
        sign_in(client, "zoe@example.org", "not this one")
    response = sign_in(client, "zoe@example.org")
    assert "tried too often" in response.context["form"].errors.as_text()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [
        ("/people/", "/people/"),
        ("https://evil.example", "/"),
        ("//evil.example/x", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_stays_on_the_site(client, wanted, gone_to):
    make_user(email="zoe@example.org", password=PASSWORD)
    assert sign_in(client, "zoe@example.org", next=wanted)["Location"] == gone_to


def test_the_administrations_own_door_is_closed(client):
    make_admin(email="ada@example.org", password=PASSWORD)
    response = client.post("/admin/login/", {"username": "ada@example.org", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert not is_signed_in(client)


def test_resetting_a_password_answers_the_same_and_mails_both(client):
    make_user(email="zoe@example.org", password=PASSWORD)
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("zoe@example.org", "nobody@example.org")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert [message.to for message in mail.outbox] == [["zoe@example.org"], ["nobody@example.org"]]
    assert mail.outbox[0].subject == mail.outbox[1].subject
    assert "There is no account with this address" in mail.outbox[1].body


def test_who_never_had_a_password_chooses_one_by_mail(client):
    user = make_user(email="imported@example.org")
    client.post(reverse("account_reset_password"), {"email": user.email})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(form.context["action_url"], {"password1": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert sign_in(client, user.email)["Location"] == "/"


def test_a_weak_new_password_is_refused(client):
    user = make_user(email="imported@example.org")
    client.post(reverse("account_reset_password"), {"email": user.email})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    response = client.post(form.context["action_url"], {"password1": "short"})
    assert response.context["form"].errors["password1"]
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_mails_speak_the_language_of_the_account(client):
    make_user(email="zoe@example.org", password=PASSWORD, language="nl")
    client.post(
        reverse("account_reset_password"), {"email": "zoe@example.org"}, headers={"Accept-Language": "en"}
    )
    from django.utils import translation

    with translation.override("nl"):
        subject = translation.gettext("A new password for %(site_name)s") % {"site_name": "Kring"}
    assert mail.outbox[0].subject == subject


def sign_up(client, email, **more):
    fields = {"email": email, "name": "Zoë Jansen", "password1": PASSWORD, **more}
    return client.post(reverse("account_signup"), fields)


def test_without_open_domains_nobody_makes_an_account(client, settings):
    settings.SIGNUP_DOMAINS = []
    response = sign_up(client, "zoe@example.org")
    assert "You come in by invitation" in response.content.decode()
    assert not User.objects.exists()


def test_an_address_elsewhere_makes_no_account(client, settings):
    settings.SIGNUP_DOMAINS = ["example.org"]
    for email in ("zoe@example.com", "zoe@evilexample.org", "zoe@example.org.evil.com"):
        response = sign_up(client, email)
        assert "Use your address at example.org" in response.context["form"].errors["email"][0]
        assert response.context["form"]["name"].value() == "Zoë Jansen"
    assert not User.objects.exists()


def test_signing_up_by_domain_wants_the_address_confirmed(client, settings):
    settings.SIGNUP_DOMAINS = ["example.org"]
    sign_up(client, "zoe@Example.org")
    user = User.objects.get()
    assert (user.email, user.name) == ("zoe@example.org", "Zoë Jansen")
    assert Profile.objects.filter(user=user).exists()
    assert not is_signed_in(client)
    sign_in(client, user.email)
    assert not is_signed_in(client)
    client.post(link_in(mail.outbox[0]))
    client.post(reverse("account_logout"))
    sign_in(client, user.email)
    assert is_signed_in(client)


def test_signing_up_with_a_known_address_looks_as_with_a_new_one(client, settings):
    settings.SIGNUP_DOMAINS = ["example.org"]
    make_user(email="zoe@example.org", password=PASSWORD)
    known, new = sign_up(client, "zoe@example.org"), sign_up(client, "new@example.org")
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert "you have one already" in mail.outbox[0].body
    assert User.objects.filter(email="zoe@example.org").count() == 1


def test_with_the_companys_account_only_passwords_do_not_work(client, settings):
    settings.OIDC_ONLY = True
    make_user(email="zoe@example.org", password=PASSWORD)
    sign_in(client, "zoe@example.org")
    assert not is_signed_in(client)
    assert b'name="password"' not in client.get(reverse("account_login")).content


def protected_user(**fields):
    user = make_user(password=PASSWORD, **fields)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def test_a_second_step_is_asked_and_a_recovery_code_opens_once(client):
    user = protected_user(email="zoe@example.org")
    assert sign_in(client, user.email)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.context["form"].errors.as_text()
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    code = authenticator.wrap().get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    sign_in(client, user.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(client)


def test_turning_the_second_step_off_wants_the_password_again(client):
    user = protected_user(email="zoe@example.org")
    client.force_login(user)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


SIGNED_OUT = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
]
OWN = [
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "socialaccount_connections",
]


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_signed_out_pages_are_in_the_sites_look(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert 'class="entrance"' in response.content.decode()


@pytest.mark.parametrize("name", OWN)
def test_pages_of_the_account_want_a_signed_in_person(client, name):
    response = client.get(reverse(name))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"
    client.force_login(make_user(password=PASSWORD))
    page = client.get(reverse(name)).content.decode()
    assert 'class="measure settings"' in page or 'class="entrance"' in page


def test_too_many_visits_get_a_page_of_ours(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "zoe@example.org")
    response = sign_in(client, "zoe@example.org")
    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]


def test_a_wrong_password_takes_as_long_as_an_unknown_address(client, hashes):
    make_user(email="zoe@example.org", password=PASSWORD)
    make_user(email="imported@example.org")
    wrong = [
        hashes(sign_in, client, f"{name}@example.org", "not this one") for name in ("zoe", "imported", "no")
    ]
    assert wrong == [1, 1, 1]


def test_signing_up_takes_as_long_with_a_known_address(client, settings, hashes):
    settings.SIGNUP_DOMAINS = ["example.org"]
    make_user(email="zoe@example.org", password=PASSWORD)
    assert hashes(sign_up, client, "zoe@example.org") == hashes(sign_up, client, "new@example.org") == 1
