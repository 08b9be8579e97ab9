"""What the people of the demo searched for lately, and what they saved."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kring.people.models import User
from search.models import RecentSearch, SavedSearch

LATELY = {
    "Aïcha Benali": ("supplier migration", "voucher residents", "acceptance test"),
    "Ilse Goossens": ("wachtlijst", "wie weet iets van toegankelijkheid"),
}
SAVED = (
    ("Aïcha Benali", "Questions nobody answered yet", "q=&kind=question&sign=unanswered", "none"),
    ("Aïcha Benali", "Suppliers", "q=supplier", "none"),
)


def fill_looking(until: date) -> None:
    """All of it in the days before."""
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
