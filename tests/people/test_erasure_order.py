"""In which order apps erase what they hold."""

import pytest

from factories.people import make_user
from kring.people.actions import privacy

pytestmark = pytest.mark.django_db


def test_the_account_goes_last(monkeypatch):
    """Others still find things by the address that the person had."""
    person = make_user(email="femke@example.org")
    seen = []
    monkeypatch.setattr(privacy, "_holdings", dict(privacy._holdings))
    privacy.register_holdings("later", lambda user: None, lambda user: seen.append(user.email), "")
    privacy.erase(person=person, by=person)
    assert seen == ["femke@example.org"]
