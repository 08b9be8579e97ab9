import pytest
from django.test import Client

from factories.people import make_user

pytestmark = pytest.mark.django_db


def test_what_was_typed_after_the_session_ended_is_given_back(client):
    user = make_user()
    typed = {"headline": "Tester <b>", "location": "Utrecht", "password": "secret", "about": ""}
    response = client.post(f"/people/{user.pk}/edit/", typed)
    assert response.status_code == 401
    assert response.context["kept"] == [("headline", "Tester <b>"), ("location", "Utrecht")]
    page = response.content.decode()
    assert "Tester &lt;b&gt;</textarea>" in page
    assert "secret" not in page
    assert f'action="/people/{user.pk}/edit/"' in page
    assert 'href="/accounts/login/" target="_blank"' in page


def test_sent_again_after_signing_in_it_is_stored(client):
    user = make_user()
    kept = client.post(f"/people/{user.pk}/edit/", {"name": "Zoë", "headline": "Tester"}).context["kept"]
    client.force_login(user)
    assert client.post(f"/people/{user.pk}/edit/", dict(kept)).status_code == 302
    user.profile.refresh_from_db()
    assert user.profile.headline == "Tester"


def test_a_part_of_a_page_is_replaced_by_the_explanation(client):
    response = client.post("/settings/", {"theme": "dark"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Retarget"] == "#main"


def test_programs_get_a_status_only(client):
    response = client.post("/settings/", {}, headers={"Accept": "application/json"})
    assert (response.status_code, response.content) == (401, b"")


def test_reading_leads_to_the_door_and_back(client):
    assert client.get("/people/?q=zoe")["Location"] == "/accounts/login/?next=/people/%3Fq%3Dzoe"


def test_without_any_cookie_left_what_was_typed_is_given_back_too():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/settings/", {"theme": "dark"})
    assert response.status_code == 401
    assert response.context["kept"] == [("theme", "dark")]
    assert 'href="/accounts/login/" target="_blank"' in response.content.decode()


def test_an_old_key_of_a_signed_in_person_asks_to_send_again():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    response = client.post("/settings/", {"theme": "dark"})
    assert response.status_code == 403
    assert response.context["kept"] == [("theme", "dark")]
