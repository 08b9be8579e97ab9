"""Addresses of this app. What is said stands on the page of what it is about."""

from django.urls import path

from . import views

urlpatterns = [
    path("talk/<slug:label>/<number:pk>/", views.comment_new, name="comment_new"),
    path("talk/<slug:label>/<number:pk>/pace/", views.conversation_pace, name="conversation_pace"),
    path("kept/", views.kept, name="kept"),
    path("talk/<slug:label>/<number:pk>/follow/", views.target_follow, name="target_follow"),
    path("talk/<slug:label>/<number:pk>/keep/", views.target_keep, name="target_keep"),
    path("talk/<slug:label>/<number:pk>/react/", views.target_react, name="target_react"),
    path("talk/<slug:label>/<number:pk>/files/", views.file_new, name="file_new"),
    path("talk/<slug:label>/<number:pk>/people/", views.people_to_mention, name="people_to_mention"),
    path("comments/<number:pk>/", views.comment, name="comment"),
    path("comments/<number:pk>/keep/", views.comment_keep, name="comment_keep"),
    path("comments/<number:pk>/history/", views.comment_history, name="comment_history"),
    path("comments/<number:pk>/react/", views.comment_react, name="comment_react"),
    path("comments/<number:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<number:pk>/delete/", views.comment_delete, name="comment_delete"),
    path("comments/<number:pk>/release/", views.comment_release, name="comment_release"),
    path("comments/<number:pk>/refuse/", views.comment_refuse, name="comment_refuse"),
    path("report/<slug:label>/<number:pk>/", views.report, name="report"),
    path("report/<slug:label>/<number:pk>/settle/", views.reports_settle, name="reports_settle"),
    path("decisions/<number:pk>/", views.decision, name="decision"),
    path("decisions/<number:pk>/undo/", views.decision_undo, name="decision_undo"),
    path("decisions/<number:pk>/appeal/", views.decision_appeal, name="decision_appeal"),
    path("appeals/<number:pk>/", views.appeal_answer, name="appeal_answer"),
    path("letters/<number:pk>/", views.letters, name="letters"),
    path("letters/<number:pk>/write/", views.letter_write, name="letter_write"),
    path("letters/<number:pk>/block/", views.seal_block, name="seal_block"),
    path("letters/<number:pk>/ask/", views.seal_ask, name="seal_ask"),
    path("letters/<number:pk>/answer/", views.seal_answer, name="seal_answer"),
]
