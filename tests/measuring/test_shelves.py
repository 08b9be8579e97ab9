"""What bench.search puts on its shelves: the same every time, with words that go on growing."""

from bench.shelves import Shelf, spelt


def test_the_same_number_gives_the_same_document():
    first, again = (list(Shelf().documents(10)) for _ in range(2))
    assert first == again
    assert [one.key for one in first if "#" in one.key][:3] == [
        "question:5#1",
        "question:5#2",
        "question:5#3",
    ]


def test_words_are_different_for_different_numbers_and_go_on_growing():
    assert len({spelt(number) for number in range(20_000)}) == 20_000
    words = [{word for one in Shelf().documents(count) for word in one.body.split()} for count in (50, 200)]
    assert len(words[1]) > 1.5 * len(words[0])


def test_a_few_words_are_most_of_a_text():
    words = " ".join(one.body for one in Shelf().documents(100)).split()
    often = sorted({word: words.count(word) for word in set(words)}.values(), reverse=True)
    assert sum(often[:50]) > 0.4 * len(words)


def test_texts_of_a_folder_are_used(tmp_path):
    (tmp_path / "one.jsonl").write_text(
        '{"lang": "nl", "title": "T", "summary": "De leverancier stuurde twee keer een factuur. Kort."}\n'
    )
    bodies = " ".join(one.body for one in Shelf(tmp_path).documents(20))
    assert "leverancier stuurde twee keer" in bodies
    assert "Kort" not in bodies


def test_questions_are_of_three_kinds_and_the_same_every_time():
    asked = Shelf().questions(6, 100)
    assert asked == Shelf().questions(6, 100)
    assert {kind: len(texts) for kind, texts in asked.items()} == {
        "one to three words": 6,
        "whole question": 6,
        "while typing": 6,
    }
    assert all(1 <= len(text.split()) <= 3 for text in asked["one to three words"])
