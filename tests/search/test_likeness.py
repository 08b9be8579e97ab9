"""What is like what: learnt from the texts alone, within rights, followed, swapped and mended."""

import json
import multiprocessing
from dataclasses import replace

import numpy as np
import pytest

from kring.indexing.registry import Document
from search.likeness import storage
from search.likeness.doubles import doubles_of, find_doubles, update_doubles
from search.likeness.learning import learn
from search.likeness.reading import Reader
from search.likeness.writing import LearningRunningError, follow, rebuild
from support import subjects
from support.shelf import AT
from support.subjects import SUBJECTS


def document(number, words, **fields):
    values = {
        "key": f"lesson:{number}",
        "kind": "lesson",
        "title": " ".join(words[:3]),
        "body": " ".join(words),
        "url": f"/{number}/",
        "audience": ("c:1",),
        "updated_at": AT,
        "language": "en",
    }
    return Document(**values | fields)


def collection(of_each=20):
    """Lessons 0, 3, 6… are about paper, 1, 4… about water, 2, 5… about people."""
    return [document(number, words) for number, (_subject, words) in enumerate(subjects.texts(of_each))]


@pytest.fixture(scope="session")
def texts():
    return collection()


@pytest.fixture
def root(tmp_path, texts):
    assert rebuild(tmp_path / "likeness", texts, lambda things: []) == 60
    return tmp_path / "likeness"


def nearest(root, thing, audience=("c:1",), **more):
    shelf = Reader(root).shelf()
    return [one.thing for one in shelf.nearest(shelf.place_of(thing), audience, **more)]


def subject(thing):
    return int(thing.partition(":")[2]) % 3


def test_texts_of_one_subject_lie_together(root):
    for number in range(3):
        near = nearest(root, f"lesson:{number}", hidden=[f"lesson:{number}"])
        assert {subject(thing) for thing in near[:10]} == {number}


def test_a_text_without_a_word_in_common_is_near_by_what_its_words_stand_with(root):
    shelf = Reader(root).shelf()
    shown = shelf.nearest(shelf.model.place("Leaking"), {"c:1"})
    assert {subject(one.thing) for one in shown[:15]} == {1}
    assert any(one.words == 0 for one in shown[:15])
    for text in ("zebra giraffe", ""):
        assert {one.likeness for one in shelf.nearest(shelf.model.place(text), {"c:1"})} == {0}


def test_the_same_texts_give_the_same_model():
    made = [learn([["pump", "leak"], ["pump", "valve"], ["leak", "valve"]] * 4, {}) for _time in range(2)]
    assert list(made[0].index) == list(made[1].index) == ["leak", "pump", "valve"] or made[0].index == {}
    assert np.array_equal(made[0].space, made[1].space)


def test_what_one_may_not_know_of_takes_no_part(tmp_path, texts):
    secret = [replace(one, audience=("c:2",)) if subject(one.key) == 0 else one for one in texts]
    rebuild(tmp_path, secret, lambda things: [])
    assert nearest(tmp_path, "lesson:0", ("c:1",), hidden=[]) == nearest(
        tmp_path, "lesson:0", ("c:1",), hidden=[one.key for one in texts if subject(one.key) == 0]
    )
    assert nearest(tmp_path, "lesson:0", ()) == []
    assert {subject(thing) for thing in nearest(tmp_path, "lesson:0", ("c:2",))} == {0}


def test_only_what_is_compared_has_a_place(tmp_path, texts):
    more = [replace(texts[0], key="person:1", kind="person"), replace(texts[0], key="lesson:0#part")]
    assert rebuild(tmp_path, [*texts, *more], lambda things: []) == 60
    assert set(Reader(tmp_path).shelf().row_of) == {one.key for one in texts}


def test_too_few_things_teach_nothing(tmp_path, texts):
    assert rebuild(tmp_path / "few", texts[:29], lambda things: []) == 0
    assert Reader(tmp_path / "few").shelf() is None
    follow(tmp_path / "few", ["lesson:1"], texts[1:2])
    assert Reader(tmp_path / "few").shelf() is None
    assert list((tmp_path / "few").glob("l*-*")) == []
    assert Reader(tmp_path / "none").shelf() is None


def test_texts_without_a_word_in_common_place_nothing(tmp_path):
    odd = [document(number, [f"word{number}x{at}" for at in "abc"]) for number in range(40)]
    assert rebuild(tmp_path, odd, lambda things: []) == 40
    assert Reader(tmp_path).shelf().row_of == {}


def test_changes_are_followed_at_once(root, texts):
    reader = Reader(root)
    before = reader.shelf()
    moved = replace(texts[0], title="pump leak", body=" ".join(SUBJECTS["water"]), audience=("c:9",))
    follow(root, ["lesson:0", "lesson:3", "lesson:99"], [moved, document(99, SUBJECTS["people"])])
    after = reader.shelf()
    assert after.audience_of("lesson:0") == ("c:9",)
    assert subject(after.nearest(after.place_of("lesson:0"), {"c:1"})[0].thing) == 1
    assert "lesson:3" not in after.row_of
    assert "lesson:3" not in nearest(root, "lesson:6")
    assert subject(after.nearest(after.place_of("lesson:99"), {"c:1"}, hidden=["lesson:99"])[0].thing) == 2
    # Who asked before goes on with what there was.
    assert "lesson:3" in before.row_of
    assert before.audience_of("lesson:0") == ("c:1",)
    follow(root, ["lesson:0"], [moved])
    assert sorted(reader.shelf().row_of) == sorted(after.row_of)


