"""What is typed into the pages of this app."""

from .closing import HandOverForm, MergeForm
from .community import CommunityForm, CuratedItemForm
from .discussion import DiscussionForm
from .filters import CommunityFilters, DiscussionFilters
from .letting_in import AnswerForm, InvitationForm, InviteForm, RequestForm
from .members import AddMemberForm, LevelForm, RoleForm
from .reading import ChapterForm

__all__ = [
    "AddMemberForm",
    "AnswerForm",
    "ChapterForm",
    "CommunityFilters",
    "CommunityForm",
    "CuratedItemForm",
    "DiscussionFilters",
    "DiscussionForm",
    "HandOverForm",
    "InvitationForm",
    "InviteForm",
    "LevelForm",
    "MergeForm",
    "RequestForm",
    "RoleForm",
]
