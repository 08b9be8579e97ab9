"""A person's own searches: what they looked for lately, what they saved, and what they hear of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.ui.reasons import back_to

from .actions.recent import choose_keeping, forget_search, forget_searches, keeps_searches
from .actions.saving import change_search, remove_search, save_search
from .forms import Asked, read
from .forms_own import SavedSearchForm
from .models import RecentSearch, SavedSearch


@require_GET
def own_searches(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, refused: SavedSearchForm | None = None) -> HttpResponse:
    """refused: the form of one of the searches, as it was sent."""
    user: Any = request.user
    rows = SavedSearch.objects.filter(user=user).order_by("-created_at", "-pk")
    forms = [_form_of(saved, refused) for saved in rows]
    context = {
        "forms": forms,
        "recent": RecentSearch.objects.filter(user=user).order_by("-at", "-pk"),
        "keeps": keeps_searches(user),
    }
    return render(request, "search/own.html", context, status=400 if refused else 200)


def _form_of(saved: SavedSearch, refused: SavedSearchForm | None) -> SavedSearchForm:
    if refused and refused.saved == saved:
        return refused
    return SavedSearchForm(saved=saved)


def _asked(request: HttpRequest) -> Asked:
    """The search that a form was about, as its person may ask it now."""
    return read(QueryDict(request.POST.get("query", "")[:2000]), request.user).asked


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the search of a page with results, and go back to it."""
    user: Any = request.user
    asked = _asked(request)
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        try:
            saved = save_search(asked=asked, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _said(saved))
            return redirect(saved.url)
    context = {"form": form, "asked": asked, "query": asked.address().removeprefix("?")}
    return render(request, "search/save.html", context, status=400)


def _said(saved: SavedSearch) -> str:
    if saved.alert == SavedSearch.Alert.FIRST:
        return _("You hear of it once there is an answer. Until then it stands under Your searches.")
    return _("Saved. You find it under Your searches, in your menu.")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    saved = get_object_or_404(SavedSearch, pk=pk, user=user)
    form = SavedSearchForm(request.POST, saved=saved)
    if form.is_valid():
        try:
            change_search(saved=saved, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("Changed."))
            return redirect("own_searches")
    return _page(request, form)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    saved = get_object_or_404(SavedSearch, pk=pk, user=user)
    remove_search(saved=saved, by=user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": saved.name})
    return redirect(back_to(request, reverse("own_searches")))


@require_POST
def forget_recent(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase one; that it is gone already is no matter."""
    user: Any = request.user
    forget_search(pk=pk, by=user)
    return redirect(back_to(request, reverse("own_searches")))


@require_POST
def forget_all_recent(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    forget_searches(by=user)
    messages.success(request, _("Your recent searches are erased."))
    return redirect(back_to(request, reverse("own_searches")))


@require_POST
def keep_recent(request: HttpRequest) -> HttpResponse:
    """`keep` is yes or no."""
    user: Any = request.user
    keep = request.POST.get("keep") == "yes"
    choose_keeping(keep=keep, by=user)
    kept = _("Your searches are kept from now on, for you alone.")
    messages.success(request, kept if keep else _("Nothing you search for is kept any more."))
    return redirect("own_searches")
