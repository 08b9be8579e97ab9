"""One's own data: to have, and to be taken out of the site."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..actions import privacy
from ..forms.settings import ErasureForm
from ..permissions import is_administrator, visible_people


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/own_data.html", {"holdings": privacy.holdings()})


@require_POST
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    archive = privacy.export_archive(person=user, by=user)
    name = f"kring-{timezone.localdate():%Y-%m-%d}.zip"
    return HttpResponse(
        archive,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Of oneself, or by an administrator; asks for the address and the password of who does it."""
    is_self = request.user.pk == pk
    if not is_self and not is_administrator(request.user):
        raise Http404
    person = get_object_or_404(visible_people(request.user), pk=pk)
    by: Any = request.user
    form = ErasureForm(request.POST or None, person=person, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            privacy.erase(person=person, by=by)
        except privacy.LastAdministratorError:
            form.add_error(None, _("This is the only administrator. Make somebody else one first."))
        else:
            return _gone(request, is_self)
    context = {"form": form, "person": person, "is_self": is_self, "holdings": privacy.holdings()}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest, is_self: bool) -> HttpResponse:
    if is_self:
        logout(request)
        return render(request, "people/erased.html")
    messages.success(request, _("The person is taken out of the site."))
    return redirect("people")
