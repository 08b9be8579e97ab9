"""Counting what is searched for, of nobody in particular.

A person is counted by a mark: a hash of who they are and of the words, with the secret of the month. Marks
of different words say nothing of each other, and without the secret, which goes when the month is over, none
says anything of anybody. Whoever does not want their searches kept is counted nowhere: who switches that off
reads "not kept" and not "kept without my name", and the figures need enough people, not all of them.
"""

import hmac
import secrets
from datetime import date, datetime
from hashlib import sha256

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kring.people.models import User

from ..models import AskedMark, AskedSalt, AskedWords
from ..text import as_asked, may_be_kept
from .recent import keeps_searches

# Nothing is shown, or kept for longer than its month, about fewer people.
FEWEST = 5
# Other words so many seconds later are another try at the same question.
TRY_AGAIN = 120
OPENED_FOR = 3600


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def count_search(*, text: str, by: User, found: bool) -> AskedWords | None:
    """Count one search; None where it is not to be kept, or is the one from a moment ago again."""
    words = as_asked(text)
    if not words or not may_be_kept(text) or not keeps_searches(by):
        return None
    month = this_month()
    salt = _salt(month)
    trail = f"search-before:{_hash(salt, str(by.pk))}"
    before = cache.get(trail)
    cache.set(trail, words, TRY_AGAIN)
    if before == words:
        return None
    with transaction.atomic():
        if before:
            AskedWords.objects.filter(month=month, words=before).update(refined=F("refined") + 1)
        asked, _made = AskedWords.objects.get_or_create(month=month, words=words)
        mark = _hash(salt, f"{by.pk} {words}")
        _mark, is_new = AskedMark.objects.get_or_create(asked=asked, mark=mark)
        AskedWords.objects.filter(pk=asked.pk).update(
            searches=F("searches") + 1, askers=F("askers") + int(is_new), empty=F("empty") + int(not found)
        )
    return asked


def count_opened(*, words: str, month: date, once: str, by: User) -> None:
    """Count that a result was opened. once: names the page it was opened from, which counts one time."""
    if keeps_searches(by) and cache.add(f"search-opened:{once}", True, OPENED_FOR):
        rows = AskedWords.objects.filter(month=month, words=words, opened__lt=F("searches") - F("empty"))
        rows.update(opened=F("opened") + 1)


def settle_words(*, words: str) -> None:
    """Set aside what waits about these words; a moderator saw to it. Who may is asked where it is offered."""
    AskedWords.objects.filter(words=words, settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def forget_askers(now: datetime) -> int:
    """What is over goes: marks and secrets of earlier months, and words that too few people asked for.

    Returns how many of those words there were.
    """
    over = timezone.localtime(now).date().replace(day=1)
    AskedMark.objects.filter(asked__month__lt=over).delete()
    AskedSalt.objects.filter(month__lt=over).delete()
    rare = AskedWords.objects.filter(month__lt=over, askers__lt=FEWEST)
    number = rare.count()
    rare.delete()
    return number


def _salt(month: date) -> bytes:
    row, _made = AskedSalt.objects.get_or_create(month=month, defaults={"salt": secrets.token_bytes(32)})
    return bytes(row.salt)


def _hash(salt: bytes, text: str) -> str:
    return hmac.new(salt, text.encode(), sha256).hexdigest()
