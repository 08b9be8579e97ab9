"""What the people of the demo searched for lately, what they saved, and what was put first for them."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from communities.models import Discussion
from kring.people.models import User
from search.actions.pinning import pin
from search.models import AskedWords, RecentSearch, SavedSearch

LATELY = {
    "Aïcha Benali": ("supplier migration", "voucher residents", "acceptance test"),
    "Ilse Goossens": ("wachtlijst", "wie weet iets van toegankelijkheid"),
}
SAVED = (
    ("Aïcha Benali", "Questions nobody answered yet", "q=&kind=question&sign=unanswered", "none"),
    ("Aïcha Benali", "Suppliers", "q=supplier", "none"),
)
# Words to searches, askers, searches that found nothing, and those of which something was opened.
ASKED = {
    "thuiswerkvergoeding": (9, 7, 9, 0),
    "parking badge": (8, 6, 8, 0),
    "leverancier overzetten": (7, 6, 0, 1),
    "voucher": (14, 9, 0, 11),
    "wachtlijst": (11, 8, 0, 7),
    "acceptance test": (8, 7, 0, 5),
}
PINNED = ("acceptance test", "How many people are enough for a first test?", "Priya Raman")
# Words, the one to ask about them, and who thought so.
TO_ASK = ("accessibility", "Aïcha Benali", "Priya Raman")


def fill_looking(until: date) -> None:
    """All of it in the days before."""
    _fill_own(until)
    month = until.replace(day=1)
    for words, (searches, askers, empty, opened) in ASKED.items():
        AskedWords.objects.create(
            month=month, words=words, searches=searches, askers=askers, empty=empty, opened=opened
        )
    words, title, name = PINNED
    thing = Discussion.objects.get(title=title)
    pin(words=words, kind="question", object_id=thing.pk, by=User.objects.get(name=name))
    words, person, name = TO_ASK
    asked = User.objects.get(name=person)
    pin(words=words, kind="person", object_id=asked.pk, by=User.objects.get(name=name))


def _fill_own(until: date) -> None:
    noon = timezone.make_aware(datetime.combine(until, time(12)))
    people = {user.name: user for user in User.objects.filter(name__in=LATELY)}
    for name, searches in LATELY.items():
        for days, words in enumerate(searches, 1):
            query = f"q={words.replace(' ', '+')}"
            RecentSearch.objects.create(
                user=people[name], words=words, query=query, at=noon - timedelta(days=days)
            )
    for name, title, query, alert in SAVED:
        SavedSearch.objects.create(user=people[name], name=title, query=query, alert=alert, looked_at=noon)
