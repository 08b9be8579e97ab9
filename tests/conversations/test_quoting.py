"""Words of another in one's reply."""

import pytest

from kring.conversations.actions import post_comment
from kring.conversations.models import Mention
from kring.conversations.showing.quoting import LONGEST, quoted

pytestmark = pytest.mark.django_db


def say(made, body, **more):
    return post_comment(target=made.question, by=made.who("asker"), body=body, **more)


def test_the_beginning_is_quoted_with_a_name(circle):
    made = circle()
    said = say(made, "<p>Yes &amp; <strong>no</strong>.</p><p>It depends.</p>")
    assert quoted(said) == (
        "<blockquote><p>Anouk Peeters wrote:</p><p>Yes &amp; no. It depends.</p></blockquote>"
    )
    long = quoted(say(made, f"<p>{'word ' * 200}</p>"))
    assert long.endswith("word…</p></blockquote>")
    assert len(long) < LONGEST + 80


def test_only_words_that_stand_there_are_quoted(circle):
    made = circle()
    said = say(made, "<p>Yes, it\ndepends.</p>")
    assert "<p>it depends.</p>" in quoted(said, " it  depends. ")
    assert "<p>Yes, it depends.</p>" in quoted(said, "I resign")


def test_the_reply_begins_with_the_quotation(client, as_):
    made = as_("member")
    said = say(made, "<p>Yes, it depends.</p>", kind="answer")
    where = made.question.get_absolute_url()
    assert f"?reply={said.pk}&amp;quote=1#reply" in client.get(where).content.decode()
    page = client.get(where, {"reply": said.pk, "quote": "1", "words": "it depends."}).content.decode()
    assert "&gt; Anouk Peeters wrote:\n&gt;\n&gt; it depends." in page
    plain = client.get(where, {"reply": said.pk}).content.decode()
    assert "wrote:" not in plain


def test_who_may_not_write_is_offered_no_quoting(client, as_):
    made = as_("staff", "on_request")
    say(made, "<p>Yes.</p>")
    assert "quote=1" not in client.get(made.question.get_absolute_url()).content.decode()


def test_quoting_somebody_mentions_nobody(circle):
    made = circle()
    made.who("staff")
    said = say(made, "<p>@staff knows.</p>")
    assert Mention.objects.count() == 1
    reply = post_comment(target=made.question, by=made.who("member"), body=quoted(said) + "<p>Indeed.</p>")
    assert not reply.mentions.exists()
