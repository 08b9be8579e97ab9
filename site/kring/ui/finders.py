"""The style files joined into one, so that a first view asks once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "static" / "kring" / "css"
NAME = "kring/site.css"
# The editor's styles come with the editor.
APART = {"reset.css", "editor.css"}


def joined() -> str:
    """reset.css first, for it names the layers; after it the order is free."""
    rest = sorted(path for path in SOURCES.glob("*.css") if path.name not in APART)
    return "\n".join(path.read_text("utf-8") for path in [SOURCES / "reset.css", *rest])


class StylesheetFinder(BaseFinder):
    """Finds kring/site.css, written anew when a source changed."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = settings.DATA_DIR / "styles"
        super().__init__(*args, **kwargs)

    def _write(self) -> Path:
        target = self.root / NAME
        text = joined()
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return target

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Any:
        self._write()
        yield NAME, FileSystemStorage(location=str(self.root))
