"""Addresses of this app; communities themselves stand in Wagtail's tree."""

from django.urls import path

from . import views

urlpatterns = [
    path("communities/", views.communities, name="communities"),
    path("discussions/", views.discussions, name="discussions"),
    path("discussions/new/", views.discussion_new, name="discussion_new"),
    path("discussions/<int:pk>/<slug:slug>/", views.discussion, name="discussion"),
]
