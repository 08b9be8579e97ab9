"""Addresses of this app."""

from django.urls import path

from . import views, views_own

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="search_suggest"),
    path("search/opened/", views.count_opening, name="search_opened"),
    path("search/similar/", views.like_it, name="search_similar"),
    path("search/yours/", views_own.own_searches, name="own_searches"),
    path("search/yours/keep/", views_own.keep_recent, name="recent_searches_keep"),
    path("search/recent/forget/", views_own.forget_all_recent, name="recent_searches_forget"),
    path("search/recent/<int:pk>/forget/", views_own.forget_recent, name="recent_search_forget"),
    path("search/saved/new/", views_own.save, name="search_save"),
    path("search/saved/<int:pk>/", views_own.change, name="saved_search"),
    path("search/saved/<int:pk>/remove/", views_own.remove, name="saved_search_remove"),
]
