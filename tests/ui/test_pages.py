"""Pages that belong to no app: errors, without a network, whether the site is up."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from factories.people import make_user


@pytest.mark.django_db
def test_without_a_network_a_page_without_anything_personal_is_shown(client):
    bare = client.get("/offline/")
    client.force_login(make_user("Femke de Vries", language="en"))
    personal = client.get("/offline/")
    assert bare.status_code == 200
    assert personal.content == bare.content
    assert "Femke" not in personal.content.decode()
    assert "No connection" in bare.content.decode()
    assert not {"Set-Cookie", "Vary"} & set(bare.headers) or "sessionid" not in bare.cookies


@pytest.mark.django_db
def test_the_service_worker_keeps_that_page_and_public_files_alone(client):
    response = client.get("/service-worker.js")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    kept = re.search(r"const files = \[(.*?)\];", response.content.decode())[1]
    page, *files = re.findall(r'"([^"]+)"', kept)
    assert page == "/offline/"
    assert len(files) > 3
    assert [name for name in files if finders.find(name.removeprefix("/static/")) is None] == []


@pytest.mark.django_db
def test_whether_the_site_is_up_can_be_asked_without_an_account(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/offline/", "/service-worker.js", "/healthz", "/components/"])
def test_they_are_read_only(client, address):
    client.force_login(make_user())
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_what_is_not_there_says_so_to_everybody(client):
    assert "This page isn’t here" in client.get("/nowhere/").content.decode()
    client.force_login(make_user("Femke", language="en"))
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert 'href="/search/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address, status", [("/nowhere/", 404), ("/components/", 403)])
def test_programs_get_the_status_alone(client, address, status):
    client.force_login(make_user())
    response = client.get(address, headers={"Accept": "application/json"})
    assert (response.status_code, response.content) == (status, b"")


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_on_a_page():
    response = Client(headers={"host": "elsewhere.example"}).get("/accounts/login/")
    assert response.status_code == 400
    assert "That didn’t come through" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "offline.html"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_pages_for_when_things_are_broken_need_nothing_but_the_name(name, language):
    """No database, no session, no request."""
    with translation.override(language):
        page = render_to_string(name, {"site_name": "Kring"})
    assert f'<html lang="{language}">' in page
    assert "<h1>" in page
