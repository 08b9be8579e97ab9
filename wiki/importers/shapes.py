"""Records of other sites in the documented form. Each shape has one function; nothing of a text is lost."""

import re
from typing import Any

from django.utils.translation import gettext as _

from kring.importing.actions import texts
from kring.importing.actions import values as read
from kring.importing.actions.links import by_path, scope_of
from kring.importing.actions.markup import plain_markdown

Record = dict[str, Any]
HEADING = re.compile(r"^(#{1,2})[ \t]+(.+?)[ \t#]*$")
FENCE = re.compile(r"^\s*(```|~~~)")
MARKUP = re.compile(r"\*\*|__|\]\(|^#|^[-*] |`|<\w", re.MULTILINE)

# Headings of reports, in the part of a lesson they belong to.
PARTS = {
    "planned": ["goal", "background", "doel", "doel van het onderzoek", "aanleiding", "achtergrond",
                "onderzoeksvraag", "onderzoeksvragen"],
    "happened": ["timeline", "what happened", "impact", "wat gebeurde er", "tijdlijn"],
    "why": ["contributing factors", "contributing factors (findings)", "root cause", "root causes",
            "root cause analysis", "oorzaak", "oorzaken"],
    "learned": ["lessons learned", "key takeaways", "what went well", "conclusie", "conclusies",
                "resultaten", "resultaten en inzichten", "inzichten", "geleerde lessen"],
    "next_time": ["action items", "corrective actions", "remediation", "recommendations", "prevention",
                  "aanbevelingen", "vervolgstappen", "verbeterpunten"],
}  # fmt: skip
PART_OF = {heading: part for part, headings in PARTS.items() for heading in headings}


def lesson_with_recommendation(record: Record) -> Record:
    """context, lesson and recommendation, as in a lessons-learned database."""
    found = dict(record)
    for theirs, ours in {"context": "happened", "lesson": "learned", "recommendation": "next_time"}.items():
        if text := read.text(record, theirs):
            found[ours] = text
    return found


def lesson_report(record: Record) -> Record:
    """A report in one text with headings: sections become the parts they belong to, the others stay."""
    found = dict(record)
    title, summary = read.line(record, "title"), read.text(record, "summary")
    parts: dict[str, list[tuple[str, str]]] = {}
    for level, heading, text in sections(read.text(record, "body_markdown")):
        part = PART_OF.get(heading.casefold(), "body") if level == 2 else "body"
        if level == 1 and heading.casefold() == title.casefold():
            heading = ""
        if heading.casefold() in ("summary", "samenvatting") and text.strip() == summary.strip():
            continue
        parts.setdefault(part, []).append((heading, text))
    for part, pieces in parts.items():
        alone = part != "body" and len(pieces) == 1
        joined = [text if alone or not head else f"## {head}\n\n{text}" for head, text in pieces]
        found[f"{part}_markdown"] = "\n\n".join(joined)
    if "body" not in parts:
        found.pop("body_markdown", None)
    if record.get("subtype") == "incident":
        found.setdefault("outcome", "failure")
    return found


def sections(markdown: str) -> list[tuple[int, str, str]]:
    """(level, heading, text) of each part under a heading of level 1 or 2; (0, "", text) before the first."""
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    fenced = False
    for line in markdown.splitlines():
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else HEADING.match(line)
        if heading:
            found.append((len(heading[1]), heading[2], []))
        else:
            found[-1][2].append(line)
    return [(n, head, text) for n, head, lines in found if (text := "\n".join(lines).strip()) or head]


def lesson(record: Record) -> Record:
    """Any known shape of a lesson in the documented form."""
    found = dict(record)
    if any(record.get(name) for name in ("context", "lesson", "recommendation")):
        found = lesson_with_recommendation(found)
    if record.get("subtype") and record.get("body_markdown"):
        found = lesson_report(found)
    found["tags"] = [*read.words(record, "tags"), *read.words(record, "themes")]
    if record.get("date"):
        found.setdefault("occurred_on", record["date"])
        found.setdefault("created", record["date"])
    if isinstance(record.get("author"), str) and not record.get("authors"):
        found["authors"] = [{"name": record["author"], "url": record.get("source_url") or ""}]
    found["facts"] = texts.facts(
        [
            (_("Organisation"), _joined(record, "organisation")),
            (_("Department"), _joined(record, "directorate")),
            (_("Whom it is about"), _joined(record, "target_group")),
            (_("Method"), _joined(record, "method")),
            (_("Safety"), _("this concerns safety") if record.get("safety_issue") is True else ""),
        ]
    )
    return found


def _joined(record: Record, name: str) -> str:
    value = record.get(name)
    return ", ".join(read.words(record, name, 300)) if isinstance(value, list) else read.line(record, name)


def page(record: Record) -> Record:
    """Any known shape of a wiki page in the documented form."""
    found = dict(record)
    facets = read.obj(record, "facets")
    found["tags"] = [
        *read.words(record, "tags"),
        *(word for name in facets for word in read.words(facets, name)),
    ]
    if markdown := read.text(record, "body_markdown"):
        found["body_markdown"] = without_title(plain_markdown(markdown), read.line(record, "title"))
    return found


def parent_path(path: str, parent: str) -> str:
    """The parent of a page; "tools/index" is the page at "tools", and stands below what is above that."""
    own, above = by_path("", path)[1], parent.strip().strip("/")
    if path.strip("/ ") != above and by_path("", above)[1] == own:
        return own.rpartition("/")[0]
    return above


def without_title(markdown: str, title: str) -> str:
    """Without a first heading that only repeats the title."""
    first, _newline, rest = markdown.lstrip().partition("\n")
    heading = HEADING.match(first)
    same = heading and len(heading[1]) == 1 and heading[2].casefold() == title.casefold()
    return rest.lstrip("\n") if same else markdown


def aliases(record: Record) -> list[str]:
    """Other paths under which pages of the same source point at this one."""
    path = read.line(record, "path")
    found = [*read.words(record, "redirect_from", 400)]
    inner = re.sub(r"^(docs|content|pages|sites/[^/]+/content)/", "", path)
    if inner != path:
        found.append(inner)
    if path.startswith("docs/") and scope_of(record).endswith("don-site"):
        found.append(f"kennisbank/{inner}")
    if dated := re.match(r"blog/(\d{4})/(\d\d)/(\d\d)-([^/]+)$", path):
        found.append("blog/{}/{}/{}/{}".format(*dated.groups()))
    return found


def plain_summary(record: Record) -> str:
    """The summary without markup."""
    summary = read.text(record, "summary")
    return texts.plain_text(texts.from_markdown(summary, None)) if MARKUP.search(summary) else summary
