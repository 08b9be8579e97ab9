"""Who of the demo likes a coffee with a colleague, and with whom they had one."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from communities.actions.coffee import ROUND_DAYS, hold_round, like_coffee, round_begins_on, round_on
from communities.models import CoffeeWish
from kring.notifications.models import Notification
from kring.people.models import User

THEY = (
    "Aïcha Benali",
    "Priya Raman",
    "Hanne Dierickx",
    "Eva Lindqvist",
    "Noor Verhaegen",
    "Samuel Osei",
    "Mei Tanaka",
    "Bram Lievens",
    "Lotte Maes",
    "Olivier Lambert",
    "Wouter Bakker",
)


def fill_coffee(until: date) -> None:
    """This round and the two before. It was told and read then."""
    for user in User.objects.filter(name__in=THEY).order_by("pk"):
        like_coffee(by=user)
    before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    this = round_on(until)
    for number in range(this - 2, this + 1):
        at = timezone.make_aware(datetime.combine(round_begins_on(number), time(8, 5)))
        hold_round(number=number, now=at)
        told = Notification.objects.filter(pk__gt=before, dedupe_key=f"coffee:{number}")
        told.update(created_at=at, emailed_at=at, read_at=at + timedelta(hours=1))
    since = timezone.make_aware(datetime.combine(until - timedelta(days=3 * ROUND_DAYS), time(9)))
    CoffeeWish.objects.update(since=since)
