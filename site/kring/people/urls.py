"""Addresses of this app."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("me/", views.me, name="me"),
    path("settings/", views.settings, name="settings"),
    path("settings/data/", views.own_data, name="own_data"),
]
