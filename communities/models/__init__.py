"""Communities of practice, their members, what they curate, and their discussions."""

from .community import Chapter, CommunitiesPage, CommunityPage, CuratedItem
from .discussion import Discussion, DiscussionTag, Routing, SolvedToo
from .membership import Invite, JoinRequest, Membership
from .moderating import CannedReply, WordRule
from .together import CoffeePair, CoffeeWish, Nudge

__all__ = [
    "CannedReply",
    "Chapter",
    "CoffeePair",
    "CoffeeWish",
    "CommunitiesPage",
    "CommunityPage",
    "CuratedItem",
    "Discussion",
    "DiscussionTag",
    "Invite",
    "JoinRequest",
    "Membership",
    "Nudge",
    "Routing",
    "SolvedToo",
    "WordRule",
]
