"""What is typed into the pages of this app."""

from .community import CommunityForm, CuratedItemForm
from .discussion import DiscussionForm
from .filters import CommunityFilters, DiscussionFilters
from .members import AddMemberForm, LevelForm, RoleForm

__all__ = [
    "AddMemberForm",
    "CommunityFilters",
    "CommunityForm",
    "CuratedItemForm",
    "DiscussionFilters",
    "DiscussionForm",
    "LevelForm",
    "RoleForm",
]
