"""The parts that pages are made of. Each is a template in templates/components/ with the props named here."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Component:
    """`required` must be given; `optional` has defaults. Anything else is refused."""

    doc: str
    required: tuple[str, ...] = ()
    optional: dict[str, Any] | None = None

    def props(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        """Given props completed by defaults; raises TypeError on a missing or unknown one."""
        defaults = self.optional or {}
        missing = [prop for prop in self.required if prop not in given]
        unknown = [prop for prop in given if prop not in self.required and prop not in defaults]
        if missing or unknown:
            raise TypeError(f"component {name}: missing {missing}, unknown {unknown}")
        return {**defaults, **given}


COMPONENTS: dict[str, Component] = {
    "face": Component(
        "A person's picture or initials. Decorative: the name stands beside it.",
        ("user",),
        {"size": "", "name": ""},
    ),
    "faces": Component("A few faces in a row, read out as names.", ("people",), {"limit": 4, "others": ()}),
    "person": Component("Face, linked name, and why they are shown.", ("user",), {"why": "", "size": ""}),
    "circle": Component("A community as a circle of people, with a free place.", ("people",), {"me": None}),
    "card": Component(
        "A row of a list: kind and community in the margin; title, one sentence, facts and the reason.",
        ("icon", "kind", "title", "url"),
        {
            "community": None,
            "language": "",
            "summary": "",
            "people": (),
            "others": (),
            "facts": (),
            "badges": (),
            "why": "",
            "level": 3,
        },
    ),
    "badge": Component("A state in a word.", ("text",), {"tone": "", "icon": ""}),
    "notice": Component(
        "A message in the page. Tones: good, warn, bad.",
        ("text",),
        {"title": "", "tone": "", "icon": "info", "role": ""},
    ),
    "empty_state": Component(
        "What this is, an example, the first step.",
        ("title", "text"),
        {
            "ring": "page",
            "example": "",
            "url": "",
            "action": "",
            "other_url": "",
            "other_action": "",
            "level": 2,
            "small": False,
        },
    ),
    "pagination": Component(
        "Earlier and later pages of a list; keeps the other parameters.", ("page",), {"query": ""}
    ),
    "tabs": Component("Parts of one thing; items have label, url and current.", ("items", "label"), {}),
    "path": Component("Where this page stands; items have label and url.", ("items",), {}),
    "when": Component("A moment as one says it, with the exact time and zone on hover.", ("at",), {}),
    "menu": Component(
        "A button that unfolds links; entries have label, url, icon and hint.",
        ("entries", "label", "icon"),
        {"primary": False, "quiet": False},
    ),
    "lesson_card": Component("A lesson in a list.", ("lesson",), {"why": "", "level": 3}),
    "article_card": Component("An article in a list.", ("article",), {"why": "", "level": 3}),
    "discussion_card": Component(
        "A question or discussion in a list; `within` is the community whose list it is, if it is one's.",
        ("discussion",),
        {"why": "", "level": 3, "within": None},
    ),
    "community_card": Component(
        "A community in a list; `among` others, the margin says who may come in.",
        ("community",),
        {"why": "", "level": 3, "among": False},
    ),
}
