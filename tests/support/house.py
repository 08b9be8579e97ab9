"""The house as the tests walk through it: its rooms from the top downward, and its files."""

from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
LAYERS = [
    ["home", "insights", "api"],
    ["wiki", "mentoring", "events"],
    ["communities"],
    ["conversations"],
    ["search"],
    ["recognition"],
    ["notifications"],
    ["people"],
    ["indexing"],
    ["importing"],
    ["activity"],
    ["worker"],
    ["ui"],
]
HEIGHT = {label: len(LAYERS) - index for index, row in enumerate(LAYERS) for label in row}
OURS = [apps.get_app_config(label) for label in HEIGHT]


def sources(suffix: str) -> list[Path]:
    """Files of the project itself."""
    rooms = ["site", "communities", "wiki", "mentoring", "events", "search", "templates", "bench", "tests"]
    return [
        path for room in rooms for path in (ROOT / room).rglob(f"*{suffix}") if "migrations" not in path.parts
    ]
