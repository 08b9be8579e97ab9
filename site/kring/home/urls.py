"""Addresses of this app."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("first-week/hide/", views.hide_first_week, name="hide_first_week"),
]
