from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from factories.people import make_admin, make_user
from kring.people.actions import invitations
from kring.people.models import Invitation, User

pytestmark = pytest.mark.django_db
FORM = {"name": "Zoë Jansen", "password": "vier gewone losse woorden", "language": "nl"}


def invite(email="zoe@example.org", **fields):
    sent = invitations.invite(email=email, by=fields.pop("by", None) or make_admin(), **fields)
    return sent.invitation, urlsplit(sent.link).path


def test_only_the_digest_of_the_link_is_kept():
    invitation, path = invite()
    secret = path.strip("/").split("/")[-1]
    assert secret not in str(Invitation.objects.values().get())
    assert invitations.find_invitation(secret) == invitation
    assert invitations.find_invitation(invitation.digest) is None


def test_only_administrators_invite(client):
    user = make_user()
    with pytest.raises(PermissionDenied):
        invitations.invite(email="zoe@example.org", by=user)
    client.force_login(user)
    assert client.get("/people/invitations/").status_code == 403
    assert (
        client.post("/people/invitations/", {"email": "zoe@example.org", "language": "en"}).status_code == 403
    )
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_the_mail_is_in_the_language_asked_for_and_holds_the_link(client):
    client.force_login(make_admin(name="Ada Beheer", language="en"))
    response = client.post("/people/invitations/", {"email": "Zoe@example.org", "language": "nl"})
    (message,) = mail.outbox
    with translation.override("nl"):
        subject = translation.gettext("%(name)s invites you to %(site)s") % {
            "name": "Ada Beheer",
            "site": "Kring",
        }
    assert (message.subject, message.to) == (subject, ["zoe@example.org"])
    link = response.context["sent"].link
    assert link in message.body
    assert f'href="{link}"' in message.alternatives[0].content
    assert link in response.content.decode()


def test_a_mail_that_cannot_be_sent_is_said(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(make_admin())
    response = client.post("/people/invitations/", {"email": "zoe@example.org", "language": "en"})
    assert "could not be sent" in response.content.decode()
    assert response.context["sent"].link in response.content.decode()


def test_who_has_an_account_is_not_invited(client):
    client.force_login(make_admin())
    make_user(email="zoe@example.org")
    response = client.post("/people/invitations/", {"email": "ZOE@example.org", "language": "en"})
    assert response.status_code == 422
    assert response.context["form"]["email"].value() == "ZOE@example.org"
    assert response.context["form"].errors["email"] == ["This person has an account already."]


def test_accepting_makes_the_account_and_signs_in(client):
    invitation, path = invite(as_guest=True, language="nl")
    assert client.post(path, FORM)["Location"] == "/"
    user = User.objects.get(email="zoe@example.org")
    assert (user.name, user.language, user.is_guest) == ("Zoë Jansen", "nl", True)
    assert user.check_password(FORM["password"])
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["_auth_user_id"] == str(user.pk)
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None


def test_a_weak_password_keeps_what_was_typed(client):
    _, path = invite()
    response = client.post(path, {**FORM, "password": "zoe@example.org"})
    assert response.status_code == 422
    assert response.context["form"]["name"].value() == "Zoë Jansen"
    assert list(response.context["form"].errors) == ["password"]
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_a_link_works_once(client):
    _, path = invite()
    client.post(path, FORM)
    client.post("/accounts/logout/")
    assert client.post(path, {**FORM, "password": "een heel ander wachtwoord"}).status_code == 404
    assert User.objects.get(email="zoe@example.org").check_password(FORM["password"])


def test_an_old_link_is_closed(client):
    invitation, path = invite()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404
    assert client.post(path, FORM).status_code == 404
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_resending_closes_the_old_link(client):
    admin = make_admin()
    invitation, path = invite(by=admin, as_guest=True, language="nl")
    client.force_login(admin)
    response = client.post(f"/people/invitations/{invitation.pk}/resend/")
    client.post("/accounts/logout/")
    assert client.get(path).status_code == 404
    new = response.context["sent"]
    assert (new.invitation.as_guest, new.invitation.language) == (True, "nl")
    assert client.get(urlsplit(new.link).path).status_code == 200
    assert Invitation.objects.count() == 1


def test_revoking_closes_the_link(client):
    admin = make_admin()
    invitation, path = invite(by=admin)
    client.force_login(admin)
    client.post(f"/people/invitations/{invitation.pk}/revoke/")
    client.post("/accounts/logout/")
    assert client.get(path).status_code == 404
    assert not Invitation.objects.exists()


def test_an_account_made_meanwhile_is_not_taken_over(client):
    _, path = invite()
    make_user(email="zoe@example.org", password="een ander wachtwoord")
    assert client.post(path, FORM).status_code == 404
    assert User.objects.get(email="zoe@example.org").check_password("een ander wachtwoord")


def test_who_is_signed_in_is_asked_to_sign_out_first(client):
    _, path = invite()
    client.force_login(make_user())
    client.post(path, FORM)
    assert not User.objects.filter(email="zoe@example.org").exists()
