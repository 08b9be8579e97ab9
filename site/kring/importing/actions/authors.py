"""Whose content it is: people of the site, or names with link and licence."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from . import values
from .links import AddressBook, by_id
from .reading import RejectedError


def licence_of(record: dict[str, Any]) -> str:
    """The record's licence, its own or that of the first source it names."""
    if own := values.line(record, "licence"):
        return own
    source = record.get("source")
    first = source[0] if isinstance(source, list) and source else source
    return values.line(first, "licence") if isinstance(first, dict) else ""


def repository_of(record: dict[str, Any]) -> str:
    source = record.get("source")
    first = source[0] if isinstance(source, list) and source else source
    return values.line(first, "repo") if isinstance(first, dict) else ""


def find_person(reference: str, book: AddressBook) -> int:
    """The account with this source id or e-mail; raises RejectedError when there is none."""
    target = book.find(*by_id(reference))
    if target and target[0] == "people":
        return target[1]
    address = ("", f"mailto:{reference.lower()}")
    if target := book.find(*address):
        return target[1]
    found = get_user_model().objects.filter(email__iexact=reference).values_list("pk", flat=True).first()
    if found is None:
        raise RejectedError(
            _("there is no person “%(person)s” on the site; import the people first") % {"person": reference}
        )
    return found


def author_of(author: Any, book: AddressBook, licence: str = "") -> tuple[int | None, dict[str, str]]:
    """(account, attribution) of one author, in any known shape; one of the two is empty.

    Shapes: {"person"}, {"name", "url", "licence"}, {"persona", "attribution": {"display_name", "profile"}},
    or a bare name.
    """
    if author in (None, "", {}):
        return None, {}
    if isinstance(author, str):
        author = {"name": author}
    if not isinstance(author, dict):
        raise RejectedError(_("an author must be an object"))
    if person := values.text(author, "person"):
        return find_person(person, book), {}
    given = values.obj(author, "attribution")
    found = {
        "name": values.line(given, "display_name")
        or values.line(author, "name")
        or values.line(author, "persona"),
        "url": values.line(given, "profile") or values.line(author, "url") or values.line(author, "profile"),
        "licence": values.line(author, "licence") or licence,
    }
    if not found["name"] and not found["url"]:
        raise RejectedError(_("an author needs a person or a name"))
    return None, found


def authors_of(
    record: dict[str, Any], book: AddressBook, name: str = "authors"
) -> tuple[list[int], list[dict[str, str]]]:
    """(accounts, attributions) of a list of authors."""
    people, attributions = [], []
    for author in values.items(record, name):
        person, attribution = author_of(author, book, licence_of(record))
        if person and person not in people:
            people.append(person)
        if attribution and attribution not in attributions:
            attributions.append(attribution)
    return people, attributions
