"""People who are named in a text: "@Tom Willems", as a link to them or as plain words."""

import re
from collections.abc import Iterator, Mapping

from .references import person_at
from .sanitise import SafeHtml, normalise, sanitise
from .schema import ID
from .tree import Element, element, is_element, parse

# Neither an address of e-mail nor the middle of a word.
_AT = re.compile(r"(?<![\w@./])@(?=\w)")
_WORD = re.compile(r"[\w'’.-]+")
_LONGEST = 6
# Words of others, and what is no prose.
_APART = frozenset({"a", "code", "pre", "blockquote"})
_QUOTED = frozenset({"code", "pre", "blockquote"})


def called(html: str) -> tuple[set[int], set[str]]:
    """Whom the text may mean: primary keys of people that it links to with @, and words after an @."""
    root = parse(html)
    names = {
        words for text in _texts(root) for at in _AT.finditer(text) for words, _ in _names(text, at.end())
    }
    return {_number(link) for link in _links(root)}, names


def people_in(html: str) -> list[int]:
    """Primary keys of the people who are mentioned, in order, each once. Not those in a quotation."""
    return list(dict.fromkeys(_number(link) for link in _links(parse(html))))


def with_mentions(html: str, people: Mapping[int, str], names: Mapping[str, int]) -> SafeHtml:
    """The text with its mentions as links to these people (primary key to name), called as they are called.

    `names` says who is meant by plain words. A link to anybody else is left as its words.
    """
    root = parse(sanitise(html))
    for link in list(_links(root)):
        if _number(link) in people:
            _mean(link, _number(link), people[_number(link)])
        else:
            _unlink(link)
    for node in list(_prose(root)):
        _splice(node, None, _parts(node.text or "", people, names))
        for child in list(node):
            if child.tail:
                _splice(node, child, _parts(child.tail, people, names))
    return normalise(root)


def without_person(html: str, number: int, words: str) -> SafeHtml:
    """The text with other words, and no link, where this person was mentioned; in quotations too."""
    root = parse(sanitise(html))
    for link in list(root.iter("a")):
        if _is_mention(link) and _number(link) == number:
            _say(link, words)
            _unlink(link)
    return normalise(root)


def _is_mention(link: Element) -> bool:
    return bool(_number(link)) and "".join(link.itertext()).lstrip().startswith("@")


def _number(link: Element) -> int:
    """Whose page it leads to, or 0. As it is stored, or as it is written in a form."""
    if link.get("linktype") == "person":
        number = link.get("id") or ""
        return int(number) if ID.fullmatch(number) else 0
    return person_at(link.get("href") or "") if not link.get("linktype") else 0


def _links(root: Element) -> Iterator[Element]:
    for link in root.iter("a"):
        if _is_mention(link) and not any(one.tag in _QUOTED for one in link.iterancestors()):
            yield link


def _prose(root: Element) -> Iterator[Element]:
    for node in root.iter():
        inside = (node, *node.iterancestors())
        if is_element(node) and not any(one.tag in _APART for one in inside):
            yield node


def _texts(root: Element) -> Iterator[str]:
    for node in _prose(root):
        yield node.text or ""
        yield from (child.tail or "" for child in node)


def _names(text: str, begin: int) -> Iterator[tuple[str, int]]:
    """What may be a name from here on, and where it ends; the longest first."""
    ends: list[int] = []
    place = begin
    while len(ends) < _LONGEST and (word := _WORD.match(text, place)):
        ends.append(place + len(word[0].rstrip(".-'’")))
        place = word.end()
        if text[place : place + 1] not in (" ", "\xa0") or ends[-1] != place:
            break
        place += 1
    for end in reversed(ends):
        yield text[begin:end], end


def _parts(text: str, people: Mapping[int, str], names: Mapping[str, int]) -> list[str | Element]:
    """The text in pieces: words and links to people by turns."""
    parts: list[str | Element] = []
    done = 0
    for at in _AT.finditer(text):
        meant = next(((names[name], end) for name, end in _names(text, at.end()) if name in names), None)
        if meant is None or at.start() < done:
            continue
        number, end = meant
        link = element("a", text="@" + people[number], linktype="person", id=str(number))
        parts += [text[done : at.start()], link]
        done = end
    return [*parts, text[done:]] if parts else []


def _splice(parent: Element, after: Element | None, parts: list[str | Element]) -> None:
    """Put the pieces in the place of the text behind `after`, or at the beginning of `parent`."""
    if not parts:
        return
    last = after
    place = 0 if after is None else parent.index(after) + 1
    for part in parts:
        if isinstance(part, str):
            if last is None:
                parent.text = part
            else:
                last.tail = part
        else:
            parent.insert(place, part)
            last, place = part, place + 1


def _mean(link: Element, number: int, name: str) -> None:
    if "".join(link.itertext()) != "@" + name:
        _say(link, name)
    link.attrib.clear()
    link.attrib.update({"linktype": "person", "id": str(number)})


def _say(link: Element, name: str) -> None:
    for child in list(link):
        link.remove(child)
    link.text = "@" + name


def _unlink(link: Element) -> None:
    link.tag = "span"
    link.attrib.clear()
