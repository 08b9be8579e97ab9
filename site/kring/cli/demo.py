"""The demo's content and the accounts to look around with."""

import json
import time
from pathlib import Path
from typing import Any

from .faults import Stop

MARK = "demo.json"


def demo_lines() -> list[str]:
    """Fill an empty site; what to print about the accounts."""
    from django.conf import settings

    from kring.people.models import User

    mark = settings.DATA_DIR / MARK
    if not User.objects.exists():
        _fill(mark)
    if not mark.exists():
        return ["No demo accounts: this site was not empty. Sign in with your own."]
    accounts = json.loads(mark.read_text("utf-8"))
    widest = max(len(account["email"]) for account in accounts)
    return [
        f"  {account['email']:<{widest}}  password: {account['password']}  ({account['about']})"
        for account in accounts
    ]


def refuse_demo_content(folder: Path) -> None:
    """Raises Stop when the folder holds the demo, whose passwords everybody knows."""
    if (folder / MARK).exists():
        raise Stop(
            f"{folder} holds the demo, whose passwords are public. Point KRING_DATA to another folder "
            "for real use, or start this one with `kring demo`."
        )


def _fill(mark: Path) -> None:
    from django.utils import timezone

    from kring.home.actions import load_demo

    print("Filling the site with the demo's content; this happens once.", flush=True)
    began = time.monotonic()
    accounts: list[Any] = load_demo(today=timezone.localdate())
    kept = [{"email": a.email, "password": a.password, "about": a.about} for a in accounts]
    mark.write_text(json.dumps(kept), "utf-8")
    print(f"Filled it in {time.monotonic() - began:.0f} seconds.", flush=True)
