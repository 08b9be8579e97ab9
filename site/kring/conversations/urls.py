"""Addresses of this app. What is said stands on the page of what it is about."""

from django.urls import path

from . import views

urlpatterns = [
    path("talk/<slug:label>/<number:pk>/", views.comment_new, name="comment_new"),
    path("talk/<slug:label>/<number:pk>/pace/", views.conversation_pace, name="conversation_pace"),
    path("talk/<slug:label>/<number:pk>/react/", views.target_react, name="target_react"),
    path("comments/<number:pk>/", views.comment, name="comment"),
    path("comments/<number:pk>/history/", views.comment_history, name="comment_history"),
    path("comments/<number:pk>/react/", views.comment_react, name="comment_react"),
    path("comments/<number:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<number:pk>/delete/", views.comment_delete, name="comment_delete"),
]
