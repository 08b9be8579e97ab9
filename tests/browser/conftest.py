"""The site in a real browser: docs/testing.md says how it is put together."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from support.chromium import LOCALES, NOT_FOUND, Watch, find_chromium, marked, running_chromium, violations
from support.database import empty_database

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """One line for all tests that were skipped together, not one for each."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and NOT_FOUND in report.longrepr[2]:
        report.longrepr = (__file__, 1, f"Skipped: {NOT_FOUND}")
    return report


@pytest.fixture(scope="session")
def started_chromium():
    path = find_chromium()
    if path is None:
        pytest.skip(NOT_FOUND)
    with running_chromium(path) as browser_and_loop:
        yield browser_and_loop


@pytest.fixture
def chromium(started_chromium, monkeypatch):
    browser, loop = started_chromium
    # Django refuses the database in a thread with a running loop. This one waits while the test works.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with marked(loop):
        yield browser


@pytest.fixture(scope="session")
def site_address(started_chromium, running_address):
    return running_address


@pytest.fixture
def db(chromium, site_address, django_db_blocker):
    """An empty database without a transaction, so that the site sees what a test makes. Takes the place of
    pytest-django's in this folder."""
    with django_db_blocker.unblock():
        empty_database()
        yield
        empty_database()
        connection.close()


@pytest.fixture
def site(db, settings, tmp_path, site_address):
    """The address of the site, with index, uploads and mail of this test alone."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = site_address
    return site_address


@pytest.fixture
def browser_page(chromium, site):
    """Open a browser of its own: browser_page(width=390, language="nl", theme="dark", user=anna).

    `user` is signed in without a form. `allow` are words of faults that the test wants, such as "answer 404".
    """
    opened = []

    def open_page(
        *,
        width=1280,
        height=900,
        language="en",
        theme="light",
        user=None,
        javascript=True,
        allow=(),
        **options,
    ):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale=LOCALES[language],
            color_scheme=theme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(30_000)
        opened.append((context, Watch(context, site, tuple(allow))))
        if user is not None:
            client = Client()
            client.force_login(user)
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        return context.new_page()

    yield open_page
    for context, _ in opened:
        context.close()
    found = [line for _, watch in opened for line in watch.found]
    assert found == [], "\n" + "\n".join(found)


@pytest.fixture
def sign_in(site):
    """Sign in by the form, as people do."""

    def sign_in_by_form(page, user, password):
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(password)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login/" not in url)

    return sign_in_by_form


@pytest.fixture
def axe():
    """Fails with a line for each element that keeps somebody out: axe(page)."""

    def check(page):
        found = violations(page)
        assert found == [], f"{page.url}\n" + "\n".join(found)

    return check


@pytest.fixture
def run_tasks():
    """Do what is waiting in the background, such as mail; also what waits for a moment to come."""
    from django_tasks_db.models import DBTaskResult

    from kring.worker.running import Worker

    def run():
        DBTaskResult.objects.update(run_after=timezone.now())
        worker = Worker()
        while worker.turn():
            pass

    return run
