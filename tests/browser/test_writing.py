"""Nothing that is typed gets lost, and it can be typed where no script runs."""

import re

import pytest

from factories.communities import make_community, make_member
from factories.people import make_user
from support.writing import new, send, stored, write_to
from wiki.models import LessonPage


@pytest.fixture
def writer(root):
    """Somebody who writes in a community."""
    user = make_user("Anouk Peeters")
    make_member(make_community("Suppliers"), user)
    return user


def test_without_script_one_writes_markdown(browser_page, writer):
    page = browser_page(user=writer, javascript=False)
    page.goto("/wiki/new/")
    assert page.get_by_text("Signs make it up").is_visible()
    page.locator("#id_body").fill("## A\n\nb **c**\n\n- [x] d")
    send(page)
    assert stored() == (
        '<h2 id="s-a">A</h2><p>b <strong>c</strong></p><ul data-type="taskList">'
        '<li data-type="taskItem" data-checked="true"><p>d</p></li></ul>'
    )


def test_when_the_editor_cannot_be_loaded_the_text_area_stays(browser_page, writer):
    page = browser_page(user=writer, allow=("django_prose_editor",))
    page.route("**/django_prose_editor/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto("/wiki/new/")
    page.locator("#id_body").fill("one *word*")
    send(page)
    assert stored() == "<p>one <em>word</em></p>"


def test_what_was_typed_before_the_editor_came_is_kept(browser_page, writer):
    page = browser_page(user=writer)
    waiting = []
    page.route("**/django_prose_editor/**", lambda route: waiting.append(route))
    with page.expect_request("**/django_prose_editor/**"):
        page.goto("/wiki/new/", wait_until="commit")
    page.locator("#id_body").fill("*early*")
    with page.expect_response("**/django_prose_editor/**"):
        waiting[0].continue_()
    send(page)
    assert stored() == "<p><em>early</em></p>"


def test_an_error_keeps_the_text_in_the_editor(browser_page, writer):
    page = new(browser_page, writer, allow=("answer 400",))
    write_to(page, "kept")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.locator(".rich-text__text").wait_for()
    assert page.locator("#id_body").inner_text().strip() == "kept"
    assert not page.get_by_text("You were writing this before").is_visible()
    send(page)
    assert stored() == "<p>kept</p>"


def test_a_draft_outlives_the_page_until_it_is_sent(browser_page, writer):
    page = new(browser_page, writer)
    page.get_by_label("Title", exact=True).fill("Half a title")
    write_to(page, "half a text")
    page.goto("/wiki/")
    page.goto("/wiki/new/")
    page.get_by_text("You were writing this before").wait_for()
    page.locator("#id_body", has_text="half a text").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == "Half a title"
    send(page)
    assert stored() == "<p>half a text</p>"

    page.goto("/wiki/new/")
    page.locator(".rich-text__text").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == ""
    assert not page.get_by_text("You were writing this before").is_visible()


def test_a_lost_connection_loses_no_text(browser_page, writer):
    page = new(browser_page, writer, "/lessons/new/", allow=("failed",))
    page.locator("#id_happened").click()
    page.keyboard.type("It stopped.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto("/lessons/new/")
    page.locator("#id_happened", has_text="It stopped.").wait_for()
    page.get_by_role("button", name="Begin anew").click()
    page.locator("#id_happened:not(:has-text('It stopped.'))").wait_for()
    assert not LessonPage.objects.exists()


def test_a_session_that_ended_loses_no_text(browser_page, writer):
    page = new(browser_page, writer, allow=("answer 401",))
    cookies = page.context.cookies()
    write_to(page, "one\n")
    page.locator("#id_body").press("Control+b")
    page.keyboard.type("bold")
    page.get_by_label("Title", exact=True).fill("A title")
    page.locator("#id_community").select_option(label="Suppliers")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    assert page.locator("[name=body]").input_value() == "one\n\n**bold**\n"
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(re.compile("/communities/"))
    assert stored() == "<p>one</p><p><strong>bold</strong></p>"
    page.goto("/wiki/new/")
    page.locator(".rich-text__text").wait_for()
    assert page.locator("#id_body").inner_text().strip() == ""
