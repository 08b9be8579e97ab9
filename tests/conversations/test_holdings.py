import pytest

from factories.circle import make_circle
from kring.conversations.actions import erase_comments, holdings_of, post_comment, react, remove_comment
from kring.conversations.models import Comment, Reaction
from kring.people.actions.privacy import export_data

pytestmark = pytest.mark.django_db


def test_everything_one_said_is_given_back(root):
    made = make_circle("private")
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    gone = post_comment(target=made.question, by=made.who("member"), body="<p>No.</p>")
    post_comment(target=made.question, by=made.who("asker"), body="<p>Not theirs.</p>")
    remove_comment(comment=gone, by=made.who("moderator"))

    held = holdings_of(made.who("member"))
    found = held["said"]

    assert [(row["kind"], row["text"], row["removed"]) for row in found] == [
        ("answer", "<p>Yes.</p>", False),
        ("comment", "<p>No.</p>", True),
    ]
    assert found[0]["url"] == said.get_absolute_url()
    assert export_data(made.who("member"))["conversations"] == held


def test_erasing_takes_the_name_and_leaves_what_helps_others(client, root):
    made = make_circle()
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>", kind="answer")
    made.who("member").name = "Zuzanna Zielinska"
    made.who("member").save()
    erase_comments(made.who("member"))
    kept = Comment.objects.get(pk=said.pk)
    assert (kept.user, kept.user_name, kept.user_email, kept.user_url, kept.ip_address) == (
        None,
        "",
        "",
        "",
        None,
    )
    client.force_login(made.who("asker"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert "A former colleague" in page
    assert "<p>Yes.</p>" in page


def test_what_one_did_with_the_words_of_others_is_given_and_goes(root):
    made = make_circle()
    said = post_comment(target=made.question, by=made.who("asker"), body="<p>Yes.</p>", kind="answer")
    for comment, kind in ((said, "thanks"), (None, "same")):
        react(target=made.question, comment=comment, by=made.who("member"), kind=kind)
    found = holdings_of(made.who("member"))["reactions"]
    assert [(row["kind"], row["url"]) for row in found] == [
        ("thanks", said.get_absolute_url()),
        ("same", made.question.get_absolute_url()),
    ]
    erase_comments(made.who("member"))
    assert not Reaction.objects.exists()
