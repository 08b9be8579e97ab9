"""Making a community, and changing what it says about itself."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms import CommunityForm
from ..forms.starting import SHAPES, start_of
from ..models import CommunityPage
from ..permissions import can_found_community, can_lead
from .finding import find_community


@require_http_methods(["GET", "POST"])
def community_new(request: HttpRequest) -> HttpResponse:
    if not can_found_community(request.user):
        raise PermissionDenied
    language = _language(request)
    chosen = request.GET.get("form", "")
    start = {"language": language, **start_of(chosen, language)}
    form = CommunityForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        community = actions.create_community(by=request.user, **form.values())
        return _founded(request, community)
    shown = str(form["form"].value() or "")
    context = {
        "form": form,
        "shapes": [(value, label, SHAPES[value]) for value, label in CommunityPage.Form.choices],
        "chosen": shown if shown in SHAPES and (chosen in SHAPES or form.is_bound) else "",
        "language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "communities/write.html", context, status=400 if form.errors else 200)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        return wanted
    return request.user.language or get_language()


def _founded(request: HttpRequest, community: CommunityPage) -> HttpResponse:
    """Where it goes on: a think club begins with its reading list."""
    if community.form == CommunityPage.Form.THINK_CLUB:
        messages.success(request, _("The club is there. Now say what you read first."))
        return redirect("community_reading", pk=community.pk)
    words = _("The community is there. Put something on its front page, and ask people in.")
    messages.success(request, words)
    return redirect(community.get_absolute_url())


@require_http_methods(["GET", "POST"])
def community_edit(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    if not can_lead(request.user, community):
        raise PermissionDenied
    form = CommunityForm(request.POST or None, instance=community)
    if request.method == "POST" and form.is_valid():
        changed = actions.edit_community(community=community, by=request.user, **form.values())
        messages.success(request, _("Your changes are published.") if changed else _("Nothing was changed."))
        return redirect(community.get_absolute_url())
    context = {"form": form, "community": community}
    return render(request, "communities/write.html", context, status=400 if form.errors else 200)
