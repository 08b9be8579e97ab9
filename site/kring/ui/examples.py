"""Examples of each component, for the gallery."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from .navigation import Entry


def _person(number: int, name: str) -> Any:
    return SimpleNamespace(
        pk=number, id=number, name=name, profile=None, get_absolute_url=lambda: "#", is_active=True
    )


def examples() -> dict[str, list[dict[str, Any]]]:
    """Component name to a list of props to draw it with."""
    femke, samuel, ruth = _person(5, "Femke de Vries"), _person(1, "Samuel Osei"), _person(4, "Ruth Adeyemi")
    community = SimpleNamespace(
        title="Data at Work",
        get_absolute_url=lambda: "#",
        language="en",
        summary="Numbers that travel, and what we do to keep them right on the way.",
        openness="on_request",
        get_openness_display=lambda: "on request",
        faces=[SimpleNamespace(user=femke), SimpleNamespace(user=ruth)],
        member_count=14,
        open_questions=2,
        archived_at=None,
    )
    question = SimpleNamespace(
        kind="question",
        get_kind_display=lambda: "question",
        state="solved",
        pinned_at=None,
        closed_at=None,
        title="Can we keep the old supplier numbers?",
        get_absolute_url=lambda: "#",
        community=community,
        language="en",
        author=femke,
        author_id=femke.pk,
        attribution={},
        created_at=timezone.now() - timedelta(hours=3),
        answer_count=2,
    )
    page = SimpleNamespace(
        title="The spreadsheet that seven teams believed",
        summary="It had one wrong cell since 2023. What we do now with numbers that travel.",
        get_absolute_url=lambda: "#",
        community=community,
        language="en",
        live=True,
        created_on=None,
        first_published_at=timezone.now() - timedelta(days=3),
        comment_count=2,
        attributions=[],
        authors=SimpleNamespace(all=lambda: [samuel]),
    )
    return {
        "face": [
            {"user": femke},
            {"user": samuel, "size": "s"},
            {"user": None, "name": "Imported Author", "size": "l"},
        ],
        "faces": [{"people": [femke, samuel, ruth]}],
        "person": [{"user": femke, "why": "Wrote 3 lessons on moving data"}],
        "circle": [{"people": [femke, samuel, ruth], "me": ruth}],
        "card": [
            {
                "icon": "lesson",
                "kind": "Lesson",
                "title": "The spreadsheet that seven teams believed",
                "url": "#",
                "community": community,
                "people": [samuel],
                "facts": ["2 comments"],
                "summary": "It had one wrong cell since 2023. What we do now with numbers that travel.",
                "badges": [("Something went wrong", "")],
                "why": "because you follow Data at Work",
            }
        ],
        "badge": [
            {"text": "New", "tone": "new"},
            {"text": "Checked", "tone": "good", "icon": "check"},
            {"text": "Late", "tone": "warn"},
        ],
        "notice": [
            {"title": "Kept.", "text": "Only you see this draft.", "tone": "good", "icon": "check"},
            {
                "title": "One thing needs your attention",
                "text": "Choose a day.",
                "tone": "bad",
                "icon": "warning",
            },
        ],
        "empty_state": [
            {
                "title": "Nothing waits for you",
                "text": "When somebody asks you something, it stands here.",
                "ring": "done",
                "url": "#",
                "action": "Read a lesson",
            },
        ],
        "pagination": [{"page": Paginator(range(95), 20).get_page(2)}],
        "tabs": [
            {
                "label": "Example",
                "items": [
                    {"label": "Front page", "url": "#", "current": True},
                    {"label": "Members", "url": "#"},
                ],
            }
        ],
        "path": [{"items": [{"label": "Data at Work", "url": "#"}, {"label": "Lessons", "url": "#"}]}],
        "when": [{"at": timezone.now() - timedelta(minutes=20)}, {"at": timezone.now() - timedelta(days=40)}],
        "menu": [
            {
                "label": "Share or ask",
                "icon": "plus",
                "entries": [Entry("Home", "home", "home", "Where you begin")],
            }
        ],
        "lesson_card": [{"lesson": page, "why": "because you follow Data at Work"}],
        "article_card": [{"article": page}],
        "discussion_card": [{"discussion": question}, {"discussion": question, "why": "because it is new"}],
        "community_card": [{"community": community}],
    }
