"""A scene with one of everything that has an address, and somebody of every role to ask for it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from communities.models import CommunityPage, CuratedItem, Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification
from kring.people.models import Invitation, PersonSkill, Skill, Team, User

ROLES = (
    "anonymous",
    "outside guest",
    "employee",
    "guest member",
    "member",
    "author",
    "moderator",
    "lead",
    "editor",
    "administrator",
)
OUTSIDERS = ("anonymous", "outside guest", "employee")
# Stands in everything that is written in the community, and nowhere else.
MARK = "Zilverreiger"
# A word to search for: it stands beside the mark, and pages show the query again.
WORD = "kwartelslag"


@dataclass
class Scene:
    """`people` by role; `values` fill in addresses: {"lesson": 12, …}."""

    community: CommunityPage
    people: dict[str, User | None] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def make_scene(openness: str) -> Scene:
    """A community with this openness, with content by its author, and everybody who might look at it."""
    community = make_community(f"{MARK} circle", openness=openness, summary=f"{MARK} {WORD}")
    scene = Scene(community, _people(community))
    author = scene.people["author"]
    text = f"<p>{MARK} {WORD}</p>"
    lesson = make_lesson(community, f"{MARK} lesson {WORD}", author=author, happened=text)
    article = make_article(community, f"{MARK} article {WORD}", author=author, body=text)
    question = make_discussion(community, f"{MARK} question {WORD}", author=author, body=text)
    answer = post_comment(target=question, by=author, body=text, kind="answer")
    item = CuratedItem.objects.create(community=community, page=lesson, why=MARK)
    scene.values = {
        "community": community.pk,
        "community_path": community.url_path.split("/", 2)[2],
        "lesson": lesson.pk,
        "lesson_path": lesson.url_path.split("/", 2)[2],
        "article": article.pk,
        "article_path": article.url_path.split("/", 2)[2],
        "discussion": question.pk,
        "answer": answer.pk,
        "item": item.pk,
        "member": scene.people["member"].pk,
        **_values_of_people(),
        "notification": Notification.objects.create(
            recipient=author, kind="comment", url=lesson.get_absolute_url(), title=lesson.title
        ).pk,
    }
    return scene


def _people(community: CommunityPage) -> dict[str, User | None]:
    elsewhere = make_community("Elsewhere", openness="private")
    guest, inside = make_guest(), make_guest()
    make_member(elsewhere, guest)
    make_member(community, inside)
    editor = make_user()
    editor.user_permissions.add(Permission.objects.get(codename="read_everything"))
    people: dict[str, User | None] = {
        "anonymous": None,
        "outside guest": guest,
        "employee": make_user(),
        "guest member": inside,
        "editor": editor,
        "administrator": make_admin(),
    }
    for name, role in (("member", "member"), ("author", "member"), ("moderator", "moderator"), ("lead", "lead")):
        people[name] = make_member(community, role=role).user
    return people


def _values_of_people() -> dict[str, Any]:
    """A colleague who shares nothing with anybody, an invitation, a team."""
    colleague = make_user("Colleague Somebody")
    skill = Skill.objects.create(label_en="Weaving")
    offered = PersonSkill.objects.create(user=colleague, skill=skill, direction="offers", level=3)
    invitation = Invitation.objects.create(
        email="new@example.org", digest="0" * 64, expires_at=timezone.now() + timedelta(days=3)
    )
    picture = default_storage.save(f"people/{colleague.pk}/picture.png", ContentFile(b"not a picture"))
    return {
        "colleague": colleague.pk,
        "skill": offered.pk,
        "invitation": invitation.pk,
        "team": Team.add_root(name="Weavers").pk,
        "picture": picture,
    }


def client_of(user: User | None) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def ask(user: User | None, method: str, address: str) -> Any:
    """The answer to one request, with an empty form for a POST. What it changed is undone."""
    try:
        with transaction.atomic():
            response = getattr(client_of(user), method.lower())(address)
            # Streamed ones are read while the database still holds what they are about.
            body = response.getvalue() if response.streaming else response.content
            raise _UndoError
    except _UndoError:
        return response, body.decode("utf-8", "replace")


class _UndoError(Exception):
    pass


def outcome(response: Any) -> str:
    """In a word: what the role gets."""
    if response.status_code == 302:
        return "sign in" if "/accounts/login/" in response["Location"] else "moved"
    words = {200: "yes", 401: "sign in", 403: "no", 404: "not there", 405: "wrong method"}
    return words.get(response.status_code, str(response.status_code))


def addresses() -> list[tuple[str, str]]:
    """(name, pattern) of every address of the site outside the administration, without doubles."""
    found: dict[str, str] = {}
    _collect(get_resolver().url_patterns, "", found)
    return sorted(found.items())


def _collect(patterns: list[URLPattern | URLResolver], before: str, found: dict[str, str]) -> None:
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if text.startswith("admin/"):
            continue
        if isinstance(pattern, URLResolver):
            _collect(pattern.url_patterns, text, found)
        elif pattern.name:
            found.setdefault(pattern.name, text)
        else:
            found.setdefault(text, text)
