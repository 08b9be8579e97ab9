"""Uploaded files are for those whom their owner lets have them, by whatever path they are asked for."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from factories.people import make_user
from kring.ui import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path, monkeypatch):
    """Owners of two folders: one for everybody, one for nobody; beside them a secret of the site."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr(files, "_owners", {})
    files.register("open/", lambda user, name: True)
    files.register("open/shut/", lambda user, name: False)
    for name in (
        "open/a.png",
        "open/a.svg",
        "open/a.html",
        "open/a.unknown",
        "open/shut/a.png",
        "nobodys/a.png",
    ):
        default_storage.save(name, ContentFile(name.encode()))
    (tmp_path / "secret_key").write_text("secret")


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


def test_whoever_may_have_it_gets_it_and_nobody_else_does(reader, client):
    response = reader.get("/media/open/a.png")
    assert (response.status_code, response.getvalue()) == (200, b"open/a.png")
    assert reader.get("/media/open/shut/a.png").status_code == 404
    assert reader.get("/media/nobodys/a.png").status_code == 404
    client.logout()
    assert client.get("/media/open/a.png")["Location"] == "/accounts/login/?next=/media/open/a.png"


@pytest.mark.parametrize(
    "path",
    [
        "open/../secret_key",
        "open/../../secret_key",
        "open/../open/shut/a.png",
        "open/..%2f..%2fsecret_key",
        "open/%2e%2e/%2e%2e/secret_key",
        "open/./shut/a.png",
        "open//shut/a.png",
        "open/..",
        "open/",
        "open",
        "../secret_key",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "open/%00",
        "open/a.png%00.html",
        "open/..\\..\\secret_key",
        "open/" + "x" * 5000,
        "open/shut",
        "OPEN/a.png",
    ],
)
def test_no_path_leads_around_the_owner(reader, path):
    assert reader.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "name, kind, shown",
    [
        ("a.png", "image/png", True),
        ("a.svg", "image/svg+xml", False),
        ("a.html", "text/html", False),
        ("a.unknown", "application/octet-stream", False),
    ],
)
def test_only_pictures_are_shown_and_none_can_run_anything(reader, name, kind, shown):
    response = reader.get(f"/media/open/{name}")
    response.close()
    assert response["Content-Type"] == kind
    assert response.get("Content-Disposition", "").startswith("attachment") is not shown
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600"


def test_it_is_read_only(reader):
    assert reader.post("/media/open/a.png").status_code == 405
    assert reader.delete("/media/open/a.png").status_code == 405
    assert reader.head("/media/open/a.png").status_code == 200
