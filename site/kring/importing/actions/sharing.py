"""What importers share during one import."""

from typing import Any

from django.utils.translation import gettext as _

from ..models import PendingReference
from ..registry import Importer, Reference, importers
from . import values
from .links import AddressBook
from .reading import RejectedError
from .sources import source_of, source_title


class Run:
    """What importers share while they work: the address book, the community asked for, what was touched.

    `titles` (source to title), when given, lets records without a community go to one for their source.
    """

    def __init__(
        self, importer: Importer, community: int | None = None, titles: dict[str, str] | None = None
    ) -> None:
        self.importer = importer
        self.community = community
        self.titles = titles
        self.file = ""
        self.book = AddressBook()
        self.touched: dict[int, Any] = {}
        self.settling = False
        self._communities: dict[str, int | None] = {}
        self._there: set[int] = set()

    def community_of(self, record: dict[str, Any], name: str = "community") -> int:
        """The community a record names, else the one of the command; raises RejectedError without any."""
        wanted = record.get(name)
        if wanted in (None, ""):
            if self.community is None and self.titles is not None:
                return self._community_of_source(record)
            if self.community is None:
                raise RejectedError(_("no community is named; name one with --community"))
            return self.community
        if not isinstance(wanted, str | int):
            raise RejectedError(_("%(name)s must be %(what)s") % {"name": name, "what": _("text")})
        found = self.find_community(str(wanted))
        if found is None:
            raise RejectedError(_("there is no community “%(community)s”") % {"community": wanted})
        return found

    def _community_of_source(self, record: dict[str, Any]) -> int:
        """The community for what came from there, also after it was renamed; made when there is none."""
        source = source_of(record, self.file)
        key = ("", f"source:{source}")
        communities = importers()["communities"]
        if target := self.book.find(*key):
            if target[1] in self._there or communities.load([target[1]]):
                self._there.add(target[1])
                return target[1]
            self.book.forget(key)
        title = (self.titles or {}).get(source) or source_title(source)
        if not title:
            raise RejectedError(_("no community is named; name one with --community"))
        found = communities.find(title)
        if found is None:
            found = communities.make(title, values.language(record, "en"))
        self.book.add("communities", found, [key])
        return found

    def wait(self, kind: str, object_id: int, reference: Reference) -> None:
        """Keep a reference until its record arrives; the same one is kept once."""
        PendingReference.objects.get_or_create(
            kind=kind,
            object_id=object_id,
            field=reference.field,
            scope=reference.scope,
            address=reference.address,
            defaults={"data": reference.data},
        )

    def find_community(self, name: str) -> int | None:
        target = self.book.find("", f"kring:{name}")
        if target and target[0] == "communities":
            return target[1]
        if self._communities.get(name) is None:
            self._communities[name] = importers()["communities"].find(name)
        return self._communities[name]
