"""The inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .models import Notification

PAGE_SIZE = 20


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What people did that concerns the reader: a group a thing, the newest first."""
    mine = Notification.objects.inbox_of(request.user)
    only_unread = request.GET.get("show") == "unread"
    things = (mine.unread() if only_unread else mine).things()
    page = Paginator(things, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": mine.rows_of([thing["thing"] for thing in page]),
        "only_unread": only_unread,
        "unread": mine.unread().count(),
    }
    return render(request, "notifications/inbox.html", context)


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
