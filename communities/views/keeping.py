"""What the moderators of a community keep at hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..actions import keeping as keep
from ..forms.moderating import CannedReplyForm, WordRuleForm
from ..models import CannedReply, CommunityPage, WordRule
from ..permissions import can_lead, can_moderate
from .finding import find_community


@require_GET
def community_rules(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _moderated(request, pk))


@require_POST
def reply_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a title: the few to start with."""
    community = _moderated(request, pk)
    if request.POST.get("starters"):
        keep.add_starters(community=community, by=request.user)
        messages.success(request, _("They are yours now: change or remove what doesn't fit."))
        return redirect("community_rules", pk=pk)
    form = CannedReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, community, status=400, reply_form=form)
    keep.add_reply(community=community, by=request.user, **form.cleaned_data)
    messages.success(request, _("It is at hand now."))
    return redirect("community_rules", pk=pk)


@require_http_methods(["GET", "POST"])
def reply_edit(request: HttpRequest, pk: int, reply_pk: int) -> HttpResponse:
    community = _moderated(request, pk)
    reply = get_object_or_404(CannedReply, pk=reply_pk, community=community)
    form = CannedReplyForm(_sent(request), instance=reply)
    if request.method == "POST" and form.is_valid():
        return _kept(request, community, keep.edit_reply, reply=reply, **form.cleaned_data)
    return _edit_page(request, community, form, _("Change the reply"))


@require_POST
def reply_remove(request: HttpRequest, pk: int, reply_pk: int) -> HttpResponse:
    community = _moderated(request, pk)
    keep.remove_reply(reply=get_object_or_404(CannedReply, pk=reply_pk, community=community), by=request.user)
    messages.success(request, _("It is removed."))
    return redirect("community_rules", pk=pk)


@require_POST
def word_add(request: HttpRequest, pk: int) -> HttpResponse:
    community = _moderated(request, pk)
    form = WordRuleForm(request.POST)
    if not form.is_valid():
        return _page(request, community, status=400, word_form=form)
    keep.add_word(community=community, by=request.user, **form.cleaned_data)
    messages.success(request, _("It holds from now on, also for what is edited."))
    return redirect("community_rules", pk=pk)


@require_http_methods(["GET", "POST"])
def word_edit(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    community = _moderated(request, pk)
    rule = get_object_or_404(WordRule, pk=rule_pk, community=community)
    form = WordRuleForm(_sent(request), instance=rule)
    if request.method == "POST" and form.is_valid():
        return _kept(request, community, keep.edit_word, rule=rule, **form.cleaned_data)
    return _edit_page(request, community, form, _("Change the word"))


@require_POST
def word_remove(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    community = _moderated(request, pk)
    keep.remove_word(rule=get_object_or_404(WordRule, pk=rule_pk, community=community), by=request.user)
    messages.success(request, _("It is removed."))
    return redirect("community_rules", pk=pk)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _kept(
    request: HttpRequest, community: CommunityPage, edit: Callable[..., Any], **changes: Any
) -> HttpResponse:
    """Raises Http404 where it was removed meanwhile."""
    try:
        edit(by=request.user, **changes)
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Kept."))
    return redirect("community_rules", pk=community.pk)


def _edit_page(request: HttpRequest, community: CommunityPage, form: Any, title: str) -> HttpResponse:
    context = {"community": community, "form": form, "title": title}
    return render(request, "communities/moderation_rule.html", context, status=400 if form.is_bound else 200)


def _moderated(request: HttpRequest, pk: int) -> CommunityPage:
    community = find_community(request, pk)
    if not can_moderate(request.user, community):
        raise PermissionDenied
    return community


def _page(request: HttpRequest, community: CommunityPage, status: int = 200, **forms: Any) -> HttpResponse:
    language = {"language": community.language}
    context = {
        "community": community,
        "replies": CannedReply.objects.filter(community=community),
        "words": WordRule.objects.filter(community=community),
        "reply_form": forms.get("reply_form") or CannedReplyForm(initial=language),
        "word_form": forms.get("word_form") or WordRuleForm(),
        "may_lead": can_lead(request.user, community),
    }
    return render(request, "communities/moderation_rules.html", context, status=status)
