"""What other apps show on a person's page: their communities, lessons, answers."""

from collections.abc import Callable
from typing import Any

from .models import User

Render = Callable[[Any, User], str | None]

_panels: list[tuple[int, Render]] = []


def register_panel(render: Render, order: int = 0) -> None:
    """Show what `render(user, person)` gives: safe HTML, a section with its own h2, or None for nothing.

    It decides itself what `user` may read of `person`. Of their own page, buttons in it are sent by the
    page's form: form="own-panels", with the address as formaction.
    """
    if render not in [known for _, known in _panels]:
        _panels.append((order, render))


def panels_of(user: Any, person: User) -> list[str]:
    """The panels of this person's page, in order, for this reader."""
    ordered = sorted(_panels, key=lambda entry: entry[0])
    return [html for _, render in ordered if (html := render(user, person))]
