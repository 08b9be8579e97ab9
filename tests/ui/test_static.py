"""Static files: those that templates name exist, and modules find each other under their lasting names."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import File

from kring.ui.storage import StaticStorage

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["']([./][^"']+)["']""")


def modules() -> list[Path]:
    return sorted((ROOT / "site/kring/ui/static/kring/js").rglob("*.js"))


def test_every_static_file_that_a_template_names_exists():
    missing = {
        f"{template.relative_to(ROOT)}: {name}"
        for template in (ROOT / "templates").rglob("*.html")
        for name in NAMED.findall(template.read_text())
        if finders.find(name) is None
    }
    assert missing == set()


def test_modules_import_each_other_under_names_that_last(tmp_path):
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    stored = {}
    for path in modules():
        name = f"kring/js/{path.relative_to(ROOT / 'site/kring/ui/static/kring/js')}"
        with path.open("rb") as file:
            storage.save(name, File(file))
        stored[name] = (storage, name)
    assert [str(fault) for *_, fault in storage.post_process(stored) if isinstance(fault, Exception)] == []
    imports = {}
    for name in stored:
        hashed = tmp_path / storage.stored_name(name)
        imports |= {
            f"{name}: {found}": hashed.parent / found for found in IMPORTED.findall(hashed.read_text())
        }
    assert len(imports) > 5
    assert [place for place, target in imports.items() if not target.exists()] == []
    assert [place for place in imports if not re.search(r"\.[0-9a-f]{12}\.js$", place)] == []
