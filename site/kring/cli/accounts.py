"""The first administrator of a new site."""

import getpass
import sys
from typing import Any

from .faults import Stop


def ensure_administrator() -> None:
    """On a site without an administrator: make the first one, from the environment or by asking.

    People may have been imported before; one of them can be it.
    """
    from kring.people.models import User

    if User.objects.active().filter(is_superuser=True).exists():
        return
    from kring.settings import environment as env

    email, password = env.text("KRING_ADMIN_EMAIL"), env.text("KRING_ADMIN_PASSWORD")
    if email and password:
        name = env.text("KRING_ADMIN_NAME") or email.partition("@")[0]
        problems = _problems(email, name, password)
        if problems:
            raise Stop(f"KRING_ADMIN_EMAIL or KRING_ADMIN_PASSWORD cannot be used: {' '.join(problems)}")
    elif sys.stdin.isatty():
        email, name, password = _ask()
    else:
        raise Stop(
            "The site has no administrator yet. Set KRING_ADMIN_EMAIL and KRING_ADMIN_PASSWORD for its first "
            "administrator, or start it once at a terminal to be asked."
        )
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        User.objects.create_superuser(email, password, name=name)
    else:
        known.is_superuser = known.is_staff = known.is_active = True
        known.set_password(password)
        known.save()
    print(f"Made {email} the first administrator.", flush=True)


def _ask() -> tuple[str, str, str]:
    print("This site is new. Who is its first administrator?")
    while True:
        name = input("Name: ").strip()
        email = input("E-mail: ").strip()
        password = getpass.getpass("Password: ")
        again = getpass.getpass("Password, once more: ")
        problems = _problems(email, name, password)
        if password != again:
            problems.append("The two passwords differ.")
        if not problems:
            return email, name, password
        print(" ".join(problems))


def _problems(email: str, name: str, password: str) -> list[str]:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from kring.people.models import User

    found: list[str] = [] if name else ["A name is needed."]
    checks: list[tuple[Any, tuple[Any, ...]]] = [
        (validate_email, (email,)),
        (validate_password, (password, User(email=email, name=name))),
    ]
    for check, arguments in checks:
        try:
            check(*arguments)
        except ValidationError as error:
            found.extend(error.messages)
    return found
