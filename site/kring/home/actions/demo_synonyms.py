"""The words that the people of the demo keep as meaning the same."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kring.activity.models import Activity
from kring.people.models import User
from search.actions.tending import VERBS, add_synonyms
from search.models import Synonyms

KEEPERS = {"nl": "Hanne Dierickx", "en": "Priya Raman"}

KEPT = {
    "nl": (
        ("WOO, Wet open overheid, Wob", False),
        ("Wmo, Wet maatschappelijke ondersteuning", False),
        ("AVG, GDPR, privacywet", False),
        ("raadsvoorstel, voorstel aan de raad", False),
        ("burgerzaken, publieksbalie, loket", False),
        ("inwoner, burger, bewoner", False),
        ("aanbesteding, inkooptraject", False),
        ("bijstand, Participatiewet, bijstandsuitkering", True),
        ("huisvuil, restafval", False),
        ("thuiswerken, hybride werken", False),
    ),
    "en": (
        ("supplier, vendor", False),
        ("resident, citizen, inhabitant", False),
        ("permit, licence", False),
        ("GDPR, privacy law", False),
        ("retrospective, retro, lessons learned session", False),
        ("laptop, notebook", False),
    ),
}


def fill_synonyms(until: date) -> None:
    """Kept by two of those who lead a community, some days before."""
    noon = timezone.make_aware(datetime.combine(until, time(12)))
    for language, rows in KEPT.items():
        by = User.objects.get(name=KEEPERS[language])
        for text, one_way in rows:
            add_synonyms(language=language, text=text, one_way=one_way, by=by)
    for days, row in enumerate(Synonyms.objects.order_by("-pk"), 1):
        at = noon - timedelta(days=days)
        Synonyms.objects.filter(pk=row.pk).update(changed_at=at)
        Activity.objects.filter(verb__in=VERBS, target_id=row.pk).update(at=at)