def test_what_is_erased_leaves_at_once_and_its_words_with_the_next_learning(root, texts):
    follow(root, ["lesson:0"], [])
    assert "lesson:0" not in nearest(root, "lesson:3")
    rebuild(root, texts[1:], lambda things: [])
    (live,) = (path for path in root.iterdir() if path.name == storage.current(root))
    assert not any(b'"lesson:0"' in path.read_bytes() for path in live.iterdir())


def test_what_changes_while_learning_is_in_the_new_build(root, texts):
    changed = replace(texts[0], audience=("c:9",))

    def reading():
        yield from texts
        follow(root, ["lesson:0", "lesson:3"], [changed])

    old = storage.current(root)
    rebuild(root, reading(), lambda things: [changed] if "lesson:0" in things else [])
    shelf = Reader(root).shelf()
    assert storage.current(root) != old
    assert shelf.audience_of("lesson:0") == ("c:9",)
    assert "lesson:3" not in shelf.row_of


def test_when_learning_fails_the_old_build_stays_and_only_one_learns(root, texts):
    def broken():
        yield from texts
        with pytest.raises(LearningRunningError):
            rebuild(root, texts, lambda things: [])
        raise OSError("the disk")

    old = storage.current(root)
    with pytest.raises(OSError, match="the disk"):
        rebuild(root, broken(), lambda things: [])
    assert [path.name for path in root.glob("l*-*")] == [old] == [storage.current(root)]


def test_a_torn_end_of_the_journal_is_written_over(root):
    folder = root / storage.current(root)
    follow(root, ["lesson:0"], [])
    whole = (folder / "journal").read_bytes()
    (folder / "journal").write_bytes(whole + whole[:-3])
    assert "lesson:0" not in Reader(root).shelf().row_of
    follow(root, ["lesson:3"], [])
    assert {"lesson:0", "lesson:3"}.isdisjoint(Reader(root).shelf().row_of)
    assert len(storage.records(folder)[0]) == 2


@pytest.mark.parametrize("name", ["vectors.npy", "things.json", "words.json", "meta.json", "space.npy"])
def test_a_damaged_file_is_noticed_and_learning_anew_mends_it(root, texts, name):
    path = root / storage.current(root) / name
    path.write_bytes(path.read_bytes()[:-7])
    reader = Reader(root)
    assert reader.shelf() is None
    rebuild(root, texts, lambda things: [])
    assert len(reader.shelf().row_of) == 60


def _follow_some(root, start):
    for number in range(start, start + 20):
        follow(root, [f"lesson:{number}"], [document(number, SUBJECTS["water"])])


def test_two_processes_write_and_a_third_reads(root):
    reader = Reader(root)
    assert len(reader.shelf().row_of) == 60
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_follow_some, args=(root, start)) for start in (100, 200)]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        assert len(reader.shelf().row_of) >= 60
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(reader.shelf().row_of) == 100


# Doubles


def test_the_same_thing_written_twice_is_found(tmp_path, texts):
    twice = replace(texts[0], key="lesson:77", title="Once more", audience=("c:2",))
    rebuild(tmp_path, [*texts, twice], lambda things: [])
    pairs = find_doubles(Reader(tmp_path).shelf())
    assert ("lesson:0", "lesson:77") in [pair[:2] for pair in pairs]
    assert all(subject(first) == subject(second) for first, second, _words in pairs if second != "lesson:77")
    assert [words for _first, _second, words in pairs] == sorted((pair[2] for pair in pairs), reverse=True)


def test_things_of_different_kinds_are_no_doubles(tmp_path, texts):
    other = replace(texts[0], key="article:77", kind="article")
    rebuild(tmp_path, [*texts, other], lambda things: [])
    assert not any("article:77" in pair for pair in find_doubles(Reader(tmp_path).shelf()))


def test_doubles_follow_changes(root, texts):
    reader = Reader(root)
    before = update_doubles(root, reader.shelf())
    assert doubles_of(root) == before
    follow(root, ["lesson:77"], [replace(texts[0], key="lesson:77")])
    assert ("lesson:0", "lesson:77") in [pair[:2] for pair in update_doubles(root, reader.shelf())]
    follow(root, ["lesson:77"], [])
    update_doubles(root, reader.shelf())
    assert not any("lesson:77" in pair for pair in doubles_of(root))
    (root / storage.current(root) / "doubles.json").write_text(json.dumps({"pairs": 3}))
    assert doubles_of(root) == []
    assert update_doubles(root, reader.shelf())
