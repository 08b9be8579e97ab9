"""What looks like the same twice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from search.alike import thing_named
from search.results import forbidden
from search.things import hits_of

from ..actions.doubles import say_not_alike

LONGEST = 100


@require_POST
def not_alike(request: HttpRequest) -> HttpResponse:
    """The two of ?pair= ("lesson:3 lesson:12") are not the same."""
    pair = request.POST.get("pair", "")[:LONGEST].split()
    try:
        things = {thing_named(thing) for thing in pair}
    except ValueError:
        raise Http404 from None
    if len(things) != 2 or forbidden(request.user, things):
        raise Http404
    hits = hits_of(sorted(things))
    if len(hits) != 2:
        raise Http404
    say_not_alike(hits=hits, by=request.user)
    messages.success(request, _("Noted: you are not asked about these two again. The log has the way back."))
    return redirect("moderation")
