"""Wagtail's administration: for those who may read everything, and closed to everybody else."""

import pytest

from factories.people import make_user
from support.access import Visitor, addresses
from support.scene import ROLES, make_scene

# What answers everybody: the way to sign in, and what its pages need to be drawn.
FAILS_ON_PURPOSE = "/admin/failwhale/"
DOORS = {"/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/jsi18n/"}


def pages() -> list[str]:
    """The addresses of the administration that need nothing filled in."""
    found = {f"/{pattern.removesuffix('$')}" for _, pattern in addresses(within="admin/", without="")}
    return sorted(one for one in found - DOORS if not set(one) & set("<(\\[?*"))


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("editor", "administrator")])
def test_the_administration_is_closed_to(db, role):
    visitor = Visitor(make_scene("open").people[role])
    found = {address: visitor.ask("GET", address).outcome for address in pages()}
    assert set(found.values()) == {"sign in" if role == "anonymous" else "no"}
    assert len(found) > 30


def test_who_reads_everything_but_is_no_editor_is_told_so(db):
    """Sending them to sign in would send them back, for ever."""
    from django.contrib.auth.models import Permission

    reader = make_user()
    reader.user_permissions.add(Permission.objects.get(codename="read_everything"))
    visitor = Visitor(reader)
    assert visitor.ask("GET", "/admin/").outcome == "no"
    assert "/admin/" not in visitor.ask("GET", "/").body


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_those_who_read_everything_enter_by_the_link_in_the_footer(db, role):
    visitor = Visitor(make_scene("open").people[role])
    assert 'href="/admin/"' in visitor.ask("GET", "/").body
    assert visitor.ask("GET", "/admin/").outcome == "yes"


def test_no_page_of_the_administration_fails(db):
    visitor = Visitor(make_scene("private").people["administrator"])
    found = {address: visitor.ask("GET", address).response.status_code for address in pages()}
    assert [address for address, status in found.items() if status >= 500] == [FAILS_ON_PURPOSE]


def test_wagtails_own_door_leads_to_ours(db):
    response = Visitor(None).ask("GET", "/admin/login/?next=/admin/pages/").response
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/admin/pages/")
