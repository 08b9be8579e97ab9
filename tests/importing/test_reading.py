"""Lines as they come: what is read, and the reason for each that is not."""

import pytest
from django.utils import translation

from kring.importing.actions import RejectedError, UnusableError
from kring.importing.actions.reading import MAX_LINE_BYTES, check_file, digest, read_lines, record_id


def read(path, content):
    path.write_bytes(content)
    return [(line.number, line.record, line.reason) for line in read_lines(path)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lessons.jsonl"


def test_a_record_a_line_blank_lines_are_skipped(path):
    assert read(path, b'{"id": "a"}\n\n  \n{"id": "b"}') == [(1, {"id": "a"}, ""), (4, {"id": "b"}, "")]


def test_bom_and_windows_line_ends_are_taken(path):
    content = b'\xef\xbb\xbf{"id": "a"}\r\n{"id": "b"}\r\n'
    assert read(path, content) == [(1, {"id": "a"}, ""), (2, {"id": "b"}, "")]


def test_an_empty_file_holds_nothing(path):
    assert read(path, b"") == []


@pytest.mark.parametrize(
    "raw, reason",
    [
        (b'{"id": "a", "title": "caf\xe9"}', "byte 26 is not valid UTF-8"),
        (b'{"id": "a", "title": "Tr', "not valid JSON: Unterminated string starting at at character 22"),
        (b"id;title", "not valid JSON: Expecting value at character 1"),
        (b'{"id": "a"} {"id": "b"}', "not valid JSON: Extra data at character 13"),
        (b'["a"]', "a record must be an object in braces"),
        (b"null", "a record must be an object in braces"),
        (b'{"id": "a", "score": NaN}', "NaN is no JSON number"),
        (b'{"id": "a", "score": -Infinity}', "-Infinity is no JSON number"),
        (b'{"id": "a", "title": "\\ud83d"}', "title holds the character U+D83D, which cannot be stored"),
        (b'{"id": "a", "tags": ["x\\u0000"]}', "tags holds the character U+0000, which cannot be stored"),
        (b'{"id": "a", "\\udc00": 1}', "id holds the character U+DC00, which cannot be stored"),
        (b'{"id": ' + b"9" * 5000 + b"}", "holds a number with too many digits"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_record_is_refused_with_a_reason(path, raw, reason):
    assert read(path, raw + b'\n{"id": "next"}\n') == [(1, None, reason), (2, {"id": "next"}, "")]


def test_an_emoji_as_two_escapes_is_one_character(path):
    assert read(path, b'{"id": "\\ud83d\\ude00"}') == [(1, {"id": "😀"}, "")]


def test_a_line_of_ten_megabytes_is_passed_over(path):
    content = b'{"id": "a", "body": "' + b"x" * 10 * 1024 * 1024 + b'"}\n{"id": "b"}\n'
    assert read(path, content) == [(1, None, "the line is longer than 4 MB"), (2, {"id": "b"}, "")]


def test_the_longest_line_is_read(path):
    start, end = b'{"id": "', b'"}\n'
    content = start + b"x" * (MAX_LINE_BYTES - len(start) - len(end)) + end
    assert [(number, reason) for number, _record, reason in read(path, content)] == [(1, "")]


@pytest.mark.parametrize(
    "value, found",
    [("a", "a"), (" a ", "a"), (12, "12"), ("x" * 200, "x" * 200)],
)
def test_ids(value, found):
    assert record_id({"id": value}) == found


@pytest.mark.parametrize(
    "record, reason",
    [
        ({}, "id is missing"),
        ({"id": None}, "id is missing"),
        ({"id": ""}, "id is missing"),
        ({"id": "  "}, "id is missing"),
        ({"id": True}, "id must be text"),
        ({"id": ["a"]}, "id must be text"),
        ({"id": "x" * 201}, "id is longer than 200 characters"),
    ],
)
def test_ids_that_are_none(record, reason):
    with pytest.raises(RejectedError) as refused:
        record_id(record)
    assert str(refused.value) == reason


def test_equal_records_have_one_digest():
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "wide.jsonl").write_text('{"id": "a"}', "utf-16")
    expected = {
        "absent.jsonl": "there is no such file",
        ".": "is a folder; name its files, or load them all with kring load",
        "wide.jsonl": "is written in UTF-16; save it as UTF-8",
    }
    for name, reason in expected.items():
        with pytest.raises(UnusableError) as refused:
            check_file(tmp_path / name)
        assert str(refused.value).removeprefix(str(tmp_path / name)).lstrip(": ") == reason


def test_reasons_are_said_in_dutch_too(path):
    with translation.override("nl"):
        assert read(path, b"\xff\n") == [(1, None, "byte 1 is geen geldige UTF-8")]
        with pytest.raises(RejectedError, match=r"^id ontbreekt$"):
            record_id({})
