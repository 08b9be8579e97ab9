"""Naming people in what one says, so that they hear of it. Only those who may read it can be meant."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from kring.people.models import Distance, User
from kring.people.permissions import visible_people
from kring.people.querysets import UserQuerySet, plain
from kring.ui.richtext.mentions import called, people_in, with_mentions, without_person
from kring.ui.richtext.sanitise import SafeHtml
from kring.ui.richtext.text import to_text

from ..models import Comment, CommentRevision, Conversation, Mention
from ..permissions import readers_among

MOST = 20
LOOKED_AT = 60
SUGGESTED = 8
LONGEST = 60


def name_people(body: SafeHtml, target: Any, by: User) -> SafeHtml:
    """The text with its mentions as links to whom they mean.

    A name that several readers have, or nobody who may read this, stays plain text; which of the two is not
    told.
    """
    numbers, words = called(body)
    if not numbers and not words:
        return body
    plain_names = {name: plain(name) for name in words}
    wanted = Q(pk__in=numbers) | Q(plain_name__in=set(plain_names.values()))
    readers = _may_be_meant(_people(by).filter(wanted)[:LOOKED_AT], target, by)
    by_name: dict[str, list[int]] = {}
    for user in readers:
        by_name.setdefault(user.plain_name, []).append(user.pk)
    names = {
        name: by_name[found][0] for name, found in plain_names.items() if len(by_name.get(found, ())) == 1
    }
    return with_mentions(body, {user.pk: user.name for user in readers}, names)


def keep_mentions(comment: Comment) -> list[User]:
    """Write down who is mentioned in the comment as it is now; gives those who were not before."""
    numbers = people_in(comment.body)[:MOST]
    before = set(comment.mentions.values_list("user", flat=True))
    if before.difference(numbers):
        comment.mentions.exclude(user__in=numbers).delete()
    new = [pk for pk in numbers if pk not in before]
    found = list(User.objects.active().filter(pk__in=new)) if new else []
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in found)
    return found


def suggest_people(target: Any, words: str, *, by: User) -> list[User]:
    """Whom they may mean by these first letters; by none, those who took part. It may be not kept yet."""
    words = words[:LONGEST]
    people = _people(by)
    if words.strip():
        people = people.called(words)
    else:
        said = Comment.objects.present().filter(conversation__in=Conversation.objects.about(target))
        people = people.filter(pk__in=said.order_by().values("user"))
    found = people.with_profile().in_order()[:LOOKED_AT]
    return _may_be_meant(found, target, by)[:SUGGESTED]


def forget_mentions(user: User, words: str) -> None:
    """Put other words where this person was mentioned."""
    texts = Q(body__contains='linktype="person"') & Q(body__contains=f'id="{user.pk}"')
    for comment in Comment.objects.filter(texts):
        comment.body = without_person(comment.body, user.pk, words)
        comment.comment = to_text(comment.body)
        comment.save(update_fields=["body", "comment"])
    for earlier in CommentRevision.objects.filter(texts):
        earlier.body = without_person(earlier.body, user.pk, words)
        earlier.save(update_fields=["body"])


def _people(by: User) -> UserQuerySet:
    return visible_people(by).active().exclude(pk=by.pk)


def _may_be_meant(people: Iterable[User], target: Any, by: User) -> list[User]:
    """Readers who do not keep this person away."""
    found = readers_among(target, people)
    away = Distance.objects.filter(other=by, user__in=found, kind=Distance.Kind.BLOCK)
    gone = set(away.values_list("user", flat=True)) if found else set()
    return [user for user in found if user.pk not in gone]
