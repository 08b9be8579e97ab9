"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from kring.people.models import User

from ..models import HiddenPanel


def holdings_of(user: User) -> dict[str, list[Any]]:
    """What the person put away on their home page."""
    return {"hidden": list(HiddenPanel.objects.filter(user=user).values("panel", "hidden_at").order_by("pk"))}


def erase_choices(user: User) -> None:
    HiddenPanel.objects.filter(user=user).delete()
