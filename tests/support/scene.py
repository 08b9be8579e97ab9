"""A scene with one of everything that has an address, and somebody of every role to ask for it."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex

from communities.models import Chapter, CommunityPage, CuratedItem, Discussion, Invite, JoinRequest
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import post_comment
from kring.notifications.actions import unsubscribe_link
from kring.notifications.models import Notification
from kring.people.models import Invitation, PersonSkill, Skill, Team, User
from search.models import RecentSearch, SavedSearch
from support.scene_moderation import make_moderation
from wiki.models import ArticlePage

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
SECRET = "a-secret-in-a-link"


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
    scene.values = {
        "community": community.pk,
        "community_path": _path(community),
        "member": scene.people["member"].pk,
        "author": scene.people["author"].pk,
        **_content(community, scene.people["author"]),
        **_coming_in(community, scene.people["lead"]),
        **_values_of_people(scene.people["author"]),
    }
    article = ArticlePage.objects.get(pk=scene.values["article"])
    scene.values |= make_moderation(community, scene.people, article, f"{MARK} {WORD}")
    Redirect.objects.create(old_path="/communities/old-circle", redirect_page=community)
    Redirect.objects.create(old_path="/old-address", redirect_page=community)
    return scene


def _people(community: CommunityPage) -> dict[str, User | None]:
    elsewhere = make_community("Elsewhere", openness="private")
    guest, inside = make_guest(), make_guest()
    make_member(elsewhere, guest)
    make_member(community, inside)
    editor = make_user()
    editor.user_permissions.set(Permission.objects.filter(codename__in=["read_everything", "access_admin"]))
    people: dict[str, User | None] = {
        "anonymous": None,
        "outside guest": guest,
        "employee": make_user(),
        "guest member": inside,
        "editor": editor,
        "administrator": make_admin(),
    }
    for name, role in (
        ("member", "member"),
        ("author", "member"),
        ("moderator", "moderator"),
        ("lead", "lead"),
    ):
        people[name] = make_member(community, role=role).user
    return people


def _content(community: CommunityPage, author: Any) -> dict[str, Any]:
    text = f"<p>{MARK} {WORD}</p>"
    image = get_image_model().objects.create(title=MARK, file=get_test_image_file(filename="lift.png"))
    shown = f'{text}<embed embedtype="image" id="{image.pk}" alt="" format="fullwidth"/>'
    lesson = make_lesson(community, f"{MARK} lesson {WORD}", author=author, happened=text)
    article = make_article(community, f"{MARK} article {WORD}", author=author, body=shown)
    ReferenceIndex.create_or_update_for_object(article)
    unpublished = make_article(community, f"{MARK} draft {WORD}", author=author, body=text, live=False)
    question = make_discussion(community, f"{MARK} question {WORD}", author=author, body=text)
    question.tags.add(MARK)
    for page in (lesson, article):
        page.tags.add(MARK)
        page.save()
    answer = post_comment(target=question, by=author, body=text, kind="answer")
    notification = Notification.objects.create(
        recipient=author, kind="comment", url=lesson.get_absolute_url(), title=lesson.title
    )
    return {
        "lesson": lesson.pk,
        "lesson_path": _path(lesson),
        "article": article.pk,
        "article_path": _path(article),
        "unpublished": unpublished.pk,
        "unpublished_path": _path(unpublished),
        "discussion": question.pk,
        "discussion_slug": slugify(question.title),
        "answer": answer.pk,
        "solved": _solved(community, author).pk,
        "item": CuratedItem.objects.create(community=community, page=lesson, why=MARK).pk,
        "image": image.file.name,
        "rendition": image.get_rendition("width-10").file.name,
        "notification": notification.pk,
        **_searches_of(author),
    }


def _searches_of(author: Any) -> dict[str, Any]:
    """What the author searched for and saved."""
    now = timezone.now()
    words = {"user": author, "query": f"q={WORD}"}
    recent = RecentSearch.objects.create(words=MARK, at=now, **words)
    saved = SavedSearch.objects.create(name=MARK, looked_at=now, **words)
    return {"recent": recent.pk, "saved": saved.pk}


def _coming_in(community: CommunityPage, lead: Any) -> dict[str, Any]:
    """Somebody who asks to be let in, somebody who was invited, and something to read."""
    asking = JoinRequest.objects.create(community=community, user=make_user("Asking"), message=MARK)
    invited = Invite.objects.create(community=community, user=make_user("Invited"), by=lead, message=MARK)
    chapter = Chapter.objects.create(community=community, title=f"{MARK} chapter", source=MARK)
    return {"request": asking.pk, "invite": invited.pk, "chapter": chapter.pk}


def _solved(community: CommunityPage, author: Any) -> Discussion:
    """A question whose answer helped."""
    question = make_discussion(community, f"{MARK} solved", author=author, state="solved")
    question.accepted = post_comment(target=question, by=author, body=f"<p>{MARK}</p>", kind="answer")
    question.save()
    return question


def _path(page: CommunityPage | ArticlePage) -> str:
    """Below /communities/."""
    return page.url_path.split("/", 2)[2]


def _values_of_people(author: Any) -> dict[str, Any]:
    """A colleague who shares nothing with anybody, an invitation, a team, a link from a mail."""
    colleague = make_user("Colleague Somebody")
    skill = Skill.objects.create(label_en="Weaving")
    invitation = Invitation.objects.create(
        email="new@example.org",
        digest=sha256(SECRET.encode()).hexdigest(),
        expires_at=timezone.now() + timedelta(days=3),
    )
    return {
        "colleague": colleague.pk,
        "colleague_email": colleague.email,
        "skill": PersonSkill.objects.create(user=colleague, skill=skill, direction="offers", level=3).pk,
        "invitation": invitation.pk,
        "secret": SECRET,
        "team": Team.add_root(name="Weavers").pk,
        "picture": default_storage.save(f"people/{colleague.pk}/picture.png", ContentFile(b"not a picture")),
        "unsubscribe": unsubscribe_link(author, ["comments"]).rstrip("/").rsplit("/", 1)[1],
    }
