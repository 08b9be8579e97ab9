"""People."""

from itertools import count

from kring.people.models import Profile, User

_numbers = count(1)


def make_user(name: str = "", *, email: str = "", password: str | None = None, **fields) -> User:
    number = next(_numbers)
    profile = {key: fields.pop(key) for key in ("headline", "team", "location", "languages") if key in fields}
    user = User.objects.create_user(
        email or f"person{number}@example.org", password, name=name or f"Person {number}", **fields
    )
    Profile.objects.update_or_create(user=user, defaults=profile)
    return user


def make_admin(**fields) -> User:
    return make_user(is_superuser=True, is_staff=True, **fields)


def make_guest(**fields) -> User:
    return make_user(is_guest=True, **fields)
