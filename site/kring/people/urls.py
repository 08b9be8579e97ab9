"""Addresses of this app."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", views.choose_language, name="set_language"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("me/", views.me, name="me"),
    path("people/", views.people, name="people"),
    path("people/colleagues/", views.colleague_options, name="colleague_options"),
    path("people/skills/", views.skill_options, name="skill_options"),
    path("people/teams/", views.teams, name="teams"),
    path("people/teams/<number:pk>/rename/", views.team_rename, name="team_rename"),
    path("people/teams/<number:pk>/delete/", views.team_delete, name="team_delete"),
    path("people/invitations/", views.invitations, name="invitations"),
    path("people/invitations/<number:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("people/invitations/<number:pk>/revoke/", views.invitation_revoke, name="invitation_revoke"),
    path("people/<number:pk>/", views.person, name="person"),
    path("people/<number:pk>/edit/", views.person_edit, name="person_edit"),
    path("people/<number:pk>/skills/", views.person_skills, name="person_skills"),
    path("people/<number:pk>/skills/<number:skill>/remove/", views.skill_remove, name="skill_remove"),
    path("people/<number:pk>/distance/", views.person_distance, name="person_distance"),
    path("people/<number:pk>/access/", views.access, name="person_access"),
    path("people/<number:pk>/close/", views.close_account, name="account_close"),
    path("people/<number:pk>/open/", views.open_account, name="account_open"),
    path("people/<number:pk>/erase/", views.erase, name="person_erase"),
    path("settings/", views.settings, name="settings"),
    path("settings/sign-in/", views.sign_in_settings, name="sign_in_settings"),
    path("settings/distance/", views.distances, name="distances"),
    path("settings/data/", views.own_data, name="own_data"),
    path("settings/data/export/", views.export, name="data_export"),
]
