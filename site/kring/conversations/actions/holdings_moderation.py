"""What moderation holds of a person; nothing of what they wrote anonymously: nobody is shown whose it is."""

from typing import Any

from kring.people.models import User

from ..models import Appeal, BlindMessage, Decision, Report, SealOpening
from .decisions import label_of
from .sealing import forget_seals


def moderation_of(user: User) -> dict[str, list[Any]]:
    reports = Report.objects.filter(reporter=user)
    appeals = Appeal.objects.filter(by=user)
    return {
        "reports": list(reports.values("reason", "text", "state", "created_at", "settled_at")),
        "decisions_about_you": _decisions(Decision.objects.filter(affected=user)),
        "decisions_of_yours": _decisions(Decision.objects.filter(by=user)),
        "appeals": list(appeals.values("text", "state", "answer", "created_at", "answered_at")),
    }


def _decisions(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "what": label_of(row.verb),
            "about": row.title,
            "reason": row.why,
            "at": row.at,
            "undone_at": row.undone_at,
        }
        for row in rows
    ]


def erase_moderation(user: User) -> None:
    """What was decided stays; who decided, reported or was concerned is no longer known."""
    Report.objects.filter(reporter=user).update(reporter=None)
    for field in ("by", "affected", "undone_by"):
        Decision.objects.filter(**{field: user}).update(**{field: None})
    Appeal.objects.filter(by=user).delete()
    Appeal.objects.filter(answered_by=user).update(answered_by=None)
    BlindMessage.objects.filter(by=user).update(by=None)
    for field in ("asked_by", "agreed_by"):
        SealOpening.objects.filter(**{field: user}).update(**{field: None})
    forget_seals(user)
