"""How fast a conversation goes, and whether it is closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms import PaceForm
from ..models import Conversation
from ..permissions import can_moderate_conversation
from .finding import find_target


@require_http_methods(["GET", "POST"])
def conversation_pace(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Close a conversation, open it again, or slow it down: for those who look after it."""
    target = find_target(request, label, pk)
    if not can_moderate_conversation(request.user, target):
        raise PermissionDenied
    about = Conversation.objects.about(target).first() or Conversation()
    initial = {"locked": about.locked, "slow_mode_seconds": about.slow_mode_seconds}
    form = PaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.lock_conversation(target=target, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect(target.get_absolute_url())
    context = {"form": form, "target": target}
    return render(request, "conversations/pace.html", context, status=400 if form.errors else 200)
