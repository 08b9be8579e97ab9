"""Drafts, which browsers keep until the site has them."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class DraftMiddleware:
    """Tells the browser which draft (templates/ui/form_draft.html) the site has taken, so that it forgets it.

    A form that was right is answered by a redirect; anything else leaves the draft where it is.
    """

    COOKIE = "kring-draft-taken"
    SHAPE = re.compile(r"[a-f0-9-]{1,40}")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303):
            draft = request.POST.get("draft_id", "")
            if self.SHAPE.fullmatch(draft):
                response.set_cookie(
                    self.COOKIE, draft, secure=request.is_secure(), samesite="Lax", max_age=60 * 60
                )
        return response
