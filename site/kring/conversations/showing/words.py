"""What a browser says by itself in a live conversation, and how slowly one goes."""

import json
import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def pace_in_words(seconds: int) -> str:
    """How long one waits between two comments; nothing where one need not."""
    minutes = math.ceil(seconds / 60)
    words = ngettext(
        "This conversation goes slowly: you wait a minute between two comments.",
        "This conversation goes slowly: you wait %(minutes)d minutes between two comments.",
        minutes,
    )
    return words % {"minutes": minutes} if minutes else ""


def spoken_words() -> str:
    """The texts in the active language, as JSON. Pairs are for one and for several."""
    return json.dumps(
        {
            "reading": [_("%(names)s is reading along."), _("%(names)s are reading along.")],
            "more": _("%(names)s and %(number)s more are reading along."),
            "many": [_("One other person is reading along."), _("%(number)s people are reading along.")],
            "typing": [_("%(names)s is writing."), _("%(names)s are writing.")],
            "and": _("and"),
            "live": _("What is said appears here by itself."),
            "lost": _("No connection. What you write is kept here and sent when it is back."),
            "gone": _("You can no longer read along here. Load the page again."),
            "reset": _("Much was said meanwhile. Load the page to see it."),
            "changed": _("Something changed here. Load the page to see it."),
            "answers": [_("1 answer"), _("%(number)s answers")],
            "comments": [_("1 comment"), _("%(number)s comments")],
            "sending": _("Being sent …"),
            "waiting": _("Waits for the connection; it is kept on this device."),
            "held": _("Thank you. A moderator looks at it first; after that everybody sees it."),
            "refused": _("Not posted."),
            "again": _("Try again"),
            "back": _("Put it back in the form"),
            "new": _("New"),
            "below": [
                _("One new comment further on. Show it"),
                _("%(number)s new comments further on. Show them"),
            ],
            "said": _("%(name)s said something."),
        },
        ensure_ascii=False,
    )
