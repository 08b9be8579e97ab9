"""Documents as the ranker reads them, made once while indexing."""

from dataclasses import astuple
from datetime import UTC, datetime

from kring.indexing.registry import Document

from .compounds import Splitter, parts_of
from .question import LONGEST_EXACT
from .ranking import Candidate, stems_of
from .text import words

BETWEEN = "\x1f"


def candidate_of(document: Document, splitter: Splitter) -> Candidate:
    """The whole document of a thing, as a candidate for any question."""
    title, body = words(document.title), words(f"{document.body}\n{document.beside}")
    dutch = document.language in {"nl", ""}
    applied = document.facts.get("applied")
    return Candidate(
        key=document.key,
        title=stems_of(title, document.language),
        body=stems_of(body, document.language),
        language=document.language,
        parts=stems_of(parts_of([*title, *body], splitter), "nl") if dutch else "",
        exact=" ".join(title)[:LONGEST_EXACT],
        kind=document.kind,
        community=document.community,
        prior=document.prior,
        updated_at=document.updated_at,
        applied=applied if isinstance(applied, int) else 0,
    )


def packed(candidate: Candidate) -> str:
    """One string of it, that takes microseconds to read back."""
    at = candidate.updated_at.timestamp() if candidate.updated_at else ""
    return BETWEEN.join(map(str, (*astuple(candidate)[:9], at, candidate.applied)))


def unpacked(text: str) -> Candidate:
    key, title, body, language, parts, exact, kind, community, prior, at, applied = text.split(BETWEEN)
    return Candidate(
        key=key,
        title=title,
        body=body,
        language=language,
        parts=parts,
        exact=exact,
        kind=kind,
        community=community,
        prior=float(prior),
        updated_at=datetime.fromtimestamp(float(at), UTC) if at else None,
        applied=int(applied),
    )
