"""What a result says beside its title, in the reader's words: the facts that apps left in its document."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kring.people.models import LEVELS, PersonSkill

from .engines import Hit

Badge = tuple[str, str, str]
Mark = Callable[[str], SafeString]
EVIDENCE_SHOWN = 2


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


def sign_labels() -> dict[str, str]:
    """Document.signs in words."""
    return {
        "solved": _("Solved"),
        "answered": _("Answered"),
        "unanswered": _("No answer yet"),
        "success": _("It went well"),
        "mixed": _("It went well in part"),
        "failure": _("Something went wrong"),
    }


def names_of(hit: Hit) -> list[str]:
    """Who wrote or asked it, by name."""
    facts = hit.facts
    given = facts.get("authors") or [facts.get("author")]
    return [name for name in given if isinstance(name, str) and name]


def place_of(hit: Hit) -> str:
    """Team and place of a person."""
    return "; ".join(str(part) for name in ("team", "location") if (part := hit.facts.get(name)))


def said_by(part: dict[str, Any]) -> str:
    """Whose words a part is, where it was said about the thing."""
    names = {"name": part.get("author") or _("a colleague")}
    if part.get("accepted"):
        return _("In the answer that helped, by %(name)s") % names
    if part.get("said") == "answer":
        return _("In an answer by %(name)s") % names
    return _("In a comment by %(name)s") % names if part.get("said") else _("In the conversation about it")


def evidence_of(hit: Hit, mark: Mark) -> list[SafeString]:
    """Why a person is among the results: the skills with the words in them, each with its level, and the line
    of what they tell about themselves. Who was found by name alone says what they do.
    """
    skills = {skill["line"]: skill for skill in hit.facts.get("skills", ())}
    if not hit.lines:
        return [mark(headline)] if (headline := str(hit.facts.get("headline") or "")) else []
    found = [_skill(skills[line], mark) for line in hit.lines if line in skills]
    if hit.lines[0] not in skills and hit.snippet:
        found.insert(0, hit.snippet)
    return found[:EVIDENCE_SHOWN]


def wants_to_learn(hit: Hit) -> bool:
    """Whether a person was found by what they would like to know alone."""
    wanted = {
        skill["line"]
        for skill in hit.facts.get("skills", ())
        if skill["direction"] == PersonSkill.Direction.WANTS
    }
    return bool(hit.lines) and wanted.issuperset(hit.lines)


def _skill(facts: dict[str, Any], mark: Mark) -> SafeString:
    first, second = ("nl", "en") if get_language() == "nl" else ("en", "nl")
    name = capfirst(facts.get(first) or facts.get(second) or "")
    if facts.get("direction") == PersonSkill.Direction.WANTS:
        return format_html(_("{}: wants to learn it"), mark(name))
    return format_html("{}: {}", mark(name), LEVELS[facts["level"]])


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
