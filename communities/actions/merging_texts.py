"""What the front page of a community says, taken along into another: purpose, rules, what one reads first."""

from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.ui.richtext.sanitise import sanitise
from kring.ui.richtext.text import to_text

from ..models import CannedReply, CommunityPage, CuratedItem

TEXTS = ("purpose", "rules")


def move_front_page(source: CommunityPage, target: CommunityPage) -> None:
    """Purpose and rules, what stands under "Start here", and replies at hand. The caller publishes it."""
    texts = {name: _joined(source, target, name) for name in TEXTS if goes_along(source, target, name)}
    if texts:
        # The page itself was loaded before others moved in below it.
        CommunityPage.objects.filter(pk=target.pk).update(**texts)
    _move_items(source, target)
    _move_replies(source, target)


def goes_along(source: CommunityPage, target: CommunityPage, name: str) -> bool:
    """Whether the one has something to say there that the other does not say already."""
    said = _words(getattr(source, name))
    return bool(said) and said not in _words(getattr(target, name))


def what_goes_along(source: CommunityPage, target: CommunityPage) -> list[str]:
    """The same in sentences, before it is done."""
    words = {"one": source.title, "other": target.title}
    found = []
    for name, begun, added in (
        (
            "purpose",
            _("%(other)s has no purpose yet: that of %(one)s becomes its own."),
            _("The purpose of %(one)s is added below that of %(other)s, under “From %(one)s”."),
        ),
        (
            "rules",
            _("%(other)s has no rules yet: those of %(one)s become its own."),
            _("The rules of %(one)s are added below those of %(other)s, under “From %(one)s”."),
        ),
    ):
        if goes_along(source, target, name):
            found.append((added if _words(getattr(target, name)) else begun) % words)
    if items := len(_new_items(source, target)):
        sentence = ngettext(
            "%(count)d thing comes to the end of what stands under “Start here”.",
            "%(count)d things come to the end of what stands under “Start here”.",
            items,
        )
        found.append(sentence % {"count": items})
    if replies := len(_new_replies(source, target)):
        sentence = ngettext(
            "%(count)d reply at hand comes along.", "%(count)d replies at hand come along.", replies
        )
        found.append(sentence % {"count": replies})
    return found


def _words(html: str) -> str:
    return " ".join(to_text(html).split()).casefold()


def _joined(source: CommunityPage, target: CommunityPage, name: str) -> Any:
    mine, theirs = getattr(target, name), getattr(source, name)
    if not _words(mine):
        return theirs
    with translation.override(target.language):
        heading = format_html("<h3>{}</h3>", _("From %(one)s") % {"one": source.title})
    return sanitise(f"{mine}{heading}{theirs}")


def _new_items(source: CommunityPage, target: CommunityPage) -> list[CuratedItem]:
    rows = CuratedItem.objects.filter(community=target)
    there = {(row.page_id, row.url) for row in rows}
    mine = CuratedItem.objects.filter(community=source).order_by("sort_order", "pk")
    return [row for row in mine if (row.page_id, row.url) not in there]


def _move_items(source: CommunityPage, target: CommunityPage) -> None:
    last = CuratedItem.objects.filter(community=target).aggregate(last=Max("sort_order"))["last"]
    for place, item in enumerate(_new_items(source, target), 0 if last is None else last + 1):
        item.community, item.sort_order = target, place
        item.save()
    CuratedItem.objects.filter(community=source).delete()


def _new_replies(source: CommunityPage, target: CommunityPage) -> list[CannedReply]:
    there = set(CannedReply.objects.filter(community=target).values_list("title", "text"))
    return [row for row in CannedReply.objects.filter(community=source) if (row.title, row.text) not in there]


def _move_replies(source: CommunityPage, target: CommunityPage) -> None:
    new = [row.pk for row in _new_replies(source, target)]
    CannedReply.objects.filter(pk__in=new).update(community=target)
    CannedReply.objects.filter(community=source).delete()
