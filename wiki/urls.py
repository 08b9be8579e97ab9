"""Addresses of this app; lessons and articles themselves stand in Wagtail's tree."""

from django.urls import path

from . import views

urlpatterns = [
    path("lessons/", views.lessons, name="lessons"),
    path("lessons/new/", views.lesson_new, name="lesson_new"),
    path("wiki/", views.articles, name="articles"),
    path("wiki/new/", views.article_new, name="article_new"),
    path("pages/<number:pk>/", views.wiki_page, name="wiki_page"),
    path("pages/<number:pk>/edit/", views.page_edit, name="page_edit"),
    path("pages/<number:pk>/confirm/", views.confirm, name="page_confirm"),
    path("pages/<number:pk>/unpublish/", views.unpublish, name="page_unpublish"),
    path("pages/<number:pk>/publish/", views.publish, name="page_publish"),
    path("pages/<number:pk>/delete/", views.delete, name="page_delete"),
]
