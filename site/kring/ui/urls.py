"""Addresses of this app."""

from django.urls import path

from . import files, views

urlpatterns = [
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("media/<path:name>", files.media, name="media"),
    path("healthz", views.health, name="health"),
    path("components/", views.gallery, name="components"),
]
