"""Addresses of this app."""

from django.urls import path

from . import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="search_suggest"),
    path("search/opened/", views.count_opening, name="search_opened"),
    path("search/similar/", views.like_it, name="search_similar"),
]
