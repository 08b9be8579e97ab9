"""python -m bench.sets DATA OUT: make folders for bench.relevance from a folder of real content.

DATA holds *.jsonl, one object a line: with `lang`, `title`, `tags` and texts (`summary`, `body_markdown`,
`body_html`, `abstract`, `context`, `lesson`, `recommendation`), threads with `answers` and the id of the
`accepted` one, and terms with `label`, `alt` and `description` by language. For each language:

titles: a document's title is the query, and its text without the title is to be found.
answers: the beginning of the accepted answer is the query, and its question is to be found.
tags: a tag is the query, and the documents that carry it are to be found, none of which shows its tags.
labels: another name of a term is the query, and the term with its description is to be found.
questions: a question with the beginning of its text is the query, and all its answers are to be found,
without titles.
summaries: the beginning of a summary is the query, and the text without it is to be found; every other one
without its title.
mixed: all of these documents in one index, with some queries of each set.
"""

import argparse
import html
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

from .folders import Collection, rows, write

LANGUAGES = ("en", "nl")
TEXTS = ("summary", "abstract", "context", "lesson", "recommendation", "body_markdown", "body_html")
MARKUP = re.compile(r"<!--.*?-->|<[^>]+>|!?\[|\]\([^)]*\)|[#*_`>|]+", re.DOTALL)
LONGEST = 6000
ANSWER_WORDS = 25
QUESTION_WORDS = 30
SUMMARY_WORDS = 35
TAGGED = (2, 40)
MOST_QUERIES = 300
FROM_EACH = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    records = [row for path in sorted(options.data.glob("*.jsonl")) for row in rows(path)]
    for name, collection in made(records).items():
        write(options.out / name, collection)
        print(f"{name}: {len(collection.documents)} documents, {len(collection.queries)} queries")


def made(records: list[dict[str, Any]]) -> dict[str, Collection]:
    """Name to collection; sets without queries are left out."""
    found = {}
    for language in LANGUAGES:
        texts = [one for one in records if one.get("lang") == language and one.get("title") and plain(one)]
        found[f"titles-{language}"] = titles(texts, language)
        found[f"answers-{language}"] = answers(texts, language)
        found[f"questions-{language}"] = questions(records, language)
        found[f"summaries-{language}"] = summaries(records, language)
        found[f"tags-{language}"] = tags(texts, language)
        found[f"labels-{language}"] = labels(records, language)
    found = {name: few(collection) for name, collection in found.items() if collection.queries}
    return found | {"mixed": mixed(found)} if found else found


def plain(record: dict[str, Any]) -> str:
    """The texts of a record without markup."""
    text = "\n".join(str(record[name]) for name in TEXTS if record.get(name))
    return " ".join(html.unescape(MARKUP.sub(" ", text)).split())[:LONGEST]


def titles(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    often = Counter(one["title"] for one in records)
    for one in records:
        made.documents[one["id"]] = {"title": "", "text": plain(one), "lang": language}
        if often[one["title"]] == 1 and len(one["title"].split()) > 1:
            _ask(made, f"title-{one['id']}", one["title"], [one["id"]], language)
    return made


def answers(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    for one in records:
        if "answers" not in one:
            continue
        made.documents[one["id"]] = {"title": one["title"], "text": plain(one), "lang": language}
        accepted = [answer for answer in one["answers"] if answer.get("id") == one.get("accepted")]
        for answer in accepted:
            words = plain({"body_html": answer.get("body_html") or answer.get("body") or ""}).split()
            if words:
                text = " ".join(words[:ANSWER_WORDS])
                _ask(made, f"answer-{one['id']}", text, [one["id"]], language)
    return made


def questions(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    for one in records:
        if one.get("lang") != language or "answers" not in one:
            continue
        found = {str(answer["id"]): plain(answer) for answer in one["answers"]}
        for key, text in found.items():
            made.documents[f"{one['id']}-{key}"] = {"title": "", "text": text, "lang": language}
        if found:
            words = [*one["title"].split(), *plain(one).split()[:QUESTION_WORDS]]
            relevant = [f"{one['id']}-{key}" for key in found]
            _ask(made, f"question-{one['id']}", " ".join(words), relevant, language)
    return made


def summaries(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    for one in records:
        summary, rest = one.get("summary"), plain(one | {"summary": ""})
        if one.get("lang") != language or not summary or len(rest) < len(summary):
            continue
        short = plain({"summary": summary})
        title = one.get("title") or ""
        text = rest.replace(short, " ")
        made.documents[one["id"]] = {
            "title": title if len(made.documents) % 2 else "",
            "text": text,
            "lang": language,
        }
        _ask(
            made,
            f"summary-{one['id']}",
            " ".join(short.split()[:SUMMARY_WORDS]),
            [one["id"]],
            language,
        )
    return made


def tags(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    carried: dict[str, list[str]] = {}
    for one in records:
        made.documents[one["id"]] = {"title": one["title"], "text": plain(one), "lang": language}
        for tag in dict.fromkeys(map(str, one.get("tags") or ())):
            carried.setdefault(tag, []).append(one["id"])
    for tag, keys in sorted(carried.items()):
        if TAGGED[0] <= len(keys) <= TAGGED[1]:
            _ask(made, f"tag-{language}-{tag}", re.sub(r"[-_]+", " ", tag), keys, language)
    return made


def labels(records: list[dict[str, Any]], language: str) -> Collection:
    made = Collection()
    for one in records:
        label = one.get("label")
        if not isinstance(label, dict) or not label.get(language):
            continue
        text = (one.get("description") or {}).get(language) or ""
        key = f"{language}-{one['id']}"
        made.documents[key] = {"title": label[language], "text": text, "lang": language}
        for number, other in enumerate((one.get("alt") or {}).get(language) or ()):
            if other.lower() != label[language].lower():
                _ask(made, f"label-{key}-{number}", other, [key], language)
    return made


def _ask(made: Collection, key: str, text: str, relevant: list[str], language: str) -> None:
    made.queries[key] = {"text": text, "lang": language}
    made.grades[key] = dict.fromkeys(relevant, 1)


def few(collection: Collection, most: int = MOST_QUERIES) -> Collection:
    """The same with so many queries, always the same ones."""
    kept = sorted(random.Random(1).sample(sorted(collection.queries), min(most, len(collection.queries))))
    queries = {key: collection.queries[key] for key in kept}
    return Collection(collection.documents, queries, {key: collection.grades[key] for key in kept})


def mixed(sets: dict[str, Collection]) -> Collection:
    made = Collection()
    for name, collection in sets.items():
        if name.startswith(("questions", "summaries")):
            continue
        # A document keeps the title that it has in one of the sets.
        for key, row in collection.documents.items():
            if row["title"] or key not in made.documents:
                made.documents[key] = row
        if not name.startswith("titles"):
            part = few(collection, FROM_EACH)
            made.queries |= part.queries
            made.grades |= part.grades
    return made


if __name__ == "__main__":
    main()
