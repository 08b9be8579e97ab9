"""Catalogues are compiled at start, by the site itself."""

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.conf import settings

from kring.settings.environment import PROJECT_DIR
from kring.ui.catalogues import compile_catalogues

LANGUAGES = sorted(
    path.parent.parent.name for path in (PROJECT_DIR / "locale").glob("*/LC_MESSAGES/django.po")
)


def catalogue(folder: Path, text: str = "kringen") -> Path:
    po = folder / "nl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "circles"\nmsgstr "{text}"\n'
    )
    return po


def said(mo: Path) -> str:
    with mo.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("circles")


def test_they_stand_beside_their_source_and_are_made_once(tmp_path):
    po = catalogue(tmp_path / "source")
    assert compile_catalogues(tmp_path / "source", tmp_path / "spare") == [po.with_suffix(".mo")]
    assert said(po.with_suffix(".mo")) == "kringen"
    assert compile_catalogues(tmp_path / "source", tmp_path / "spare") == []
    assert not (tmp_path / "spare").exists()


def test_a_newer_source_is_compiled_again(tmp_path):
    po = catalogue(tmp_path / "source")
    compile_catalogues(tmp_path / "source", tmp_path / "spare")
    catalogue(tmp_path / "source", "cirkels")
    later = po.with_suffix(".mo").stat().st_mtime + 5
    os.utime(po, (later, later))
    assert compile_catalogues(tmp_path / "source", tmp_path / "spare") == [po.with_suffix(".mo")]
    assert said(po.with_suffix(".mo")) == "cirkels"


def test_where_the_package_cannot_be_written_they_stand_in_the_spare_folder(tmp_path):
    """Whatever the reason: here a folder stands where the file should."""
    po = catalogue(tmp_path / "source")
    po.with_suffix(".mo").mkdir()
    os.utime(po.with_suffix(".mo"), (0, 0))
    spare = tmp_path / "spare" / "nl" / "LC_MESSAGES" / "django.mo"
    assert compile_catalogues(tmp_path / "source", tmp_path / "spare") == [spare]
    assert said(spare) == "kringen"
    assert compile_catalogues(tmp_path / "source", tmp_path / "spare") == []


def test_nothing_half_written_is_left_behind(tmp_path):
    po = catalogue(tmp_path / "source")
    compile_catalogues(tmp_path / "source", tmp_path / "spare")
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]


def test_every_language_of_the_site_but_the_first_has_a_catalogue():
    assert set(LANGUAGES) >= {code for code, _ in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_of_the_project_compile_and_say_something(language):
    """Whether they are complete says `make lint`."""
    po = polib.pofile(str(PROJECT_DIR / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert po.to_binary()
    assert [entry.msgid for entry in po.translated_entries()][:1] != []
