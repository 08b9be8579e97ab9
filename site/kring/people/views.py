"""Pages about people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from .models import User


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "people/people.html", {"people": User.objects.active().with_profile()})


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User.objects.active().with_profile(), pk=pk)
    return render(request, "people/person.html", {"person": shown})


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    return redirect(request.user)


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    return render(request, "people/settings.html")


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/own_data.html")
