"""Error pages, the offline page and its worker, uploaded files, the gallery of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from .components import COMPONENTS
from .examples import examples
from .richtext.widgets import FORMAT, as_typed


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=status)
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", {"site_name": settings.SITE_NAME}), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key is too old (a session ended meanwhile): what was typed is shown to be sent again."""
    match = request.resolver_match
    if request.user.is_anonymous and match and getattr(match.func, "login_required", True):
        return session_expired(request)
    return render(request, "csrf.html", {"kept": kept_fields(request)}, status=403)


def session_expired(request: HttpRequest) -> HttpResponse:
    """What was typed, to be sent again after signing in. 401, or 200 for htmx, which shows no other."""
    context = {"kept": kept_fields(request), "files": list(request.FILES)}
    partial = request.headers.get("HX-Request") == "true"
    response = render(request, "session_expired.html", context, status=200 if partial else 401)
    if partial:
        for name, value in {"Retarget": "#main", "Reselect": "#main", "Reswap": "outerHTML"}.items():
            response.headers[f"HX-{name}"] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, by the names of its fields; rich text as Markdown, which a plain field shows better."""
    hidden = {"csrfmiddlewaretoken", "next", "draft_id"}
    return [
        (name, as_typed(request.POST, name, value))
        for name, values in request.POST.lists()
        for value in values
        if name not in hidden and "password" not in name and not name.endswith(FORMAT) and value.strip()
    ]


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Uses nothing that could be broken: no database, no session."""
    return HttpResponse(render_to_string("500.html", {"site_name": settings.SITE_NAME}), status=500)


@require_GET
@login_not_required
@cache_control(max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker when there is no network; holds nothing personal."""
    return HttpResponse(render_to_string("offline.html", {"site_name": settings.SITE_NAME}))


@require_GET
@login_not_required
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    return render(request, "service-worker.js", content_type="text/javascript")


@require_GET
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states; for those who build pages."""
    if not request.user.is_superuser:
        raise PermissionDenied
    parts = [(name, COMPONENTS[name], examples().get(name, [])) for name in COMPONENTS]
    return render(request, "ui/gallery.html", {"parts": parts})
