"""The words of a text that say something, as likeness compares them: stems, also of compounds' parts."""

from collections.abc import Mapping, Sequence

from kring.indexing.registry import Document

from ..text import LANGUAGES, STOP_WORDS, stem, words

# What is compared with one another.
KINDS = ("question", "discussion", "lesson", "article")
TITLE_COUNTS = 2
# What was said below a long conversation is no longer what the thing is about.
BODY_WORDS = 400

Compounds = Mapping[str, Sequence[str]]


def telling_words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1 and word not in STOP_WORDS and not word.isdigit()]


def terms_of(text: str, language: str, compounds: Compounds) -> list[str]:
    """Stems in the text's language; in an unknown one those of all languages."""
    codes = (language,) if language in LANGUAGES else tuple(LANGUAGES)
    found: list[str] = []
    for word in telling_words(text):
        found += dict.fromkeys(stem(word, code) for code in codes)
        if "nl" in codes:
            found += [stem(part, "nl") for part in compounds.get(word, ())]
    return found


def text_of(document: Document) -> str:
    """What a thing is about: its title most of all, how its text begins, its tags. No names."""
    body = " ".join(document.body.split()[:BODY_WORDS])
    return "\n".join([*[document.title] * TITLE_COUNTS, body, *document.tags])
