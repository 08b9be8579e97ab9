"""What Jekyll, Hugo, MkDocs and Docusaurus add to Markdown, as plain Markdown. Code is left as it is."""

import re
from collections.abc import Iterator

FENCE = re.compile(r"^\s*(```+|~~~+)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
COMMENT_BLOCK = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
PAGE_TAG = re.compile(r"\{%\s*(?:page|link|download)\s*\"([^\"]*)\"\s*%\}", re.DOTALL)
NAME_TAG = re.compile(r"\{%\s*slack_channel\s*\"([^\"]*)\"(?:\s+\"([^\"]*)\")?\s*%\}", re.DOTALL)
IMAGE_TAG = re.compile(r"\{%\s*image\s*\"[^\"]*\"(?:,?\s*\"([^\"]*)\")?[^%]*%\}", re.DOTALL)
OTHER_TAG = re.compile(r"\{%.*?%\}|\{\{<.*?>\}\}", re.DOTALL)
BASE_TAG = re.compile(r"\{\{\s*(?:base\.baseurl|site\.base_?url)\s*\}\}")
MDX_IMPORT = re.compile(r"^import\s.+?\sfrom\s+['\"].+['\"];?[ \t]*$", re.MULTILINE)
ATTRIBUTES = re.compile(r"[ \t]?\{:?\s*(?:[.#][\w-]+|data-[\w-]+|target=\S+)(?:\s+[.#\w][^{}\n]*)?\s*\}")
ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:[ \t]*")
# A box: `!!! note "Title"` with its text indented, or `:::note[Title]` up to `:::`.
INDENTED_BOX = re.compile(r'^(?:!!!|\?\?\?\+?)[ \t]*[\w-]*(?:[ \t]+"(.*)")?[ \t]*$')
FENCED_BOX = re.compile(r"^:::+[ \t]*\w+(?:\[(.*)\]|[ \t]+(.+?))?[ \t]*$")
BOX_END = re.compile(r"^:::+[ \t]*$")


def plain_markdown(markdown: str) -> str:
    """Template tags gone (links, names of channels and the words of pictures stay), boxes as quotes."""
    if re.search(r"[{]|^:::|^!!!|^\?\?\?|^import |:\w+-", markdown, re.MULTILINE) is None:
        return markdown
    lines = "\n".join(text if code else _without_tags(text) for code, text in _parts(markdown))
    return "\n".join(_with_quotes(lines.split("\n")))


def _parts(markdown: str) -> Iterator[tuple[bool, str]]:
    """(whether it is code, text) of each run of lines."""
    part: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        found = FENCE.match(line)
        if found and not fence:
            if part:
                yield False, "\n".join(part)
            part, fence = [line], found[1]
        elif found and found[1].startswith(fence) and line.strip() == found[1]:
            yield True, "\n".join([*part, line])
            part, fence = [], ""
        else:
            part.append(line)
    if part:
        yield bool(fence), "\n".join(part)


def _without_tags(text: str) -> str:
    text = COMMENT_BLOCK.sub("", text)
    text = PAGE_TAG.sub(lambda m: "/" + m[1].strip().lstrip("/"), text)
    text = NAME_TAG.sub(lambda m: m[2] or f"#{m[1]}", text)
    text = IMAGE_TAG.sub(lambda m: m[1] or "", text)
    text = OTHER_TAG.sub("", BASE_TAG.sub("", text))
    return ICON.sub("", ATTRIBUTES.sub("", MDX_IMPORT.sub("", text)))


def _with_quotes(lines: list[str]) -> Iterator[str]:
    """Boxes as quotes that begin with their title; code inside a fence of its own is none."""
    at, fence = 0, ""
    while at < len(lines):
        line = lines[at]
        at += 1
        if found := FENCE.match(line):
            fence = "" if fence and line.strip().startswith(fence) else fence or found[1]
        indented, fenced = (None, None) if fence else (INDENTED_BOX.match(line), FENCED_BOX.match(line))
        if not indented and not fenced:
            if fence or not BOX_END.match(line):
                yield line
            continue
        start = at
        if indented:
            while at < len(lines) and (lines[at].startswith(("    ", "\t")) or not lines[at].strip()):
                at += 1
            inside = [one.removeprefix("\t") if one[:1] == "\t" else one[4:] for one in lines[start:at]]
            title = indented[1]
        elif fenced:
            while at < len(lines) and not BOX_END.match(lines[at]):
                at += 1
            inside, title = lines[start:at], fenced[1] or fenced[2]
            at += 1
        yield from _quote(title or "", inside)


def _quote(title: str, inside: list[str]) -> Iterator[str]:
    yield ""
    if not COMMENT.sub("", "\n".join(inside)).strip():
        return
    if title:
        yield f"> {title}" if "**" in title else f"> **{title}**"
        yield ">"
    yield from (f"> {line}".rstrip() for line in "\n".join(inside).strip("\n").split("\n"))
    yield ""
