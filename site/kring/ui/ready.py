"""Sentences that the site has ready for people to send. They are kept as they stand in the code, so that each
reader reads them in their own language; what people write themselves is kept as it is."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

_ready: list[Any] = []


def register_ready(texts: Iterable[Any]) -> None:
    """Lazy texts, registered in AppConfig.ready()."""
    _ready.extend(text for text in texts if text not in _ready)


def as_kept(text: str) -> str:
    """A ready sentence in any language of the site as it stands in the code; anything else as it is."""
    said = _plain(text)
    for language in [code for code, _name in settings.LANGUAGES] if said else []:
        with translation.override(language):
            found = next((ready for ready in _ready if _plain(str(ready)) == said), None)
        if found is not None:
            return _in_code(found)
    return text


def as_read(text: str) -> str:
    """The same for a reader, in the active language."""
    return gettext(text) if text and any(_in_code(ready) == text for ready in _ready) else text


def _in_code(ready: Any) -> str:
    with translation.override(None):
        return str(ready)


def _plain(text: str) -> str:
    """Browsers send other line ends than they were given."""
    return " ".join(text.split())
