"""Who works here: the directory and the tree of teams."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import actions
from ..forms.directory import DirectoryForm
from ..forms.profile import TeamForm
from ..models import Profile, Skill, Team
from ..permissions import is_administrator, visible_people
from ..querysets import UserQuerySet

PAGE = 24
SUGGESTIONS = 12
# People write their place freely; the list offers the most frequent.
PLACES = 100


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    everybody = visible_people(request.user).active()
    form = DirectoryForm(request.GET, **_choices(everybody))
    wanted = form.wanted()
    found = _found(everybody, wanted).with_profile().in_order()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = urlencode([(key, value) for key, value in request.GET.items() if key != "page" and value])
    context = {"form": form, "page": page, "query": query, "wanted": wanted, "total": page.paginator.count}
    return render(request, "people/people.html", context | {"may_invite": is_administrator(request.user)})


def _choices(everybody: UserQuerySet) -> dict[str, list[str]]:
    profiles = Profile.objects.filter(user__in=everybody)
    places = profiles.exclude(location="").values_list("location").annotate(people=Count("pk"))
    spoken = profiles.order_by().values_list("languages", flat=True).distinct()
    return {
        "locations": sorted(place for place, _people in places.order_by("-people")[:PLACES]),
        "languages": sorted({code for codes in spoken for code in codes}),
    }


def _found(everybody: UserQuerySet, wanted: dict[str, Any]) -> UserQuerySet:
    found = everybody.called(wanted.get("q", ""))
    if team := wanted.get("team"):
        found = found.in_team(team)
    if location := wanted.get("location"):
        found = found.filter(profile__location=location)
    if language := wanted.get("language"):
        found = found.filter(profile__languages__icontains=f'"{language}"')
    if skill := wanted.get("skill"):
        found = found.with_skill(skill, wanted.get("direction", ""))
    return found.newcomers() if wanted.get("new") else found


@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """The tree with everybody counted in a team and below it; administrators add teams."""
    may_edit = is_administrator(request.user)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = TeamForm(request.POST or None) if may_edit else None
    if form and request.method == "POST" and form.is_valid():
        try:
            actions.create_team(by=request.user, **form.cleaned_data)
            messages.success(request, _("The team “%(name)s” is made.") % {"name": form.cleaned_data["name"]})
            return redirect("teams")
        except actions.TeamExistsError:
            form.add_error("name", _("There is a team of this name already."))
    context = {"teams": _tree(request.user), "form": form, "may_edit": may_edit}
    return render(request, "people/teams.html", context, status=422 if form and form.errors else 200)


def _tree(user: Any) -> list[Team]:
    """Teams in order with `people`, how many are in it or below. Guests see those of people they meet."""
    seen = Q(profiles__user__in=visible_people(user).active())
    rows = list(Team.objects.order_by("path").annotate(own=Count("profiles", filter=seen)))
    people: Counter[str] = Counter()
    for team in rows:
        people.update(
            {team.path[:end]: team.own for end in range(Team.steplen, len(team.path) + 1, Team.steplen)}
        )
    for team in rows:
        team.people = people[team.path]
        team.counted = ngettext("%(count)d person", "%(count)d people", team.people) % {"count": team.people}
    return [team for team in rows if team.people or not user.is_guest]


@require_http_methods(["GET", "POST"])
def team_rename(request: HttpRequest, pk: int) -> HttpResponse:
    if not is_administrator(request.user):
        raise PermissionDenied
    team = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    del form.fields["parent"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_team(by=request.user, team=team, name=form.cleaned_data["name"])
            return redirect("teams")
        except actions.TeamExistsError:
            form.add_error("name", _("There is a team of this name already."))
    status = 422 if form.errors else 200
    return render(request, "people/team.html", {"team": team, "form": form}, status=status)


@require_POST
def team_delete(request: HttpRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk)
    actions.delete_team(by=request.user, team=team)
    messages.success(request, _("The team “%(name)s” is gone; its people stay.") % {"name": team.name})
    return redirect("teams")


@require_GET
def colleague_options(request: HttpRequest) -> HttpResponse:
    """Suggestions for the field of the manager."""
    words = request.GET.get("manager", "").strip()
    found = visible_people(request.user).active().called(words).in_order()[:SUGGESTIONS] if words else []
    return render(request, "people/options.html", {"options": [(one.email, one.name) for one in found]})


@require_GET
def skill_options(request: HttpRequest) -> HttpResponse:
    """Suggestions for a skill, in either language."""
    words = request.GET.get("label", "").strip() or request.GET.get("skill", "").strip()
    known = Q(label_en__icontains=words) | Q(label_nl__icontains=words)
    found = Skill.objects.filter(known).order_by("label_en", "pk")[:SUGGESTIONS] if words else []
    return render(request, "people/options.html", {"options": [(skill.label, "") for skill in found]})
