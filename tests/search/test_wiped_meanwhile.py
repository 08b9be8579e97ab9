"""Of what went or changed while half a build stands, no text lies there any more."""

from factories.people import make_user
from kring.people.actions.privacy import erase
from kring.people.models import User
from search.draining import drain
from search.rebuilding import rebuild
from support.compared import found, in_database, in_index
from support.halfway import half_of, rename, texts_waiting


def test_of_what_changes_meanwhile_no_text_waits(half):
    erased, renamed, *others = User.objects.order_by("pk")
    erase(person=erased, by=erased)
    rename(renamed, "Florence")
    drain(half)
    assert texts_waiting(half) == {f"person:{one.pk}": one.name for one in others}
    documents = (half_of(half).folder / "documents").read_bytes()
    assert [b"Zebedee %d" % number in documents for number in range(3)] == [False, False, True]
    rebuild(half)
    assert (in_index(half), half.health().documents) == (in_database(), 9)


def test_what_changes_while_it_is_built_is_wiped_and_right(db, in_steps):
    engine = in_steps
    people = [make_user(f"Zebedee {number}") for number in range(10)]
    rebuild(engine)

    def change(done, total):
        if done == 6:
            erase(person=people[0], by=people[0])
            rename(people[-1], "Florence")
            drain(engine)
        elif done == 16:
            assert set(texts_waiting(engine)) == {f"person:{one.pk}" for one in people[1:-1]}

    rebuild(engine, show=change)
    assert (in_index(engine), engine.health().documents) == (in_database(), 9)
    assert found(engine, "florence", people[1]) == {f"person:{people[-1].pk}"}


def test_what_a_failing_machine_kept_is_wiped_when_the_site_starts(half):
    whole = (half_of(half).folder / "documents").read_bytes()
    erased = User.objects.first()
    erase(person=erased, by=erased)
    drain(half)
    (half_of(half).folder / "documents").write_bytes(whole)
    assert f"person:{erased.pk}" in texts_waiting(half)
    half.tidy()
    assert len(texts_waiting(half)) == 9
    assert f"person:{erased.pk}" not in texts_waiting(half)
