"""Inviting people, and coming in by an invitation."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from ..actions import invitations as actions
from ..forms.invitations import AcceptForm, InvitationForm
from ..models import Invitation
from ..permissions import is_administrator


def _administrators_only(request: HttpRequest) -> None:
    if not is_administrator(request.user):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    _administrators_only(request)
    form = InvitationForm(request.POST or None)
    sent = None
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(by=request.user, **form.cleaned_data)
            form = InvitationForm()
        except actions.AccountExistsError:
            form.add_error("email", _("This person has an account already."))
    return _list(request, form, sent)


def _list(request: HttpRequest, form: InvitationForm, sent: actions.Sent | None) -> HttpResponse:
    rows = Invitation.objects.select_related("invited_by")
    context = {
        "form": form,
        "sent": sent,
        "open": rows.filter(accepted_at=None),
        "accepted": rows.exclude(accepted_at=None).order_by("-accepted_at")[:20],
        "now": timezone.now(),
    }
    return render(request, "people/invitations.html", context, status=422 if form.errors else 200)


@require_POST
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    _administrators_only(request)
    found = get_object_or_404(Invitation, pk=pk, accepted_at=None)
    try:
        return _list(request, InvitationForm(), actions.resend(invitation=found, by=request.user))
    except actions.AccountExistsError:
        messages.error(request, _("This person has an account already."))
        return redirect("invitations")


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    _administrators_only(request)
    found = get_object_or_404(Invitation, pk=pk, accepted_at=None)
    actions.revoke(invitation=found, by=request.user)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": found.email})
    return redirect("invitations")


@never_cache
@login_not_required
@sensitive_post_parameters("password")
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link of an invitation opens."""
    found = actions.find_invitation(secret)
    if found is None:
        return render(request, "people/invitation_closed.html", status=404)
    language = found.language or translation.get_language()
    with translation.override(language):
        form = AcceptForm(request.POST or None, email=found.email, initial={"language": language})
        if request.method == "POST" and not request.user.is_authenticated and form.is_valid():
            try:
                user = actions.accept(secret=secret, **form.cleaned_data)
            except (actions.InvitationClosedError, actions.AccountExistsError):
                return render(request, "people/invitation_closed.html", status=404)
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            return redirect("/")
        context = {"form": form, "invitation": found}
        return render(request, "people/invitation.html", context, status=422 if form.errors else 200)
