"""What is written in a community is looked at first where its moderators want that; and who they are."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kring.conversations.kinds import Place, register_place
from kring.people.models import User
from kring.ui.ready import register_ready
from kring.ui.richtext.text import to_text

from ..models import CannedReply, CommunityPage, Membership, WordRule
from ..permissions import can_lead, can_moderate

LINK = re.compile(r'href="(?:https?:)?//|https?://|\bwww\.', re.IGNORECASE)
NO_LETTERS = re.compile(r"[\W_]+")
# What moderators have at hand before they wrote replies of their own.
STARTERS = (
    (
        gettext_lazy("Say it about the matter"),
        gettext_lazy(
            "Thank you for saying what you think. The tone makes it hard to hear for others. Please say it "
            "again about the matter, and not about the person."
        ),
    ),
    (
        gettext_lazy("Names of others"),
        gettext_lazy(
            "There is something in it about somebody who has not agreed to that. Please tell the story "
            "without the name, and post it again."
        ),
    ),
    (
        gettext_lazy("It belongs elsewhere"),
        gettext_lazy(
            "A good point, in the wrong place: more people will see it in a question of its own. Your text "
            "is kept for you."
        ),
    ),
    (
        gettext_lazy("No advertising"),
        gettext_lazy(
            "We keep this place free of advertising. Tell what you learned from it yourself, with its "
            "drawbacks, and it is welcome."
        ),
    ),
)


def community_at(audience: str) -> CommunityPage | None:
    prefix, _colon, number = audience.partition(":")
    return (
        CommunityPage.objects.filter(pk=int(number)).first() if prefix == "c" and number.isdigit() else None
    )


def why_looked_at(by: User, community: CommunityPage, html: str) -> str:
    """Why a moderator looks at it first, a key of HELD_FOR, or nothing. Who moderates there is trusted.

    Raises ValidationError for words that are not taken there.
    """
    return "" if can_moderate(by, community) else _why_held(by, community, html)


def why_held(by: User, audience: str, html: str) -> str:
    """The same for a comment, by the token of where it stands."""
    community = community_at(audience)
    return "" if community is None else _why_held(by, community, html)


def _why_held(by: User, community: CommunityPage, html: str) -> str:
    """A word on the list, or links by somebody who is new there."""
    if _by_words(by, community, html):
        return "words"
    return "links" if LINK.search(html) and is_newcomer(by, community) else ""


def is_newcomer(user: User, community: CommunityPage) -> bool:
    """Whether they belong to it for less than it says; who does not belong to it is new."""
    if not community.newcomer_days:
        return False
    since = timezone.now() - timedelta(days=community.newcomer_days)
    return not Membership.objects.filter(community=community, user=user, joined_at__lte=since).exists()


def _by_words(by: User, community: CommunityPage, html: str) -> bool:
    """Whether a rule holds it; raises ValidationError where one refuses it."""
    rules = list(WordRule.objects.filter(Q(community=community) | Q(community=None)))
    said = folded(to_text(html))
    found = [rule for rule in rules if folded(rule.phrase) in said]
    if not found:
        return False
    if not is_newcomer(by, community):
        found = [rule for rule in found if not rule.newcomers_only]
    for rule in found:
        if rule.then == WordRule.Then.REFUSE:
            words = _("“%(phrase)s” is not written here. Your text is still here.") % {"phrase": rule.phrase}
            raise ValidationError(rule.why or words)
    return bool(found)


def folded(text: str) -> str:
    """Words in lower case without accents and signs, between blanks."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return f" {NO_LETTERS.sub(' ', plain).strip()} "


def canned_of(audience: str) -> list[tuple[str, str]]:
    """(title, text) of replies at hand there, in the reader's language first; else a few to start with."""
    community = community_at(audience)
    rows = list(CannedReply.objects.filter(Q(community=community) | Q(community=None)))
    if not rows:
        return [(str(title), str(text)) for title, text in STARTERS]
    language = get_language()
    rows.sort(key=lambda row: (row.language != language, row.title))
    return [(row.title, row.text) for row in rows]


def _people(audience: str, *roles: str) -> Iterable[User]:
    community = community_at(audience)
    rows = Membership.objects.active().filter(community=community, role__in=roles).select_related("user")
    return [row.user for row in rows.order_by("pk")]


def _may(predicate: Any) -> Any:
    def asks(user: Any, audience: str) -> bool:
        community = community_at(audience)
        return community is not None and predicate(user, community)

    return asks


def _allows_anonymous(audience: str) -> bool:
    community = community_at(audience)
    return community is not None and community.allows_anonymous and not community.archived_at


def register_places() -> None:
    register_ready(text for _title, text in STARTERS)
    register_place(
        Place(
            "c",
            moderates=_may(can_moderate),
            leads=_may(can_lead),
            moderators=lambda audience: _people(audience, "moderator", "lead"),
            lead_people=lambda audience: _people(audience, "lead"),
            why_held=why_held,
            thing=community_at,
            allows_anonymous=_allows_anonymous,
            canned=canned_of,
        )
    )
