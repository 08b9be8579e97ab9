"""What the documents say is so: rooms, layers, settings, links."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from support.house import LAYERS

ROOT = Path(__file__).parents[1]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
OPERATIONS = ROOT / "docs/operations.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Names of variables where code reads them: env.text("NAME"), environ.get("NAME"), environ["NAME"].
READ = re.compile(
    r"""(?:env\.\w+|(?<!\w)(?:text|flag|number|words)|environ\.\w+)\(\s*"([A-Z][A-Z_]+)"|environ\["([A-Z_]+)"""
)
# How Django is told where its settings stand: `kring` does that.
INNER = {"DJANGO_SETTINGS_MODULE"}
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def code_block(after: str) -> list[str]:
    return ARCHITECTURE.split(after, 1)[1].split("```")[1].strip().splitlines()


def test_rooms_in_the_document_stand_in_the_house():
    table = ARCHITECTURE.split("## Rooms", 1)[1].split("##")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    rooms = [name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+)`", row)]
    kring = {"asgi.py": "site/kring/asgi.py", "cli": "site/kring/cli", "api": "site/kring/api"}
    missing = [room for room in rooms if not (ROOT / kring.get(room, room)).exists()]
    assert missing == []
    named = {room.rsplit("/", 1)[-1] for room in rooms}
    assert {label for row in LAYERS for label in row} <= named


def test_layers_in_the_document_are_those_that_are_held():
    written = [re.split(r"[ |]+", line.split("   ")[0]) for line in code_block("## Which way imports run")]
    assert written[0] == ["urls", "asgi", "cli"]
    assert written[1:] == LAYERS
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = [
        [name.strip().removeprefix("kring.") for name in re.split(r"[|:]", row)]
        for row in contracts[0]["layers"]
    ]
    assert held == written


def test_apps_are_installed_from_the_top_of_the_house_downward():
    """In this order they find each other's registries filled, and templates of above come first."""
    ours = [name.removeprefix("kring.") for name in settings.INSTALLED_APPS]
    labels = [label for row in LAYERS for label in row]
    assert [name for name in ours if name in labels] == labels


def variables() -> dict[str, str]:
    """Variable to a file that reads it."""
    return {
        name: str(path.relative_to(ROOT))
        for folder in ("site/kring/settings", "site/kring/cli")
        for path in (ROOT / folder).rglob("*.py")
        for found in READ.findall(path.read_text())
        if (name := found[0] or found[1]) not in INNER
    }


def test_every_variable_is_documented():
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", OPERATIONS.read_text()))
    found = variables()
    assert len(found) > 20
    assert {name: path for name, path in found.items() if name not in documented} == {}


def test_every_documented_variable_is_read():
    rows = [line.split("|")[1] for line in OPERATIONS.read_text().splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}
    assert documented - set(variables()) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = [one or two for one, two in LINK.findall(CODE.sub("", page.read_text()))]
    dead = [
        link
        for link in links
        if not link.startswith(("https://", "http://", "mailto:"))
        and not _leads_somewhere(page, *link.partition("#")[::2])
    ]
    assert dead == []


def _leads_somewhere(page: Path, path: str, heading: str) -> bool:
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not heading:
        return target.exists()
    headings = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)
    return heading in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_decision_has_a_title_and_a_number_of_its_own():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if not path.read_text().startswith("# ")] == []
