"""Drafts are forgotten once the site has them; what was typed comes back as somebody would type it."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from factories.people import make_user
from kring.ui.drafts import DraftMiddleware
from kring.ui.views import kept_fields

TAKEN = DraftMiddleware.COOKIE


def answer(request, response):
    return DraftMiddleware(lambda _: response)(request)


def test_a_form_that_was_right_names_the_draft_that_was_taken(rf):
    response = answer(rf.post("/", {"draft_id": "3f2a-01"}), HttpResponseRedirect("/there/"))
    assert response.cookies[TAKEN].value == "3f2a-01"
    assert response.cookies[TAKEN]["samesite"] == "Lax"


@pytest.mark.parametrize("status", [200, 400, 401, 403, 409, 500])
def test_a_form_that_was_not_leaves_the_draft(rf, status):
    response = answer(rf.post("/", {"draft_id": "3f2a-01"}), HttpResponse(status=status))
    assert TAKEN not in response.cookies


@pytest.mark.parametrize("sent", ["", "a; path=/", "x" * 3, "a" * 41, "<b>"])
def test_a_draft_of_another_shape_is_nobodys(rf, sent):
    assert TAKEN not in answer(rf.post("/", {"draft_id": sent}), HttpResponseRedirect("/there/")).cookies


def test_rich_text_is_kept_as_markdown(rf):
    request = rf.post(
        "/",
        {
            "title": "A title",
            "body": "<p>One <strong>bold</strong> word<script>x</script></p>",
            "body-format": "html",
            "why": "*as typed*",
            "draft_id": "3f2a",
            "password": "secret",
        },
    )
    assert kept_fields(request) == [
        ("title", "A title"),
        ("body", "One **bold** word\n"),
        ("why", "*as typed*"),
    ]


def test_a_form_after_the_session_ended_carries_its_draft_on(client, db):
    response = client.post("/lessons/new/", {"why": "kept", "draft_id": "3f2a"})
    assert response.status_code == 401
    assert '<input type="hidden" name="draft_id" value="3f2a">' in response.content.decode()


def test_forms_in_which_one_writes_keep_drafts(client, db):
    user = make_user("Anouk Peeters")
    client.force_login(user)
    html = client.get(f"/people/{user.pk}/edit/").content.decode()
    assert f'<form-draft data-key="{user.pk} ' in html
