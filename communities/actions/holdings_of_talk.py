"""What is held of a person about questions and discussions that others began."""

from typing import Any

from kring.people.models import User

from ..models import Discussion, Nudge, Routing, SolvedToo


def part_taken_by(user: User) -> dict[str, list[dict[str, Any]]]:
    """What they were asked about, what solved it for them too, and rooms they answer in.

    Titles are those of today, so what they may no longer read has none.
    """
    titles = dict(Discussion.objects.visible_to(user).values_list("pk", "title"))
    routed = Routing.objects.filter(user=user).order_by("at", "pk")
    solved = SolvedToo.objects.filter(user=user).order_by("at", "pk")
    nudges = Nudge.objects.filter(user=user).order_by("at", "pk")
    rooms = Discussion.objects.filter(hosts=user).order_by("starts_at", "pk")
    return {
        "asked_because_they_know": [
            {
                "title": titles.get(row.discussion_id, ""),
                "why": row.asked_because,
                "asked_at": row.at,
                "passed_at": row.passed_at,
            }
            for row in routed
        ],
        "asked_to_say_something": [
            {"title": titles.get(row.discussion_id, ""), "asked_at": row.at} for row in nudges
        ],
        "solved_it_too": [{"title": titles.get(row.discussion_id, ""), "said_at": row.at} for row in solved],
        "host_of": [{"title": titles.get(room.pk, ""), "starts_at": room.starts_at} for room in rooms],
    }


def erase_part_taken(user: User) -> None:
    """It goes; who closed a conversation is no longer known."""
    Routing.objects.filter(user=user).delete()
    Nudge.objects.filter(user=user).delete()
    SolvedToo.objects.filter(user=user).delete()
    for room in Discussion.objects.filter(hosts=user):
        room.hosts.remove(user)
    Discussion.objects.filter(closed_by=user).update(closed_by=None)
