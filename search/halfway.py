"""How far a build of the index is that was interrupted, in words."""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .engines import Half
from .rebuilding import GoesOn


def going_on(found: GoesOn) -> str:
    """Said when it is gone on with."""
    if found.reached.whole:
        words = _(
            "Going on with the rebuild of %(date)s: all is read, and %(done)s of %(total)s are written."
        )
    else:
        words = _("Going on with the rebuild of %(date)s: %(done)s of %(total)s are read.")
    return words % _values(found)


def left(half: Half, total: int) -> str:
    """Said where nobody goes on with it yet. total: of how many things."""
    if not half.usable:
        words = _(
            "A rebuild of the search index has been half done since %(date)s, and is too old, damaged or of "
            "another version. `kring reindex` removes it and builds anew."
        )
    elif half.reached.whole:
        words = _(
            "A rebuild of the search index has been half done since %(date)s: all is read, and %(done)s of "
            "%(total)s are written. `kring reindex` goes on with it."
        )
    else:
        words = _(
            "A rebuild of the search index has been half done since %(date)s: %(done)s of %(total)s are "
            "read. `kring reindex` goes on with it."
        )
    return words % _values(GoesOn(half.reached, half.reached.read if half.reached.whole else total))


def _values(found: GoesOn) -> dict[str, str]:
    reached = found.reached
    done = reached.written if reached.whole else reached.read
    date = date_format(localtime(datetime.fromtimestamp(reached.began, UTC)), "j F Y H:i")
    return {"date": date, "done": f"{done:,}", "total": f"{found.total:,}"}
