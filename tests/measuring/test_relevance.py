"""python -m bench.relevance: on a folder that can be worked out by hand, laid out as others lay them out."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.folders import BadFolderError, read
from bench.measures import cut_short, measures, with_typos
from bench.relevance import asked_of
from support.meilisearch import available, needs_server

ROOT = Path(__file__).parents[2]
ENGINES = ["embedded", *(["meilisearch"] if available() else [])]
CORPUS = """\ufeff{"_id": "a/1 \\u00e9", "title": "Leaking pumps", "text": "Oil below the compressor."}\r
{"_id": 2, "title": null, "text": "The compressor was replaced, and the pump was not."}\r
\r
{"_id": "3", "text": ""}\r
{"_id": "twice", "title": "An old row", "text": "compressor"}\r
{"_id": "twice", "title": "Gardening", "text": "Tomatoes under glass", "lang": "en"}\r
{"_id": "half \\ud83d", "title": "Glass \\ud83d", "text": "no\\u2028line\\u0000"}\r
"""
QUERIES = """{"_id": "q1", "text": "leaking compressor"}
{"_id": "q2", "text": "tomatoes", "lang": "en"}
{"_id": "q3", "text": "nobody judged this"}
{"_id": "2", "text": "compressor replaced"}
"""
QRELS = """query-id\tcorpus-id\tscore\r
q1\ta/1 é\t2\r
q1\t2\t1\r
q1\tnot there\t1\r
q2\ttwice\t1.0\r
q3\ttwice\t0\r
q4\t2\t1\r
2\ta/1 é\t1\r
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS, encoding="utf-8", newline="")
    (tmp_path / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8", newline="")
    return tmp_path


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "bench.relevance", *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": "site:."},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_prints_what_can_be_worked_out_by_hand(folder, engine):
    done = run(folder, "--engine", engine, "--lang", "en", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["documents"], found["queries"]) == (5, 3)
    # q1: grades 2 and 1 at ranks 1 and 2, and one that is not there; q2 and 2: the only one first.
    best = 2 + (1 / math.log2(3)) + 1 / 2
    expected = {
        "ndcg10": round(((2 + 1 / math.log2(3)) / best + 1 + 1) / 3, 4),
        "mrr10": 1.0,
        "recall10": round((2 / 3 + 2) / 3, 4),
        "recall100": round((2 / 3 + 2) / 3, 4),
    }
    assert found["clean"] == expected
    assert found.keys() == {"clean", "typo", "prefix", "documents", "queries"}
    assert found["typo"].keys() == found["prefix"].keys() == expected.keys()


@needs_server
def test_its_peer_answers_the_same_queries(folder):
    found = json.loads(run(folder, "--engine", "meilisearch-defaults", "--lang", "en", "--json").stdout)
    assert (found["queries"], found["clean"]["mrr10"]) == (3, 1.0)


def test_prints_a_table_for_people(folder):
    done = run(folder, "--limit", "1")
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == [
        "queries",
        "clean",
        "typo",
        "prefix",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("corpus.jsonl", '{"_id": "1"}\n{"_id": ', "corpus.jsonl: line 2 is no JSON"),
        ("corpus.jsonl", "[]", "corpus.jsonl: line 1 is no object"),
        ("corpus.jsonl", '{"text": "a"}', 'corpus.jsonl: row 1 has no "_id"'),
        ("queries.jsonl", '{"_id": "1", "text": ["a"]}', 'queries.jsonl: row 1: "text" is no text'),
        ("qrels/test.tsv", "a\tb\tc\nq1 2 1", "test.tsv: line 2 is not query, document and grade"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_in_a_line(folder, name, text, said):
    (folder / name).write_text(text)
    with pytest.raises(BadFolderError, match=said.replace(".", r"\.")):
        read(folder)


def test_a_folder_that_cannot_be_read_ends_it_with_code_2(folder):
    (folder / "qrels" / "test.tsv").unlink()
    done = run(folder, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{folder / 'qrels' / 'test.tsv'}: No such file or directory\n"


def test_the_halves_of_the_queries_are_all_of_them(folder):
    found = read(folder)
    halves = [asked_of(found, half) for half in (1, 2)]
    assert sorted(halves[0] + halves[1]) == sorted(asked_of(found)) == ["2", "q1", "q2"]


def test_measures():
    found = measures(["x", "a", "b"], {"a": 1, "b": 0, "c": 2})
    best = 2 + 1 / math.log2(3)
    assert found == pytest.approx(
        {"ndcg10": (1 / math.log2(3)) / best, "mrr10": 0.5, "recall10": 0.5, "recall100": 0.5}
    )


def test_spoilt_queries_are_always_spoilt_alike():
    assert with_typos("the compressor", "1:q") == with_typos("the compressor", "1:q") != "the compressor"
    assert with_typos("to be", "1:q") == "to be"
    assert cut_short("leaking compressor!") == "leaking compre"
