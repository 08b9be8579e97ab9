import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from factories.people import make_admin, make_user
from kring.activity.actions import record
from kring.activity.models import Activity
from kring.indexing.models import IndexChange
from kring.people import actions
from kring.people.actions import privacy
from kring.people.models import Profile, User

pytestmark = pytest.mark.django_db
PASSWORD = "vier gewone losse woorden"


@pytest.fixture
def person():
    user = make_user(
        "Zoë Jansen", email="zoe@example.org", password=PASSWORD, headline="Toetser", location="Utrecht"
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    actions.add_skill(person=user, by=user, label="Python", direction="offers", level=3)
    actions.set_picture(person=user, by=user, picture=ContentFile(b"picture", name="picture.webp"))
    record(verb="joined", target=user, by=user)
    return user


def test_the_export_holds_everything_and_the_files(client, person):
    client.force_login(person)
    response = client.post("/settings/data/export/")
    assert response["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    data = json.loads(archive.read("data.json"))
    assert set(data) == {"exported_at", *(one.name for one in privacy.holdings())}
    mine = data["people"]
    assert mine["account"]["email"] == "zoe@example.org"
    assert mine["profile"]["headline"] == "Toetser"
    assert mine["skills"] == [{"skill": "Python", "uri": None, "direction": "offers", "level": 3}]
    assert [one["verb"] for one in mine["activities"]] == ["joined"]
    assert archive.read(f"files/{person.profile.picture.name}") == b"picture"


def test_an_export_is_for_the_person_alone(person):
    with pytest.raises(PermissionDenied):
        privacy.export_archive(person=person, by=make_admin())


def test_other_apps_give_and_erase_what_they_hold(person, monkeypatch):
    erased = []
    monkeypatch.setattr(privacy, "_holdings", dict(privacy._holdings))
    privacy.register_holdings(
        "test", lambda user: {"of": user.name}, lambda user: erased.append(user.email), "A test."
    )
    assert privacy.export_data(person)["test"] == {"of": "Zoë Jansen"}
    privacy.erase(person=person, by=person)
    assert erased == ["zoe@example.org"]


def check_erased(person, picture):
    gone = User.objects.get(pk=person.pk)
    assert (gone.name, gone.email) == ("Former colleague", f"erased-{gone.pk}@erased.invalid")
    assert gone.erased_at is not None
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert not gone.skills.exists()
    profile = gone.profile
    assert (profile.headline, profile.location, profile.picture.name, profile.languages) == ("", "", "", [])
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert list(Activity.objects.filter(verb="joined").values_list("actor", flat=True)) == [None]
    assert not default_storage.exists(picture)
    assert "Zoë" not in str(list(User.objects.values())) + str(list(Profile.objects.values()))


def test_erasing_takes_the_person_out_and_twice_is_as_once(person, django_capture_on_commit_callbacks):
    picture = person.profile.picture.name
    IndexChange.objects.all().delete()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            privacy.erase(person=person, by=make_admin())
        check_erased(person, picture)
    assert IndexChange.objects.filter(kind="person", object_id=person.pk).exists()
    first = User.objects.get(pk=person.pk).erased_at
    privacy.erase(person=person, by=make_admin())
    assert User.objects.get(pk=person.pk).erased_at == first


def test_the_manager_of_others_leaves_a_gap(person):
    report = make_user()
    actions.edit_profile(person=report, by=report, manager=person)
    privacy.erase(person=person, by=person)
    report.profile.refresh_from_db()
    assert report.profile.manager is None


def test_leaving_wants_the_address_and_the_password(client, person):
    client.force_login(person)
    for fields in (
        {"email": "zoe@example.org", "password": "wrong"},
        {"email": "other@example.org", "password": PASSWORD},
    ):
        response = client.post(f"/people/{person.pk}/erase/", fields)
        assert response.status_code == 422
    assert User.objects.get(pk=person.pk).erased_at is None
    response = client.post(f"/people/{person.pk}/erase/", {"email": "Zoe@example.org", "password": PASSWORD})
    assert response.status_code == 200
    assert User.objects.get(pk=person.pk).erased_at is not None
    assert "_auth_user_id" not in client.session


def test_erasing_ends_the_persons_sessions(client, person):
    client.force_login(person)
    privacy.erase(person=person, by=make_admin())
    assert client.get("/settings/").status_code == 302


def test_others_cannot_erase_and_the_erased_are_not_there(client, person):
    client.force_login(make_user())
    assert client.get(f"/people/{person.pk}/erase/").status_code == 404
    with pytest.raises(PermissionDenied):
        privacy.erase(person=person, by=make_user())
    privacy.erase(person=person, by=make_admin())
    assert client.get(f"/people/{person.pk}/").status_code == 404


def test_the_last_administrator_stays(client):
    admin = make_admin(password=PASSWORD)
    with pytest.raises(privacy.LastAdministratorError):
        privacy.erase(person=admin, by=admin)
    client.force_login(admin)
    response = client.post(f"/people/{admin.pk}/erase/", {"email": admin.email, "password": PASSWORD})
    assert response.status_code == 422
    client.post(f"/people/{admin.pk}/close/")
    client.post(f"/people/{admin.pk}/access/", {})
    admin.refresh_from_db()
    assert admin.is_active
    assert admin.is_superuser


def test_closing_an_account_ends_its_session_and_opening_lets_it_in(client, person):
    admin = make_admin()
    client.force_login(person)
    actions.deactivate(person=person, by=admin)
    assert client.get("/settings/").status_code == 302
    actions.reactivate(person=person, by=admin)
    assert client.get("/settings/").status_code == 200
    with pytest.raises(PermissionDenied):
        actions.deactivate(person=admin, by=person)


def test_administrators_say_what_an_account_may_do(client, person):
    client.force_login(make_admin())
    client.post(f"/people/{person.pk}/access/", {"reads_everything": "on"})
    reader = User.objects.get(pk=person.pk)
    assert reader.has_perm("people.read_everything")
    assert reader.is_staff
    both = client.post(f"/people/{person.pk}/access/", {"is_guest": "on", "is_administrator": "on"})
    assert both.status_code == 422
    client.post(f"/people/{person.pk}/access/", {"is_guest": "on"})
    guest = User.objects.get(pk=person.pk)
    assert guest.is_guest
    assert not guest.has_perm("people.read_everything")
    client.force_login(person)
    assert client.post(f"/people/{person.pk}/access/", {"is_administrator": "on"}).status_code == 404


def test_preferences_are_kept_and_shown_at_once(client, person):
    client.force_login(person)
    client.post("/settings/", {"language": "nl", "theme": "dark", "time_zone": "America/New_York"})
    person.refresh_from_db()
    assert (person.language, person.theme, person.time_zone) == ("nl", "dark", "America/New_York")
    page = client.get("/settings/").content.decode()
    assert '<html lang="nl" data-theme="dark">' in page
    assert client.post("/settings/", {"time_zone": "Mars/Base"}).status_code == 422
