"""Pages of this app."""

from .accepting import discussion_accept, discussion_reopen, discussion_solved_too
from .arranging import (
    discussion_close,
    discussion_merge,
    discussion_move,
    discussion_open,
    discussion_pin,
    discussion_split,
)
from .asked import asked_settle, moderation_asked, own_unpin, result_pin
from .asking import (
    discussion_edit,
    discussion_new,
    discussion_people,
    discussion_start,
    discussion_take_back,
)
from .closing import community_archive, community_hand_over, community_merge, community_open_again
from .coffee import coffee, coffee_met, coffee_wish
from .community import serve_community
from .curating import community_curated, curated_edit, curated_move, curated_remove
from .directory import communities
from .discussion import discussion, discussion_by_number
from .doubles import not_alike
from .founding import community_edit, community_new
from .health import community_health
from .inviting import community_invitation, community_invite, invite_withdraw
from .joining import community_join, community_leave, community_level, community_welcomed
from .judging import discussion_refuse, discussion_release, discussion_remove
from .keeping import community_rules, reply_add, reply_edit, reply_remove, word_add, word_edit, word_remove
from .knowing import discussion_pass
from .letting_in import community_request, request_answer, request_withdraw
from .lists import discussions, discussions_read
from .members import community_members, member_add, member_remove, member_role
from .moderating import moderation, moderation_log, moderation_week
from .reading import chapter_discuss, chapter_edit, chapter_move, chapter_remove, community_reading
from .rooms import room_edit, room_new
from .synonyms import (
    synonyms,
    synonyms_add,
    synonyms_change,
    synonyms_export,
    synonyms_import,
    synonyms_log,
    synonyms_remove,
    synonyms_undo,
)

__all__ = [
    "asked_settle",
    "chapter_discuss",
    "chapter_edit",
    "chapter_move",
    "chapter_remove",
    "coffee",
    "coffee_met",
    "coffee_wish",
    "communities",
    "community_archive",
    "community_curated",
    "community_edit",
    "community_hand_over",
    "community_health",
    "community_invitation",
    "community_invite",
    "community_join",
    "community_leave",
    "community_level",
    "community_members",
    "community_merge",
    "community_new",
    "community_open_again",
    "community_reading",
    "community_request",
    "community_rules",
    "community_welcomed",
    "curated_edit",
    "curated_move",
    "curated_remove",
    "discussion",
    "discussion_accept",
    "discussion_by_number",
    "discussion_close",
    "discussion_edit",
    "discussion_merge",
    "discussion_move",
    "discussion_new",
    "discussion_open",
    "discussion_pass",
    "discussion_people",
    "discussion_pin",
    "discussion_refuse",
    "discussion_release",
    "discussion_remove",
    "discussion_reopen",
    "discussion_solved_too",
    "discussion_split",
    "discussion_start",
    "discussion_take_back",
    "discussions",
    "discussions_read",
    "invite_withdraw",
    "member_add",
    "member_remove",
    "member_role",
    "moderation",
    "moderation_asked",
    "moderation_log",
    "moderation_week",
    "not_alike",
    "own_unpin",
    "reply_add",
    "reply_edit",
    "reply_remove",
    "request_answer",
    "request_withdraw",
    "result_pin",
    "room_edit",
    "room_new",
    "serve_community",
    "synonyms",
    "synonyms_add",
    "synonyms_change",
    "synonyms_export",
    "synonyms_import",
    "synonyms_log",
    "synonyms_remove",
    "synonyms_undo",
    "word_add",
    "word_edit",
    "word_remove",
]
