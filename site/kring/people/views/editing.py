"""Editing one's page and, for administrators, everybody's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms.profile import AccessForm, ProfileForm, SkillForm
from ..models import PersonSkill, User
from ..permissions import can_edit_person, is_administrator, visible_people

ONLY_ADMINISTRATOR = gettext_lazy("This is the only administrator. Make somebody else one first.")


def editable_person(request: HttpRequest, pk: int) -> User:
    """404 when this person cannot be seen, 403 when seen but not edited."""
    person = get_object_or_404(visible_people(request.user).with_profile(), pk=pk)
    if not can_edit_person(request.user, person):
        raise PermissionDenied
    return person


def administered_person(request: HttpRequest, pk: int) -> User:
    if not is_administrator(request.user):
        raise Http404
    return get_object_or_404(visible_people(request.user).with_profile(), pk=pk)


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = editable_person(request, pk)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=person.profile)
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(person=person, by=request.user, **form.values())
        if form.cleaned_data["picture"]:
            actions.set_picture(person=person, by=request.user, picture=form.cleaned_data["picture"])
        elif form.cleaned_data.get("remove_picture"):
            actions.set_picture(person=person, by=request.user, picture=None)
        messages.success(request, _("The page is changed."))
        return redirect(person)
    return render(request, "people/edit.html", {"person": person, "form": form}, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.errors else 200


@require_http_methods(["GET", "POST"])
def person_skills(request: HttpRequest, pk: int) -> HttpResponse:
    person = editable_person(request, pk)
    form = SkillForm(request.POST or None, initial={"direction": PersonSkill.Direction.OFFERS})
    if request.method == "POST" and form.is_valid():
        actions.add_skill(person=person, by=request.user, **form.cleaned_data)
        messages.success(request, _("“%(skill)s” is added.") % {"skill": form.cleaned_data["label"]})
        return redirect("person_skills", pk)
    rows = list(person.skills.select_related("skill"))
    context = {
        "person": person,
        "form": form,
        "offers": [row for row in rows if row.direction == "offers"],
        "wants": [row for row in rows if row.direction == "wants"],
    }
    return render(request, "people/skills.html", context, status=_status(form))


@require_POST
def skill_remove(request: HttpRequest, pk: int, skill: int) -> HttpResponse:
    person = editable_person(request, pk)
    row = get_object_or_404(person.skills.select_related("skill"), pk=skill)
    actions.remove_skill(person=person, by=request.user, skill=row)
    messages.success(request, _("“%(skill)s” is removed.") % {"skill": row.skill})
    return redirect("person_skills", pk)


@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, pk: int) -> HttpResponse:
    person = administered_person(request, pk)
    initial = {
        "is_guest": person.is_guest,
        "is_administrator": person.is_superuser,
        "reads_everything": person.user_permissions.filter(codename="read_everything").exists(),
    }
    form = AccessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_access(person=person, by=request.user, **form.cleaned_data)
            messages.success(request, _("What this account may do is changed."))
            return redirect(person)
        except actions.LastAdministratorError:
            form.add_error("is_administrator", ONLY_ADMINISTRATOR)
    return render(request, "people/access.html", {"person": person, "form": form}, status=_status(form))


@require_POST
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    person = administered_person(request, pk)
    try:
        actions.deactivate(person=person, by=request.user)
        messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
    except actions.LastAdministratorError:
        messages.error(request, ONLY_ADMINISTRATOR)
    return redirect(person)


@require_POST
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    person = administered_person(request, pk)
    actions.reactivate(person=person, by=request.user)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person.name})
    return redirect(person)
