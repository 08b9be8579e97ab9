"""Every address of the site. Wiring only; imported by nobody."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("kring.ui.urls")),
    path("", include("kring.people.urls")),
    path("", include("kring.notifications.urls")),
    path("", include("kring.conversations.urls")),
    path("", include("search.urls")),
    path("", include("communities.urls")),
    path("", include("wiki.urls")),
    path("", include("kring.home.urls")),
    # Wagtail's own sign-in pages stay out: they know no second step and no limit on attempts.
    path("communities/", include([re_path(serve_pattern, serve, name="wagtail_serve")])),
]

handler400 = "kring.ui.views.bad_request"
handler403 = "kring.ui.views.forbidden"
handler404 = "kring.ui.views.not_found"
handler500 = "kring.ui.views.server_error"
