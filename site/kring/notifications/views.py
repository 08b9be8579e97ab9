"""The inbox, what is mailed, and the link that stops a mail."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions
from .forms import DeliveryForm, QuietForm
from .kinds import groups
from .models import Notification, NotificationPreference, QuietHours
from .querysets import NotificationQuerySet

PAGE_SIZE = 20


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What people did that concerns the reader: a group a thing, the newest first."""
    mine = Notification.objects.inbox_of(request.user)
    only_unread = request.GET.get("show") == "unread"
    shown = mine.unread() if only_unread else mine
    page = Paginator(shown.things(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": _groups(shown, page.object_list),
        "only_unread": only_unread,
        "unread": mine.unread().count(),
        "query": "show=unread" if only_unread else "",
        "tabs": [
            {"label": _("Everything"), "url": reverse("inbox"), "current": not only_unread},
            {"label": _("Unread"), "url": reverse("inbox") + "?show=unread", "current": only_unread},
        ],
    }
    return render(request, "notifications/inbox.html", context)


def _groups(rows: NotificationQuerySet, things: Iterable[dict[str, Any]]) -> list[list[Notification]]:
    """The rows of each thing; the first says how many `earlier` ones are not shown."""
    counts = {thing["thing"]: thing["count"] for thing in things}
    found = rows.rows_of(counts)
    for group in found:
        group[0].earlier = counts[group[0].thing] - len(group)
    return found


@require_http_methods(["GET", "POST"])
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read, with what came earlier about the same thing, and go there."""
    row = get_object_or_404(Notification.objects.inbox_of(request.user), pk=pk)
    row.same_thing().unread().update(read_at=timezone.now())
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(row.url, allowed_hosts=here, require_https=request.is_secure())
    return redirect(row.url if safe else "inbox")


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    Notification.objects.inbox_of(request.user).unread().update(read_at=timezone.now())
    return redirect("inbox")


@require_http_methods(["GET", "POST"])
def notification_settings(request: HttpRequest) -> HttpResponse:
    """How each group of notifications reaches the reader by mail, and when none comes."""
    user: Any = request.user
    chosen = NotificationPreference.objects.chosen_by([user.pk])
    now = {group: chosen.get((user.pk, group)) for group in groups()}
    sent = request.POST if request.method == "POST" else None
    form = DeliveryForm(sent, chosen=now)
    quiet = QuietForm(sent, initial=QuietHours.objects.filter(user=user).values().first())
    if sent is not None and form.is_valid() and quiet.is_valid():
        actions.choose_deliveries(by=user, deliveries=form.deliveries())
        actions.keep_quiet(by=user, **quiet.cleaned_data)
        messages.success(request, _("Kept. This is how mail will reach you from now on."))
        return redirect("notification_settings")
    context = {"form": form, "quiet": quiet, "zone": user.time_zone or settings.TIME_ZONE}
    status = 400 if form.errors or quiet.errors else 200
    return render(request, "notifications/settings.html", context, status=status)


@csrf_exempt  # Mail programs post here by themselves (RFC 8058); the signed token is the permission.
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails that the link names. A GET only asks, for scanners of mail follow every link."""
    found = actions.read_unsubscribe_link(token)
    if found is None:
        raise Http404
    user, named = found
    if request.method == "POST":
        actions.unsubscribe(by=user, groups=named)
    known = groups()
    labels = [known[group].label for group in named if group in known]
    context = {"labels": labels, "done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
