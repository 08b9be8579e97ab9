"""Writing and changing lessons and articles."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.models import CommunityPage
from communities.querysets import readable_communities
from kring.ui.richtext.text import to_text
from search.results import UnavailableError
from search.similar import similar

from .. import actions
from ..actions.writing import latest_of
from ..forms import ArticleForm, LessonForm
from ..models import ArticlePage, LessonPage
from ..permissions import can_edit, can_read, can_write_in
from .growing import asked_question, growing_article, growing_lesson
from .reading import find_page


@require_http_methods(["GET", "POST"])
def lesson_new(request: HttpRequest) -> HttpResponse:
    """With ?question=ID it is filled in from that question and its answer."""
    question = asked_question(request)
    start = growing_lesson(request.user, question) if question else _start(request)
    form = LessonForm(request.POST or None, **start)
    if "look" in request.POST:
        found = {"looked": True, "similar": _similar(request, form)}
        return _page(request, form, {"parent": None, "question": question, **found})
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["community"]
        page = _saved(form, actions.create_lesson, by=request.user, parent=place, grown_from=question)
        if page:
            messages.success(request, _("Thank you. Your lesson is published; you can change it any time."))
            return redirect(page.get_absolute_url())
    return _page(request, form, {"parent": None, "question": question})


def _similar(request: HttpRequest, form: LessonForm) -> list[Any]:
    """What was told before; the form comes back as it was typed, and complains of nothing yet."""
    form.full_clean()
    form.errors.clear()
    texts = [request.POST.get("summary", ""), to_text(form.cleaned_data.get("happened") or "")]
    try:
        return similar(request.user, request.POST.get("title", ""), "\n".join(texts))
    except UnavailableError:
        return []


@require_http_methods(["GET", "POST"])
def article_new(request: HttpRequest) -> HttpResponse:
    """With ?parent=ID it comes to stand under that article; with ?question=ID it grows from that question."""
    parent, question = _parent(request), asked_question(request)
    start = growing_article(request.user, question) if question else _start(request, parent)
    form = ArticleForm(request.POST or None, **start)
    if request.method == "POST" and form.is_valid():
        place = parent or form.cleaned_data["community"]
        page = _saved(form, actions.create_article, by=request.user, parent=place, grown_from=question)
        if page:
            messages.success(request, _("Your article is published. Colleagues can add to it now."))
            return redirect(page.get_absolute_url())
    return _page(request, form, {"parent": parent, "question": question})


@require_http_methods(["GET", "POST"])
def page_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a page. When somebody else did so meanwhile, both texts are kept and the editor chooses."""
    page = find_page(pk)
    if not can_read(request.user, page):
        raise Http404
    if not can_edit(request.user, page):
        raise PermissionDenied
    is_lesson = isinstance(page, LessonPage)
    form_class, edit = (LessonForm, actions.edit_lesson) if is_lesson else (ArticleForm, actions.edit_article)
    editable = latest_of(page)
    places = CommunityPage.objects.filter(pk=page.community_id)
    form = form_class(request.POST or None, instance=editable, by=request.user, places=places)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_revision"]
        try:
            changed = _saved(form, edit, by=request.user, page=page, seen_revision=seen)
        except actions.EditConflictError as conflict:
            return _conflict(request, form, conflict.page)
        if changed is not None:
            messages.success(
                request, _("Your changes are published.") if changed else _("Nothing was changed.")
            )
            return redirect("wiki_page", pk=page.pk)
    return _page(request, form, {"page": page})


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """An article that was looked at and is still right."""
    page = find_page(pk)
    if not can_read(request.user, page) or not isinstance(page, ArticlePage):
        raise Http404
    actions.confirm_article(by=request.user, page=page)
    messages.success(request, _("Thank you. It is asked again in half a year."))
    return redirect("wiki_page", pk=page.pk)


def _conflict(request: HttpRequest, form: Any, present: Any) -> HttpResponse:
    """What was typed stays in the form; sending it again overwrites, now knowingly."""
    form.data = form.data.copy()
    form.data["seen_revision"] = str(present.latest_revision_id or "")
    return _page(request, form, {"page": present, "conflict": present.latest_revision}, status=409)


def _saved(form: Any, action: Any, **given: Any) -> Any:
    """What the action gives; None after its complaints were put on the form."""
    try:
        return action(**given, **form.values())
    except ValidationError as error:
        for field, problems in error.message_dict.items():
            name = {"authors": "author_names", "tags": "tag_words"}.get(field, field)
            form.add_error(name if name in form.fields else None, problems)
        return None


def _page(request: HttpRequest, form: Any, extra: dict[str, Any], status: int = 0) -> HttpResponse:
    is_lesson = isinstance(form, LessonForm)
    nowhere = "community" in form.fields and not form.fields["community"].queryset.exists()
    context = {"form": form, "is_lesson": is_lesson, "nowhere": nowhere, **extra}
    return render(request, "wiki/write.html", context, status=status or (400 if form.errors else 200))


def _start(request: HttpRequest, parent: ArticlePage | None = None) -> dict[str, Any]:
    """What a new page's form begins with. Raises PermissionDenied for a parent where one may not write."""
    user = request.user
    readable = CommunityPage.objects.live().filter(readable_communities(user)).order_by("title")
    ids = [community.pk for community in readable if can_write_in(user, community)]
    if parent:
        ids = [pk for pk in ids if pk == parent.community_id]
    if parent and not ids:
        raise PermissionDenied
    asked = request.GET.get("community", "")
    chosen = (
        parent.community_id if parent else (int(asked) if asked.isdecimal() and int(asked) in ids else None)
    )
    language = user.language or get_language() or "en"
    return {
        "by": user,
        "places": CommunityPage.objects.filter(pk__in=ids).order_by("title"),
        "initial": {"community": chosen if chosen or len(ids) != 1 else ids[0], "language": language},
    }


def _parent(request: HttpRequest) -> ArticlePage | None:
    asked = request.GET.get("parent", "")
    if not asked:
        return None
    parent = find_page(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if not isinstance(parent, ArticlePage) or not can_read(request.user, parent):
        raise Http404
    return parent
