"""People and questions that wait: to be let in, answered, looked at again."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.conversations.models import Appeal, Seal, SealOpening
from kring.conversations.permissions import can_open_seal

from ..models import CommunityPage, Discussion, JoinRequest
from .registry import MOST, Act, Item, community_of, tokens

WAITED = timedelta(days=2)


def requests(communities: dict[int, CommunityPage]) -> Any:
    return JoinRequest.objects.filter(community__in=communities, state=JoinRequest.State.WAITING)


def request_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    rows = requests(communities).select_related("user__profile__team").order_by("created_at", "pk")
    return [
        Item(
            key=f"request-{row.pk}",
            title=row.user.name,
            url=row.user.get_absolute_url(),
            at=row.created_at,
            community=communities[row.community_id],
            text=row.message,
            who=row.user,
            reason=_("A word along with it"),
            sent_as="answer",
            acts=[
                Act(_("Let in"), _answer_url(row), {"outcome": "accept"}, tone="primary"),
                Act(_("Decline"), _answer_url(row), {"outcome": "decline"}),
            ],
        )
        for row in rows[:MOST]
    ]


def _answer_url(row: JoinRequest) -> str:
    return reverse("request_answer", args=[row.community_id, row.pk])


def unanswered(user: Any, communities: dict[int, CommunityPage]) -> Any:
    old = Discussion.objects.unanswered().filter(created_at__lt=timezone.now() - WAITED)
    return old.filter(community__in=communities).exclude(author=user.pk)


def question_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    rows = unanswered(user, communities).select_related("author__profile").order_by("created_at", "pk")
    return [
        Item(
            key=f"question-{row.pk}",
            title=row.title,
            url=row.get_absolute_url(),
            at=row.created_at,
            community=communities[row.community_id],
            who=row.author,
            language=row.language,
            acts=[Act(_("Answer"), f"{row.get_absolute_url()}#say", posts=False)],
        )
        for row in rows[:MOST]
    ]


def appeals(user: Any, communities: dict[int, CommunityPage]) -> Any:
    """Others ask; also who asks anonymously leaves it to others."""
    rows = Appeal.objects.filter(state=Appeal.State.OPEN, decision__audience__in=tokens(communities))
    own = Seal.objects.held_by(user).filter(
        content_type=OuterRef("decision__content_type"), object_id=OuterRef("decision__object_id")
    )
    return rows.exclude(by=user.pk).exclude(Exists(own), by=None)


def appeal_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    """Those by whom somebody else decided about; of one's own decisions a line says who is asked."""
    found = []
    for row in appeals(user, communities).select_related("decision__by", "by__profile")[:MOST]:
        decision = row.decision
        community = community_of(decision.audience, communities)
        if community is None:
            continue
        page = reverse("decision", args=[decision.pk])
        answer = reverse("appeal_answer", args=[row.pk])
        acts = [
            Act(_("Take the decision back"), answer, {"granted": "1"}, tone="primary"),
            Act(_("Leave it as it is"), answer, {"granted": "0"}),
        ]
        own = decision.by_id == user.pk
        item = Item(
            key=f"appeal-{row.pk}",
            title=decision.title,
            url=page,
            at=row.created_at,
            community=community,
            text=row.text,
            who=row.by,
            why=[
                *([] if row.by else [_("Somebody who wrote it anonymously asks.")]),
                *([_("You decided it: somebody else answers.")] if own else []),
            ],
            reason="" if own else _("Your answer"),
            sent_as="answer",
            acts=[Act(_("Look at it"), page, posts=False)] if own else acts,
        )
        found.append(item)
    return found


def openings(user: Any, communities: dict[int, CommunityPage]) -> list[SealOpening]:
    """Leads see them: those of others that wait, and never about what they wrote themselves."""
    rows = SealOpening.objects.filter(agreed_at=None, refused_at=None).exclude(asked_by=user.pk)
    rows = rows.filter(seal__audience__in=tokens(communities)).select_related("seal", "asked_by__profile")
    return [row for row in rows if can_open_seal(user, row.seal)]


def opening_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    found = []
    for row in openings(user, communities)[:MOST]:
        if community := community_of(row.seal.audience, communities):
            page = reverse("letters", args=[row.seal_id])
            act = Act(_("Look at it"), page, posts=False)
            title = _("Who wrote this anonymously?")
            found.append(
                Item(
                    f"opening-{row.pk}", title, page, row.asked_at, community, [act], row.reason, row.asked_by
                )
            )
    return found
