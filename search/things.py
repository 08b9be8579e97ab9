"""Things that are known by their kind and number, made ready like results: as the database has them now."""

from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.text import Truncator

from kring.indexing.registry import Document, documents_of, searchables

from .engines import Hit

SHOWN_WORDS = 30


def hits_of(things: Iterable[tuple[str, int]]) -> list[Hit]:
    """In the order given, without what is gone. Whether somebody may read them is asked before."""
    wanted = list(things)
    known = searchables()
    found: dict[tuple[str, int], Hit] = {}
    for kind in {kind for kind, _pk in wanted} & known.keys():
        for document in documents_of(kind, [pk for one, pk in wanted if one == kind]):
            if "#" not in document.key:
                hit = _hit(document)
                found[hit.kind, hit.object_id] = hit
    return [found[thing] for thing in wanted if thing in found]


def _hit(document: Document) -> Hit:
    return Hit(
        key=document.key,
        kind=document.kind,
        object_id=int(document.thing.partition(":")[2]),
        title=conditional_escape(document.title),
        snippet=conditional_escape(Truncator(document.body).words(SHOWN_WORDS)),
        url=document.url,
        updated_at=document.updated_at,
        language=document.language,
        community=document.community,
        tags=document.tags,
        people=document.people,
        facts=document.facts,
    )
