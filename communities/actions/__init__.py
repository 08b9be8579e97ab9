"""Everything that is done in and with communities."""

from .accepting import accept_answer, reopen_question, say_solved_too, withdraw_answer
from .arranging import (
    close_discussion,
    move_discussion,
    open_discussion,
    pin_discussion,
    register_arranging,
)
from .belongings import Belonging, contents_of, register_belonging
from .closing import archive_community, hand_over, open_again
from .coffee import register_coffee
from .combining import merge_questions, register_combining, split_comment
from .curating import curate, edit_item, move_item, uncurate
from .discussing import edit_discussion, register_targets, start_discussion
from .founding import create_community, edit_community
from .holding import refuse_discussion, register_holding, release_discussion
from .holdings import erase_participation, holdings_of
from .inviting import answer_invite, invite, lets_in_at_once, withdraw_invite
from .letting_in import answer_request, request_to_join, withdraw_request
from .membership import (
    LastLeadError,
    add_member,
    change_role,
    join_community,
    leave_community,
    remove_member,
    set_level,
)
from .merging import merge_communities
from .merging_texts import what_goes_along
from .nudging import register_nudging
from .reading import add_chapter, discuss_chapter, edit_chapter, move_chapter, remove_chapter
from .removing import register_removing, remove_discussion, take_back_discussion
from .rooms import change_room, start_room
from .root import ensure_root
from .routing import pass_on
from .telling import keep_listeners, register_kinds, why_not_post
from .telling_people import register_kinds_of_people
from .telling_talk import register_kinds_of_talk
from .welcoming import put_welcome_away, welcome_is_due

__all__ = [
    "Belonging",
    "LastLeadError",
    "accept_answer",
    "add_chapter",
    "add_member",
    "answer_invite",
    "answer_request",
    "archive_community",
    "change_role",
    "change_room",
    "close_discussion",
    "contents_of",
    "create_community",
    "curate",
    "discuss_chapter",
    "edit_chapter",
    "edit_community",
    "edit_discussion",
    "edit_item",
    "ensure_root",
    "erase_participation",
    "hand_over",
    "holdings_of",
    "invite",
    "join_community",
    "keep_listeners",
    "leave_community",
    "lets_in_at_once",
    "merge_communities",
    "merge_questions",
    "move_chapter",
    "move_discussion",
    "move_item",
    "open_again",
    "open_discussion",
    "pass_on",
    "pin_discussion",
    "put_welcome_away",
    "refuse_discussion",
    "register_arranging",
    "register_belonging",
    "register_coffee",
    "register_combining",
    "register_holding",
    "register_kinds",
    "register_kinds_of_people",
    "register_kinds_of_talk",
    "register_nudging",
    "register_removing",
    "register_targets",
    "release_discussion",
    "remove_chapter",
    "remove_discussion",
    "remove_member",
    "reopen_question",
    "request_to_join",
    "say_solved_too",
    "set_level",
    "split_comment",
    "start_discussion",
    "start_room",
    "take_back_discussion",
    "uncurate",
    "welcome_is_due",
    "what_goes_along",
    "why_not_post",
    "withdraw_answer",
    "withdraw_invite",
    "withdraw_request",
]
