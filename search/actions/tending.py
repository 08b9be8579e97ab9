"""Keeping synonyms: every change is checked, counted, written down with who made it, and can be undone."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.activity.models import Activity
from kring.people.models import User

from ..models import Synonyms
from ..permissions import may_tend_words
from ..synonyms import written
from ..text import words
from ..thesaurus import key_of
from ..wording import LONGEST_IMPORT, MOST_ROWS, Line, as_told, in_line, read_lines, read_words

ADDED, CHANGED, REMOVED = "synonyms_added", "synonyms_changed", "synonyms_removed"
IMPORTED, TAKEN_OUT = "synonyms_imported", "synonyms_taken_out"
UNDONE = (ADDED, CHANGED, REMOVED, IMPORTED)
VERBS = (*UNDONE, TAKEN_OUT)

Keys = dict[tuple[str, ...], str]


class ChangedMeanwhileError(ValidationError):
    """Somebody else changed or removed it since it was looked at. row: as it is now, None when it is gone."""

    def __init__(self, row: Synonyms | None) -> None:
        self.row = row
        text = _("Somebody changed this while you were at it. It is now: %(words)s")
        gone = _("Somebody removed this while you were at it.")
        super().__init__(text % {"words": shown(row)} if row else gone)


def shown(row: Synonyms) -> str:
    """A row as people read it."""
    return as_told(row.words, row.one_way)


@transaction.atomic
def add_synonyms(*, language: str, text: str, one_way: bool, by: User) -> Synonyms:
    """Raises PermissionDenied, and ValidationError for what makes no row or stands in one already."""
    ones = _checked(language, text, by)
    row = _create(language, ones, one_way, by)
    _record(ADDED, row, by, after=_state(row))
    return row


@transaction.atomic
def change_synonyms(*, pk: int, version: int, text: str, one_way: bool, by: User) -> Synonyms:
    """version: of the row as it was looked at. Raises PermissionDenied, ValidationError and
    ChangedMeanwhileError."""
    row = _locked(pk, version, by)
    ones = _checked(row.language, text, by, besides=pk)
    before = _state(row)
    if before != {"words": ", ".join(ones), "one_way": one_way}:
        _write(row, ones, one_way, by)
        _record(CHANGED, row, by, before=before, after=_state(row))
    return row


@transaction.atomic
def remove_synonyms(*, pk: int, version: int, by: User) -> Activity:
    """What was written down of it, by which it is undone. Raises PermissionDenied, ChangedMeanwhileError."""
    row = _locked(pk, version, by)
    change = _record(REMOVED, row, by, before=_state(row))
    row.delete()
    return change


@transaction.atomic
def import_synonyms(*, language: str, text: str, by: User) -> tuple[int, int]:
    """How many rows are new, and how many were there already or stand in it twice. All of it or nothing.

    Raises PermissionDenied, and ValidationError with a message for each line that cannot be taken.
    """
    _may(by)
    if len(text) > LONGEST_IMPORT:
        raise ValidationError(_("That is too much at once. Import it in parts."))
    lines = read_lines(text, language)
    _lock()
    rows = Synonyms.objects.filter(language=language)
    there = {_same(written(row.words), row.one_way) for row in rows}
    new = []
    for line in lines:
        if (same := _same(line.words, line.one_way)) not in there:
            there.add(same)
            new.append(line)
    _check_lines(new, language)
    _check_number(rows.count() + len(new))
    made = [_create(language, line.words, line.one_way, by) for line in new]
    if made:
        _record(IMPORTED, made[0], by, number=len(made), rows=[row.pk for row in made])
    return len(made), len(lines) - len(made)


def _same(ones: tuple[str, ...], one_way: bool) -> tuple[str, frozenset[str]]:
    """Equal for rows that say the same: the order matters for the first of one way alone."""
    return (ones[0] if one_way else "", frozenset(ones))


def _check_lines(lines: Iterable[Line], language: str) -> None:
    taken, refused = _keys(language), []
    for line in lines:
        if message := _in_another(line.words, language, taken):
            refused.append(in_line(line.number, message))
        for one in line.words:
            taken.setdefault(key_of(words(one), language), as_told(", ".join(line.words), line.one_way))
    if refused:
        raise ValidationError(refused)


@transaction.atomic
def undo_change(*, pk: int, by: User) -> None:
    """Take back what was written down. Raises PermissionDenied, and ValidationError where it was changed or
    taken back since."""
    _may(by)
    _lock()
    change = Activity.objects.select_for_update(of=("self",)).get(pk=pk, verb__in=UNDONE)
    if change.data.get("undone"):
        raise ValidationError(_("That is taken back already."))
    data = change.data
    if change.verb == REMOVED:
        restored = add_synonyms(
            language=data["language"], text=data["before"]["words"], one_way=data["before"]["one_way"], by=by
        )
        change.data = data | {"undone": True, "restored": restored.pk}
    else:
        _take_back(change, by)
        change.data = data | {"undone": True}
    change.save(update_fields=["data"])


def _take_back(change: Activity, by: User) -> None:
    data = change.data
    if change.verb == IMPORTED:
        rows = Synonyms.objects.filter(pk__in=data["rows"], version=1)
        row, number = rows.first(), rows.count()
        if row is None:
            raise ValidationError(_("Nothing of it is as it was imported."))
        _record(TAKEN_OUT, row, by, number=number)
        rows.delete()
    elif change.verb == ADDED:
        remove_synonyms(pk=change.target_id, version=data["version"], by=by)
    else:
        before = data["before"]
        change_synonyms(
            pk=change.target_id,
            version=data["version"],
            text=before["words"],
            one_way=before["one_way"],
            by=by,
        )


def can_be_undone(change: Activity, row: Synonyms | None) -> bool:
    """row: what it was about, as it is now. Of what was brought in, the undoing says what is gone."""
    if change.verb not in UNDONE or change.data.get("undone"):
        return False
    if change.verb in {REMOVED, IMPORTED}:
        return True
    return row is not None and row.version == change.data["version"]


def _may(by: User) -> None:
    if not may_tend_words(by):
        raise PermissionDenied


def _lock() -> None:
    """One change at a time: otherwise two people could add the same word."""
    kind = ContentType.objects.get_for_model(Synonyms)
    ContentType.objects.select_for_update().get(pk=kind.pk)


def _locked(pk: int, version: int, by: User) -> Synonyms:
    _may(by)
    _lock()
    row = Synonyms.objects.filter(pk=pk).first()
    if row is None or row.version != version:
        raise ChangedMeanwhileError(row)
    return row


def _checked(language: str, text: str, by: User, besides: int = 0) -> tuple[str, ...]:
    _may(by)
    _lock()
    ones = read_words(text, language)
    if message := _in_another(ones, language, _keys(language, besides)):
        raise ValidationError(message)
    if not besides:
        _check_number(Synonyms.objects.filter(language=language).count() + 1)
    return ones


def _check_number(rows: int) -> None:
    if rows > MOST_ROWS:
        text = _("There are two thousand rows in this language, which is all that fits. Remove some first.")
        raise ValidationError(text)


def _keys(language: str, besides: int = 0) -> Keys:
    """All that stands in rows of this language, with its row."""
    rows = Synonyms.objects.filter(language=language).exclude(pk=besides)
    return {key_of(words(one), language): shown(row) for row in rows for one in written(row.words)}


def _in_another(ones: Iterable[str], language: str, taken: Keys) -> str:
    for one in ones:
        if row := taken.get(key_of(words(one), language)):
            text = _("“%(word)s” stands in another row already: %(row)s. Change that one.")
            return text % {"word": one, "row": row}
    return ""


def _create(language: str, ones: Iterable[str], one_way: bool, by: User) -> Synonyms:
    return Synonyms.objects.create(language=language, words=", ".join(ones), one_way=one_way, by=by)


def _write(row: Synonyms, ones: Iterable[str], one_way: bool, by: User) -> None:
    row.words, row.one_way, row.by = ", ".join(ones), one_way, by
    row.version += 1
    row.save()


def _state(row: Synonyms) -> dict[str, Any]:
    return {"words": row.words, "one_way": row.one_way}


def _record(verb: str, row: Synonyms, by: User, **data: Any) -> Activity:
    return record(verb=verb, target=row, by=by, language=row.language, version=row.version, **data)
