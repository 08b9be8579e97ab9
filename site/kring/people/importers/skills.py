"""Skills, with labels in both languages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.importing.actions import RejectedError
from kring.importing.actions import values as read
from kring.importing.registry import Draft, Importer

from ..models import Skill

LABEL_LENGTH = 200
URI_LENGTH = 200
valid_uri = URLValidator(schemes=["http", "https"])


def read_skill(record: dict[str, Any]) -> dict[str, Any]:
    """uri and both labels of a skill, also of the short form within a person; raises RejectedError."""
    uri = read.line(record, "uri")
    if uri:
        try:
            valid_uri(uri)
        except ValidationError:
            raise RejectedError(_("uri is no address: %(uri)s") % {"uri": read.shorten(uri, 100)}) from None
        if len(uri) > URI_LENGTH:
            raise RejectedError(_("uri is longer than %(limit)s characters") % {"limit": URI_LENGTH})
    label = read.obj(record, "label")
    en, nl = read.line(label, "en"), read.line(label, "nl")
    if not en and not nl:
        raise RejectedError(_("label needs en or nl"))
    if max(len(en), len(nl)) > LABEL_LENGTH:
        raise RejectedError(_("label is longer than %(limit)s characters") % {"limit": LABEL_LENGTH})
    return {"uri": uri, "label_en": en, "label_nl": nl}


def find_skill(values: dict[str, Any]) -> Skill | None:
    """By URI; without one by a label in either language, among those without a URI first."""
    if values.get("uri"):
        return Skill.objects.filter(uri=values["uri"]).first()
    for name in ("label_en", "label_nl"):
        if values.get(name):
            found = Skill.objects.filter(**{f"{name}__iexact": values[name]}).order_by("uri", "pk").first()
            if found:
                return found
    return None


def ensure_skill(record: dict[str, Any]) -> Skill:
    values = read_skill(record)
    values = {name: value for name, value in values.items() if value}
    return find_skill(values) or Skill.objects.create(**values)


class SkillsImporter(Importer):
    kind = "skills"
    label = gettext_lazy("skills")
    model = Skill
    fields = frozenset(
        [
            "id",
            "type",
            "uri",
            "label",
            "alt",
            "description",
            "source",
            "code",
            "skill_type",
            "reuse",
            "collection",
        ]
    ) | {"broader_nl", "broader_en"}

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        values = read_skill(record)
        alternatives = read.obj(record, "alt")
        described = read.obj(record, "description")
        groups = {name[-2:]: read.words(record, name, LABEL_LENGTH) for name in ("broader_en", "broader_nl")}
        values |= {
            "alternatives": {
                code: words
                for code in ("en", "nl")
                if (words := read.words(alternatives, code, LABEL_LENGTH))
            },
            "description_en": _described(described, "en", groups),
            "description_nl": _described(described, "nl", groups),
        }
        return Draft(values)

    def adopt(self, draft: Draft, record: dict[str, Any], run: Any) -> Skill | None:
        return find_skill(draft.values)

    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> Skill:
        return Skill.objects.create(**draft.values)

    def update(self, thing: Any, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save(update_fields=list(values))

    def emptied(self, names: Any) -> dict[str, Any]:
        empty = {"uri": None, "alternatives": {}}
        return {name: empty.get(name, "") for name in names}

    def state(self, thing: Any) -> dict[str, Any]:
        names = ("uri", "label_en", "label_nl", "alternatives", "description_en", "description_nl")
        return {name: getattr(thing, name) for name in names}

    def link(self, object_id: int) -> str:
        return f"/people/?skill={object_id}"


def _described(described: dict[str, Any], code: str, groups: dict[str, list[str]]) -> str:
    """The description, and below it the wider terms the skill belongs to."""
    parts = [read.text(described, code), ", ".join(groups[code])]
    return "\n".join(part for part in parts if part)
