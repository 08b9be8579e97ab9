"""Earlier versions of what somebody said."""

import pytest

from kring.conversations.actions import edit_comment, post_comment, remove_comment

pytestmark = pytest.mark.django_db


def edited(made):
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes, the old ones.</p>")
    for body in ("<p>Yes, the new ones.</p>", "<p>Yes, the new ones &amp; more.</p>"):
        edit_comment(comment=said, by=made.who("member"), body=body)
    return said


def test_readers_see_each_version_and_what_changed(client, as_):
    made = as_("staff")
    said = edited(made)
    where = f"/comments/{said.pk}/history/"
    assert where in client.get(made.question.get_absolute_url()).content.decode()
    page = client.get(where).content.decode()
    assert page.count("<li>\n    <h2") == 3
    assert "<del>old</del><ins>new</ins>" in page
    assert "<ins>ones &amp; more.</ins>" in page
    assert page.index("As it reads now") < page.index("Changed") < page.index("First written")


def test_what_was_never_changed_has_one_version_and_no_link(client, as_):
    made = as_("staff")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>")
    where = f"/comments/{said.pk}/history/"
    assert where not in client.get(made.question.get_absolute_url()).content.decode()
    assert client.get(where).content.decode().count("First written") == 1


def test_the_history_of_what_was_removed_is_for_moderators(client, circle):
    made = circle()
    said = edited(made)
    remove_comment(comment=said, by=made.who("moderator"))
    for who, status in (("staff", 404), ("asker", 404), ("moderator", 200), ("administrator", 200)):
        client.force_login(made.who(who))
        assert client.get(f"/comments/{said.pk}/history/").status_code == status


def test_outsiders_of_a_private_community_see_no_history(client, circle):
    made = circle("private")
    said = edited(made)
    for who in ("staff", "guest"):
        client.force_login(made.who(who))
        assert client.get(f"/comments/{said.pk}/history/").status_code == 404


def test_what_its_author_removed_leaves_no_words_behind(client, circle):
    made = circle()
    said = edited(made)
    remove_comment(comment=said, by=made.who("member"))
    client.force_login(made.who("moderator"))
    page = client.get(f"/comments/{said.pk}/history/").content.decode()
    assert "old ones" not in page
