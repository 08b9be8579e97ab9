"""Words that mean the same: kept by those who look after a community, for the whole site."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.activity.models import Activity
from search.actions.tending import (
    REMOVED,
    VERBS,
    ChangedMeanwhileError,
    add_synonyms,
    can_be_undone,
    change_synonyms,
    import_synonyms,
    remove_synonyms,
    shown,
    undo_change,
)
from search.models import Synonyms
from search.permissions import may_tend_words
from search.synonyms import thesaurus
from search.text import clean, take_apart
from search.wording import MOST_ROWS, as_file, as_told

from ..forms.synonyms import ImportSynonymsForm, SynonymsForm
from .moderating import tabs_of

PAGE_SIZE = 50
LONGEST_ASKED = 200
# Lines of a list that cannot be read.
MOST_TOLD = 20


@require_GET
def synonyms(request: HttpRequest) -> HttpResponse:
    """The rows of one language, or those with some words in them; and what a query becomes."""
    _let_in(request)
    language = _language(request.GET.get("language", ""))
    words, tried = (clean(request.GET.get(name, ""), LONGEST_ASKED) for name in ("words", "try"))
    page = Paginator(_with_words(language, words), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = dict(Synonyms.objects.values_list("language").annotate(Count("pk")))
    context = {
        "tabs": tabs_of("synonyms"),
        "language": language,
        "languages": [(code, name, counts.get(code, 0)) for code, name in settings.LANGUAGES],
        "page": page,
        "rows": [(row, shown(row)) for row in page.object_list],
        "words": words,
        "query": urlencode({"language": language, "words": words}),
        "tried": tried,
        "becomes": _becomes(tried),
        "removed": _removed(request.GET.get("removed", "")),
        "most": MOST_ROWS,
    }
    return render(request, "communities/synonyms.html", context)


def _let_in(request: HttpRequest) -> Any:
    """Who asks. Raises PermissionDenied."""
    if not may_tend_words(request.user):
        raise PermissionDenied
    return request.user


def _language(wanted: str) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    return next(code for code in (wanted, get_language(), known[0]) if code in known)


def _with_words(language: str, words: str) -> QuerySet[Synonyms]:
    rows = Synonyms.objects.filter(language=language).select_related("by").order_by("-changed_at", "-pk")
    return rows.filter(words__icontains=words) if words else rows


def _becomes(tried: str) -> list[tuple[str, list[str]]]:
    """Each word or phrase of a query, with what is looked for beside it."""
    wanted = take_apart(tried)
    found: dict[int, tuple[int, list[str]]] = {}
    for one in thesaurus().beside(wanted):
        found.setdefault(one.first, (one.length, []))[1].append(one.shown)
    lines, index = [], 0
    while index < len(wanted.words):
        length, beside = found.get(index, (1, []))
        lines.append((" ".join(wanted.words[index : index + length]), beside))
        index += length
    return lines


def _removed(number: str) -> tuple[int, str] | None:
    """What was removed just now, and can be put back."""
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    change = Activity.objects.filter(pk=int(number), verb=REMOVED).first()
    return (change.pk, _as_told(change.data["before"])) if change and can_be_undone(change, None) else None


@require_http_methods(["GET", "POST"])
def synonyms_add(request: HttpRequest) -> HttpResponse:
    """?words= and ?language= begin it: what people looked for and did not find."""
    user = _let_in(request)
    if request.method == "GET":
        words = clean(request.GET.get("words", ""), LONGEST_ASKED)
        return _form_page(request, SynonymsForm(words=f"{words}, " if words else ""))
    form = SynonymsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = add_synonyms(
                language=data["language"], text=data["words"], one_way=data["one_way"], by=user
            )
        except ValidationError as error:
            form.add_error("words", error.messages)
        else:
            said = _("Added: %(words)s. From now on one finds the other.") % {"words": shown(row)}
            return _done(request, said, row.language)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def synonyms_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = _let_in(request)
    row = get_object_or_404(Synonyms, pk=pk)
    if request.method == "GET":
        return _form_page(request, SynonymsForm(row=row))
    form = SynonymsForm(request.POST, row=row)
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = change_synonyms(
                pk=pk, version=data["version"] or 0, text=data["words"], one_way=data["one_way"], by=user
            )
        except ChangedMeanwhileError as error:
            form = _once_more(request, error)
        except ValidationError as error:
            form.add_error("words", error.messages)
        else:
            return _done(request, _("Changed: %(words)s.") % {"words": shown(row)}, row.language)
    return _form_page(request, form)


def _once_more(request: HttpRequest, error: ChangedMeanwhileError) -> SynonymsForm:
    """What was typed, ready to be sent again by somebody who knows now what it would replace."""
    if error.row is None:
        raise Http404
    data = request.POST.copy()
    data["version"] = str(error.row.version)
    form = SynonymsForm(data, row=error.row)
    form.add_error("words", [*error.messages, _("Send yours again to put it in that place.")])
    return form


@require_http_methods(["GET", "POST"])
def synonyms_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; what is removed can be put back."""
    user = _let_in(request)
    row = get_object_or_404(Synonyms, pk=pk)
    told = ""
    if request.method == "POST":
        try:
            change = remove_synonyms(pk=pk, version=_number(request.POST.get("version", "")), by=user)
        except ChangedMeanwhileError as error:
            if error.row is None:
                raise Http404 from error
            row, told = error.row, error.messages[0]
        else:
            return _done(request, "", row.language, removed=change.pk)
    context = {"row": row, "shown": shown(row), "told": told}
    return render(request, "communities/synonyms_remove.html", context, status=400 if told else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_http_methods(["GET", "POST"])
def synonyms_import(request: HttpRequest) -> HttpResponse:
    """Rows as text. All of them are taken, or none."""
    user = _let_in(request)
    if request.method == "GET":
        return render(request, "communities/synonyms_import.html", {"form": ImportSynonymsForm()})
    form = ImportSynonymsForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            added, known = import_synonyms(language=data["language"], text=data["both"], by=user)
        except ValidationError as error:
            form.add_error("text", _first_of(error.messages))
        else:
            return _done(request, _imported(added, known), data["language"])
    return render(request, "communities/synonyms_import.html", {"form": form}, status=400)


def _first_of(refused: list[str]) -> list[str]:
    """As many as one mends in one go, and how many there are besides."""
    left = len(refused) - MOST_TOLD
    more = ngettext("And %(count)d more line.", "And %(count)d more lines.", left) % {"count": left}
    return [*refused[:MOST_TOLD], more] if left > 0 else refused


def _imported(added: int, known: int) -> str:
    said = ngettext("%(count)d row is added.", "%(count)d rows are added.", added) % {"count": added}
    there = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
    return f"{said} {there % {'count': known}}" if known else said


@require_GET
def synonyms_export(request: HttpRequest) -> HttpResponse:
    """A text file of one language, as it can be brought in again."""
    _let_in(request)
    language = _language(request.GET.get("language", ""))
    rows = Synonyms.objects.filter(language=language).order_by("words", "pk")
    response = HttpResponse(as_file(rows), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="synonyms-{language}.txt"'
    return response


@require_GET
def synonyms_log(request: HttpRequest) -> HttpResponse:
    """Who changed what, the newest first."""
    _let_in(request)
    changes = Activity.objects.filter(verb__in=VERBS).select_related("actor").order_by("-at", "-pk")
    page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = Synonyms.objects.in_bulk({change.target_id for change in page.object_list})
    told = [_told(change, rows.get(change.target_id)) for change in page.object_list]
    return render(request, "communities/synonyms_log.html", {"page": page, "changes": told})


def _told(change: Activity, row: Synonyms | None) -> dict[str, Any]:
    data = change.data
    return {
        "change": change,
        "what": change.verb.removeprefix("synonyms_"),
        "language": data["language"],
        "before": _as_told(data["before"]) if data.get("before") else "",
        "after": _as_told(data["after"]) if data.get("after") else "",
        "number": data.get("number", 0),
        "undone": data.get("undone", False),
        "may_undo": can_be_undone(change, row),
    }


def _as_told(state: dict[str, Any]) -> str:
    return as_told(state["words"], state["one_way"])


@require_POST
def synonyms_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what the log tells of."""
    user = _let_in(request)
    try:
        undo_change(pk=pk, by=user)
    except Activity.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back."))
    return redirect("synonyms_log")


def _form_page(request: HttpRequest, form: SynonymsForm) -> HttpResponse:
    context = {"form": form, "row": form.row, "shown": shown(form.row) if form.row else ""}
    return render(request, "communities/synonyms_form.html", context, status=400 if form.errors else 200)


def _done(request: HttpRequest, said: str, language: str, **more: Any) -> HttpResponse:
    """Back to the list, which itself says what was removed."""
    if said:
        messages.success(request, said)
    return redirect(f"{reverse('synonyms')}?{urlencode({'language': language, **more})}")
