"""Addresses of this app; communities themselves stand in Wagtail's tree."""

from django.urls import path

from . import views
from .views.merged import leads_on

urlpatterns = [
    path("communities/", views.communities, name="communities"),
    path("new-community/", views.community_new, name="community_new"),
    path("communities/<number:pk>/edit/", views.community_edit, name="community_edit"),
    path("communities/<number:pk>/join/", views.community_join, name="community_join"),
    path("communities/<number:pk>/leave/", views.community_leave, name="community_leave"),
    path("communities/<number:pk>/level/", views.community_level, name="community_level"),
    path("communities/<number:pk>/request/", views.community_request, name="community_request"),
    path("communities/<number:pk>/request/withdraw/", views.request_withdraw, name="request_withdraw"),
    path(
        "communities/<number:pk>/requests/<number:request_pk>/", views.request_answer, name="request_answer"
    ),
    path("communities/<number:pk>/invite/", views.community_invite, name="community_invite"),
    path("communities/<number:pk>/invitation/", views.community_invitation, name="community_invitation"),
    path(
        "communities/<number:pk>/invites/<number:invite_pk>/withdraw/",
        views.invite_withdraw,
        name="invite_withdraw",
    ),
    path("communities/<number:pk>/hand-over/", views.community_hand_over, name="community_hand_over"),
    path("communities/<number:pk>/archive/", views.community_archive, name="community_archive"),
    path("communities/<number:pk>/open-again/", views.community_open_again, name="community_open_again"),
    path("communities/<number:pk>/merge/", views.community_merge, name="community_merge"),
    path("communities/<number:pk>/members/", views.community_members, name="community_members"),
    path("communities/<number:pk>/members/add/", views.member_add, name="member_add"),
    path("communities/<number:pk>/members/<number:user_pk>/role/", views.member_role, name="member_role"),
    path(
        "communities/<number:pk>/members/<number:user_pk>/remove/", views.member_remove, name="member_remove"
    ),
    path("communities/<number:pk>/front-page/", views.community_curated, name="community_curated"),
    path("communities/<number:pk>/front-page/<number:item_pk>/", views.curated_edit, name="curated_edit"),
    path(
        "communities/<number:pk>/front-page/<number:item_pk>/move/", views.curated_move, name="curated_move"
    ),
    path(
        "communities/<number:pk>/front-page/<number:item_pk>/remove/",
        views.curated_remove,
        name="curated_remove",
    ),
    path("communities/<number:pk>/health/", views.community_health, name="community_health"),
    path("communities/<number:pk>/rules/", views.community_rules, name="community_rules"),
    path("communities/<number:pk>/rules/replies/", views.reply_add, name="reply_add"),
    path("communities/<number:pk>/rules/replies/<number:reply_pk>/", views.reply_edit, name="reply_edit"),
    path(
        "communities/<number:pk>/rules/replies/<number:reply_pk>/remove/",
        views.reply_remove,
        name="reply_remove",
    ),
    path("communities/<number:pk>/rules/words/", views.word_add, name="word_add"),
    path("communities/<number:pk>/rules/words/<number:rule_pk>/", views.word_edit, name="word_edit"),
    path(
        "communities/<number:pk>/rules/words/<number:rule_pk>/remove/", views.word_remove, name="word_remove"
    ),
    path("coffee/", views.coffee, name="coffee"),
    path("coffee/met/", views.coffee_met, name="coffee_met"),
    path("coffee/wish/", views.coffee_wish, name="coffee_wish"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/log/", views.moderation_log, name="moderation_log"),
    path("moderation/week/", views.moderation_week, name="moderation_week"),
    path("moderation/asked/", views.moderation_asked, name="moderation_asked"),
    path("moderation/not-alike/", views.not_alike, name="not_alike"),
    path("moderation/asked/settle/", views.asked_settle, name="asked_settle"),
    path("moderation/synonyms/", views.synonyms, name="synonyms"),
    path("moderation/synonyms/add/", views.synonyms_add, name="synonyms_add"),
    path("moderation/synonyms/import/", views.synonyms_import, name="synonyms_import"),
    path("moderation/synonyms/export/", views.synonyms_export, name="synonyms_export"),
    path("moderation/synonyms/log/", views.synonyms_log, name="synonyms_log"),
    path("moderation/synonyms/log/<number:pk>/undo/", views.synonyms_undo, name="synonyms_undo"),
    path("moderation/synonyms/<number:pk>/", views.synonyms_change, name="synonyms_change"),
    path("moderation/synonyms/<number:pk>/remove/", views.synonyms_remove, name="synonyms_remove"),
    path("search/pins/", views.result_pin, name="result_pin"),
    path("search/pins/mine/", views.own_unpin, name="own_unpin"),
    path("communities/<number:pk>/reading/", views.community_reading, name="community_reading"),
    path("communities/<number:pk>/reading/<number:chapter_pk>/", views.chapter_edit, name="chapter_edit"),
    path(
        "communities/<number:pk>/reading/<number:chapter_pk>/move/", views.chapter_move, name="chapter_move"
    ),
    path(
        "communities/<number:pk>/reading/<number:chapter_pk>/remove/",
        views.chapter_remove,
        name="chapter_remove",
    ),
    path(
        "communities/<number:pk>/reading/<number:chapter_pk>/discuss/",
        views.chapter_discuss,
        name="chapter_discuss",
    ),
    path("communities/<number:pk>/welcome/", views.community_welcomed, name="community_welcomed"),
    path("discussions/", views.discussions, name="discussions"),
    path("discussions/read/", views.discussions_read, name="discussions_read"),
    path("discussions/new/", views.discussion_new, name="discussion_new"),
    path("discussions/people/", views.discussion_people, name="discussion_people"),
    path("discussions/start/", views.discussion_start, name="discussion_start"),
    path("discussions/<number:pk>/", views.discussion_by_number, name="discussion_by_number"),
    path("discussions/<number:pk>/edit/", views.discussion_edit, name="discussion_edit"),
    path("discussions/<number:pk>/take-back/", views.discussion_take_back, name="discussion_take_back"),
    path("discussions/<number:pk>/accept/", views.discussion_accept, name="discussion_accept"),
    path("discussions/<number:pk>/solved-too/", views.discussion_solved_too, name="discussion_solved_too"),
    path("discussions/<number:pk>/pass/", views.discussion_pass, name="discussion_pass"),
    path("discussions/<number:pk>/pin/", views.discussion_pin, name="discussion_pin"),
    path("discussions/<number:pk>/close/", views.discussion_close, name="discussion_close"),
    path("discussions/<number:pk>/open/", views.discussion_open, name="discussion_open"),
    path("discussions/<number:pk>/move/", views.discussion_move, name="discussion_move"),
    path("discussions/<number:pk>/remove/", views.discussion_remove, name="discussion_remove"),
    path("discussions/<number:pk>/release/", views.discussion_release, name="discussion_release"),
    path("discussions/<number:pk>/refuse/", views.discussion_refuse, name="discussion_refuse"),
    path("discussions/<number:pk>/merge/", views.discussion_merge, name="discussion_merge"),
    path("discussions/<number:pk>/split/", views.discussion_split, name="discussion_split"),
    path("discussions/room/", views.room_new, name="room_new"),
    path("discussions/<number:pk>/room/", views.room_edit, name="room_edit"),
    path("discussions/<number:pk>/reopen/", views.discussion_reopen, name="discussion_reopen"),
    path("discussions/<number:pk>/<slug:slug>/", views.discussion, name="discussion"),
]

for one in urlpatterns:
    if str(one.pattern).startswith("communities/<number:pk>/"):
        one.callback = leads_on(one.callback)
