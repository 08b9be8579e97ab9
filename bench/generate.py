"""Content in bulk, for measuring what 100,000 lessons and questions cost to read."""

import random
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page

from communities.actions import ensure_root
from communities.models import CommunityPage, Discussion, Membership
from kring.people.models import Profile, User
from wiki.models import LessonPage

WORDS = [
    "planning",
    "rooster",
    "storing",
    "overdracht",
    "meting",
    "controle",
    "leverancier",
    "contract",
    "aanvraag",
    "vergunning",
    "proces",
    "besluit",
    "schedule",
    "handover",
    "outage",
    "supplier",
    "invoice",
    "meter",
    "release",
    "rollback",
    "review",
    "interview",
    "survey",
    "budget",
]
BATCH = 2_000


def text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def make_people(count: int) -> list[User]:
    known = User.objects.count()
    users = User.objects.bulk_create(
        [
            User(email=f"bench{n}@example.org", name=f"Person {n}", password="!")
            for n in range(known, known + count)
        ]
    )
    Profile.objects.bulk_create([Profile(user=user) for user in users])
    return users


def make_communities(count: int, people: list[User]) -> list[CommunityPage]:
    root = ensure_root()
    pages = []
    for n in range(count):
        page = root.add_child(instance=CommunityPage(title=f"Community {n}", slug=f"community-{n}"))
        pages.append(page)
    Membership.objects.bulk_create(
        [
            Membership(
                user=user,
                community=pages[(index + step) % count],
                role="lead" if index < count and not step else "member",
            )
            for index, user in enumerate(people)
            for step in range(3)
        ],
        ignore_conflicts=True,
    )
    return pages


def make_lessons(count: int, communities: list[CommunityPage], people: list[User], seed: int = 1) -> None:
    """Published lessons with computed tree paths, spread evenly over the communities."""
    rng = random.Random(seed)
    content_type = ContentType.objects.get_for_model(LessonPage)
    locale = Locale.get_active()
    now = timezone.now()
    for community in communities:
        community.refresh_from_db()
        share, first = count // len(communities), community.numchild
        for start in range(0, share, BATCH):
            numbers = range(first + start + 1, first + min(start + BATCH, share) + 1)
            _insert([_lesson(n, community, content_type, locale, now, rng, people) for n in numbers])
        Page.objects.filter(pk=community.pk).update(numchild=first + share)


def _lesson(n, community, content_type, locale, now, rng, people) -> LessonPage:  # type: ignore[no-untyped-def]
    title = f"{text(rng, 6).capitalize()} {n}"
    at = now - timedelta(minutes=rng.randrange(60 * 24 * 700))
    return LessonPage(
        path=LessonPage._get_path(community.path, community.depth + 1, n),
        depth=community.depth + 1, title=title, draft_title=title, slug=f"lesson-{n}", live=True,
        url_path=f"{community.url_path}lesson-{n}/", content_type=content_type, locale=locale,
        first_published_at=at, last_published_at=at, latest_revision_created_at=at, owner=rng.choice(people),
        community=community, language=rng.choice(["en", "nl"]), summary=text(rng, 20),
        outcome=rng.choice(["success", "mixed", "failure"]),
        planned=f"<p>{text(rng, 60)}</p>", happened=f"<p>{text(rng, 80)}</p>",
        learned=f"<p>{text(rng, 60)}</p>",
    )  # fmt: skip


def _insert(lessons: list[LessonPage]) -> None:
    """bulk_create() refuses models with parents, so both tables are filled in turn."""
    shared = [field for field in Page._meta.concrete_fields if field.name != "id"]
    pages = [
        Page(**{field.attname: getattr(lesson, field.attname) for field in shared}) for lesson in lessons
    ]
    Page.objects.bulk_create(pages)
    own = [field for field in LessonPage._meta.local_concrete_fields if field.name != "page_ptr"]
    columns = ["page_ptr_id", *(field.column for field in own)]
    _insert_rows(LessonPage._meta.db_table, columns, _rows(lessons, pages, own))


def _rows(lessons: list[LessonPage], pages: list[Page], own: list) -> Iterable[list]:
    from django.db import connection

    for lesson, page in zip(lessons, pages, strict=True):
        yield [
            page.pk,
            *(field.get_db_prep_save(getattr(lesson, field.attname), connection) for field in own),
        ]


def _insert_rows(table: str, columns: list[str], rows: Iterable[list]) -> None:
    from django.db import connection

    marks = ", ".join(["%s"] * len(columns))
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def make_questions(count: int, communities: list[CommunityPage], people: list[User], seed: int = 2) -> None:
    rng = random.Random(seed)
    now = timezone.now()
    for start in range(0, count, BATCH):
        batch = []
        for n in range(start, min(start + BATCH, count)):
            at = now - timedelta(minutes=rng.randrange(60 * 24 * 700))
            batch.append(
                Discussion(
                    community=communities[n % len(communities)],
                    title=text(rng, 8).capitalize(),
                    body=f"<p>{text(rng, 60)}</p>",
                    author=rng.choice(people),
                    created_at=at,
                    last_activity_at=at,
                    language=rng.choice(["en", "nl"]),
                )
            )
        Discussion.objects.bulk_create(batch)


def make_talk(discussion: Discussion, people: list[User], count: int) -> None:
    """Comments on a discussion, a third of them replies, as if posted one by one."""
    from kring.conversations.models import Comment, Conversation

    content_type = ContentType.objects.get_for_model(Discussion)
    conversation = Conversation.objects.create(
        content_type=content_type, object_id=discussion.pk, seq=count, comment_count=count
    )
    rng, now = random.Random(count), timezone.now()
    made: list[Comment] = []
    for number in range(1, count + 1):
        words = text(rng, 30)
        made.append(
            Comment(
                content_type=content_type, object_pk=str(discussion.pk), site_id=1, user=rng.choice(people),
                submit_date=now - timedelta(minutes=count - number), comment=words, body=f"<p>{words}</p>",
                conversation=conversation, seq=number, order=1,
            )
        )  # fmt: skip
    _insert_chain(made)


def _insert_chain(comments: list) -> None:
    """Into the three tables that a comment stands in; each third one becomes a reply to the one before."""
    from django_comments.models import Comment as Plain
    from django_comments_xtd.models import XtdComment

    from kring.conversations.models import Comment

    shared = [field for field in Plain._meta.concrete_fields if not field.primary_key]
    plain = [Plain(**{field.attname: getattr(one, field.attname) for field in shared}) for one in comments]
    Plain.objects.bulk_create(plain, batch_size=BATCH)
    root = plain[0].pk
    for index, (one, row) in enumerate(zip(comments, plain, strict=True)):
        is_reply = index % 3 == 2
        root = root if is_reply else row.pk
        one.thread_id, one.parent_id, one.level = root, root if is_reply else row.pk, int(is_reply)
    for model, parent in ((XtdComment, "comment_ptr"), (Comment, "xtdcomment_ptr")):
        own = [field for field in model._meta.local_concrete_fields if field.name != parent]
        columns = [f"{parent}_id", *(field.column for field in own)]
        _insert_rows(model._meta.db_table, columns, _rows(comments, plain, own))
