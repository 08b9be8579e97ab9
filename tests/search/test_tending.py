"""Keeping synonyms: who may, what is refused, what two people at once do, the log, undoing, and erasure."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factories.communities import make_community, make_member
from factories.people import make_admin, make_user
from kring.activity.models import Activity
from kring.people.actions.privacy import erase, export_data
from search.actions.tending import (
    VERBS,
    ChangedMeanwhileError,
    add_synonyms,
    change_synonyms,
    import_synonyms,
    remove_synonyms,
    undo_change,
)
from search.models import Synonyms
from search.permissions import may_tend_words
from search.synonyms import thesaurus
from search.text import take_apart

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(root):
    user = make_user("Ruth")
    make_member(make_community(), user, role="moderator")
    return user


def add(by, text="WOO, Wet open overheid", language="nl", one_way=False):
    return add_synonyms(language=language, text=text, one_way=one_way, by=by)


def rows():
    return list(Synonyms.objects.order_by("pk").values_list("language", "words", "one_way", "version"))


def beside(text):
    return [one.shown for one in thesaurus().beside(take_apart(text))]


def log():
    return list(Activity.objects.filter(verb__in=VERBS).order_by("pk"))


def test_moderators_and_administrators_may_and_nobody_else(ruth, root):
    lead, member, left = make_user(), make_user(), make_user()
    community = make_community()
    make_member(community, lead, role="lead")
    make_member(community, member)
    make_member(community, left, role="lead")
    left.is_active = False
    assert [may_tend_words(one) for one in (ruth, lead, make_admin(), member, left)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    row = add(ruth)
    for act in (
        lambda: add(member, "pc, computer"),
        lambda: change_synonyms(pk=row.pk, version=1, text="pc, computer", one_way=False, by=member),
        lambda: remove_synonyms(pk=row.pk, version=1, by=member),
        lambda: import_synonyms(language="nl", text="pc, computer", by=member),
        lambda: undo_change(pk=log()[0].pk, by=member),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert rows() == [("nl", "WOO, Wet open overheid", False, 1)]


def test_what_is_changed_counts_at_once(ruth):
    assert beside("woo") == []
    row = add(ruth)
    assert beside("woo") == ["Wet open overheid"]
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=True, by=ruth)
    assert (beside("woo"), beside("wob")) == (["Wob"], [])
    remove_synonyms(pk=row.pk, version=2, by=ruth)
    assert beside("woo") == []


def test_no_word_stands_in_two_rows_of_a_language(ruth):
    add(ruth, "vergunning, toestemming")
    with pytest.raises(ValidationError) as refused:
        add(ruth, "verlof, Vergunningen")
    assert refused.value.messages == [
        "“Vergunningen” stands in another row already: vergunning, toestemming. Change that one."
    ]
    add(ruth, "vergunning, permit", language="en")
    row = add(ruth, "pc, computer")
    with pytest.raises(ValidationError, match="another row"):
        change_synonyms(pk=row.pk, version=1, text="pc, toestemming", one_way=False, by=ruth)
    change_synonyms(pk=row.pk, version=1, text="computer, pc, laptop", one_way=False, by=ruth)


def test_nothing_is_overwritten_unseen(ruth):
    row, bas = add(ruth), make_admin(name="Bas")
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=False, by=bas)
    with pytest.raises(ChangedMeanwhileError) as refused:
        change_synonyms(pk=row.pk, version=1, text="WOO, wet", one_way=False, by=ruth)
    assert refused.value.messages == ["Somebody changed this while you were at it. It is now: WOO, Wob"]
    with pytest.raises(ChangedMeanwhileError):
        remove_synonyms(pk=row.pk, version=1, by=ruth)
    remove_synonyms(pk=row.pk, version=2, by=ruth)
    with pytest.raises(ChangedMeanwhileError, match="removed this"):
        change_synonyms(pk=row.pk, version=2, text="WOO, wet", one_way=False, by=bas)


def test_the_same_again_is_no_change(ruth):
    row = add(ruth)
    change_synonyms(pk=row.pk, version=1, text="WOO, Wet open overheid", one_way=False, by=ruth)
    assert (rows()[0][-1], [one.verb for one in log()]) == (1, ["synonyms_added"])


def test_every_change_can_be_taken_back_once(ruth):
    row = add(ruth)
    change_synonyms(pk=row.pk, version=1, text="WOO, Wob", one_way=True, by=ruth)
    added, changed = log()
    with pytest.raises(ChangedMeanwhileError):
        undo_change(pk=added.pk, by=ruth)
    undo_change(pk=changed.pk, by=ruth)
    assert rows() == [("nl", "WOO, Wet open overheid", False, 3)]
    with pytest.raises(ValidationError, match="taken back already"):
        undo_change(pk=changed.pk, by=ruth)
    removed = remove_synonyms(pk=row.pk, version=3, by=ruth)
    undo_change(pk=removed.pk, by=ruth)
    assert rows() == [("nl", "WOO, Wet open overheid", False, 1)]
    with pytest.raises(ValidationError, match="taken back already"):
        undo_change(pk=removed.pk, by=ruth)


def test_what_was_removed_is_not_put_back_beside_the_same_words(ruth):
    removed = remove_synonyms(pk=add(ruth).pk, version=1, by=ruth)
    add(ruth, "WOO, Wob")
    with pytest.raises(ValidationError, match="another row"):
        undo_change(pk=removed.pk, by=ruth)
    assert [one[1] for one in rows()] == ["WOO, Wob"]


def test_a_list_is_taken_whole_or_not_at_all(ruth):
    add(ruth)
    text = "Wet open overheid, WOO\npc, computer\nbijstand => uitkering\n"
    assert import_synonyms(language="nl", text=text, by=ruth) == (2, 1)
    assert import_synonyms(language="nl", text=text, by=ruth) == (0, 3)
    with pytest.raises(ValidationError) as refused:
        import_synonyms(language="nl", text="afval, vuilnis\nlaptop, pc\nhuisvuil, afval", by=ruth)
    assert refused.value.messages == [
        "Line 2: “pc” stands in another row already: pc, computer. Change that one.",
        "Line 3: “afval” stands in another row already: afval, vuilnis. Change that one.",
    ]
    assert len(rows()) == 3
    with pytest.raises(ValidationError, match="too much at once"):
        import_synonyms(language="nl", text="x" * 300_001, by=ruth)


def test_the_same_row_twice_is_once_and_the_other_way_round_is_another(ruth):
    text = "afval, vuilnis\nbijstand => uitkering, Wajong\n"
    assert import_synonyms(language="nl", text=f"{text}vuilnis, afval\n{text}", by=ruth) == (2, 3)
    same = "bijstand => Wajong, uitkering"
    assert import_synonyms(language="nl", text=same, by=ruth) == (0, 1)
    with pytest.raises(ValidationError, match="“uitkering” stands in another row already: bijstand → uitk"):
        import_synonyms(language="nl", text="uitkering => bijstand, Wajong", by=ruth)


def test_a_list_is_taken_out_again_but_what_was_changed_since(ruth):
    import_synonyms(language="nl", text="pc, computer\nafval, vuilnis", by=ruth)
    kept = Synonyms.objects.get(words="pc, computer")
    change_synonyms(pk=kept.pk, version=1, text="pc, laptop", one_way=False, by=ruth)
    undo_change(pk=log()[0].pk, by=ruth)
    assert [one[1] for one in rows()] == ["pc, laptop"]
    assert [(one.verb, one.data.get("number")) for one in log()] == [
        ("synonyms_imported", 2),
        ("synonyms_changed", None),
        ("synonyms_taken_out", 1),
    ]


def test_there_is_an_end_to_it(ruth):
    made = [Synonyms(language="nl", words=f"een{number}, twee{number}") for number in range(2000)]
    Synonyms.objects.bulk_create(made)
    for act in (
        lambda: add(ruth),
        lambda: import_synonyms(language="nl", text="pc, computer", by=ruth),
    ):
        with pytest.raises(ValidationError, match="two thousand rows"):
            act()
    add(ruth, "pc, computer", language="en")
    row = Synonyms.objects.get(words="een1, twee1")
    change_synonyms(pk=row.pk, version=1, text="een1, drie", one_way=False, by=ruth)


def test_who_wrote_it_is_given_to_them_and_their_name_goes_with_them(ruth):
    add(ruth)
    held = export_data(ruth)["search"]["synonyms"]
    assert [(one["language"], one["words"], one["one_way"]) for one in held] == [
        ("nl", "WOO, Wet open overheid", False)
    ]
    erase(person=ruth, by=make_admin())
    assert (Synonyms.objects.get().by, log()[0].actor) == (None, None)
    assert beside("woo") == ["Wet open overheid"]
