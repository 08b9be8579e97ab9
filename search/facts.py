"""What a result says beside its title, in the reader's words: the facts that apps left in its document."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .engines import Hit

Badge = tuple[str, str, str]


def facts_of(hit: Hit) -> list[str]:
    """What came of it, in a few words: the one fact that helps to choose."""
    facts = hit.facts
    if hit.kind == "question":
        return [_answers(_number(facts, "answers"), facts.get("state"))]
    if members := _number(facts, "members"):
        return [ngettext("%(count)d member", "%(count)d members", members) % {"count": members}]
    if comments := _number(facts, "comments"):
        return [ngettext("%(count)d comment", "%(count)d comments", comments) % {"count": comments}]
    return []


def badges_of(hit: Hit) -> list[Badge]:
    """(text, tone, icon)"""
    if hit.facts.get("state") == "solved":
        return [(_("Solved"), "good", "check")]
    outcomes = {"success": _("went well"), "mixed": _("partly"), "failure": _("something went wrong")}
    outcome = outcomes.get(str(hit.facts.get("outcome")))
    return [(capfirst(outcome), "good" if hit.facts["outcome"] == "success" else "", "")] if outcome else []


def names_of(hit: Hit) -> list[str]:
    """Who wrote or asked it, by name."""
    facts = hit.facts
    given = facts.get("authors") or [facts.get("author")]
    return [name for name in given if isinstance(name, str) and name]


def place_of(hit: Hit) -> str:
    """Team and place of a person."""
    return "; ".join(str(part) for name in ("team", "location") if (part := hit.facts.get(name)))


def _number(facts: dict[str, Any], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _answers(count: int, state: Any) -> str:
    if not count:
        return _("No answer yet")
    if state == "solved":
        return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}
    words = ngettext("%(count)d answer, not chosen yet", "%(count)d answers, none chosen yet", count)
    return words % {"count": count}
