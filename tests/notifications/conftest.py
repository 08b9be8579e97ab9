"""A kind of notification and an audience, for as long as a test runs."""

import pytest

from kring.indexing import registry
from kring.notifications import kinds


@pytest.fixture
def answered(monkeypatch):
    """The kind "test.answered", mailed at once to those who chose nothing."""
    from django.utils.translation import gettext as _
    from django.utils.translation import gettext_lazy

    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register_kind(
        "test.answered",
        lambda row: f"{row.actor.name}: {_('question')}",
        gettext_lazy("question"),
        why=gettext_lazy("because you asked this"),
    )
    kinds.register_kind("test.quiet", lambda row: "something small", "Small things", email=False)
    return "test.answered"


@pytest.fixture
def holders(monkeypatch):
    """A set of primary keys; whoever is in it holds the audience token "x:1"."""
    found = set()
    tokens = lambda user: ["x:1"] if user.pk in found else []  # noqa: E731
    monkeypatch.setattr(registry, "_audiences", [*registry._audiences, tokens])
    return found
