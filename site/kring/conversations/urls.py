"""Addresses of this app. What is said stands on the page of what it is about."""

from django.urls import path

from . import views

urlpatterns = [
    path("talk/<slug:label>/<int:pk>/", views.comment_new, name="comment_new"),
    path("talk/<slug:label>/<int:pk>/pace/", views.conversation_pace, name="conversation_pace"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", views.comment_delete, name="comment_delete"),
]
