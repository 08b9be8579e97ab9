"""Communities of practice, their members, what they curate, and their discussions."""

from .community import CommunitiesPage, CommunityPage, CuratedItem
from .discussion import Discussion, DiscussionTag
from .membership import Membership

__all__ = ["CommunitiesPage", "CommunityPage", "CuratedItem", "Discussion", "DiscussionTag", "Membership"]
