"""The socket of a conversation, as docs/live.md promises. What is refused comes first."""

import json
import threading

import pytest
from django.conf import settings

from communities.actions import remove_member
from factories.communities import make_discussion
from factories.people import make_user
from kring.conversations.actions import edit_comment, lock_conversation, post_comment, remove_comment
from kring.conversations.live.commands import BODY_MOST
from kring.conversations.models import Comment

REFUSED = 403


def say(made, who="member", body="<p>Words.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def test_who_may_not_read_it_gets_what_is_given_for_nothing(talk, listen, key):
    made = talk("private")
    for who in (None, made.who("staff"), made.who("guest")):
        assert listen(who, key(made)) == listen(who, "discussion-999999") == REFUSED
    for nonsense in ("discussion-", "discussion-x", "-1", "people-1", "discussion-1e3"):
        assert listen(made.who("member"), nonsense) == REFUSED


def test_another_site_opens_none(talk, listen, key):
    made = talk()
    assert listen(made.who("member"), key(made), origin="https://elsewhere.example") == REFUSED


@pytest.mark.parametrize(
    "raw, code",
    [
        ("", "syntax"),
        ("[]", "syntax"),
        ("{", "syntax"),
        ("[" * 5000, "syntax"),
        (b"\xff\xfe", "syntax"),
        ('{"type": "post", "client_id": "abcdefgh1", "body": "\\ud800"}', "syntax"),
        ('{"type": "dance"}', "unknown"),
        ('{"type": 3}', "unknown"),
        ('{"v": 2, "type": "hello", "after": 0}', "version"),
        ('{"type": "hello"}', "missing"),
        ('{"type": "hello", "after": "0"}', "type"),
        ('{"type": "hello", "after": true}', "type"),
        ('{"type": "hello", "after": -1}', "type"),
        ('{"type": "hello", "after": 0, "as": "somebody"}', "field"),
        ('{"type": "post", "client_id": "x", "body": "Hi"}', "client_id"),
        ('{"type": "post", "client_id": "abcdefgh1", "body": "Hi", "kind": "poem"}', "type"),
        ('{"type": "post", "client_id": "abcdefgh1", "body": "Hi"}', "order"),
        ('{"type": "post", "client_id": "abcdefgh1", "body": "' + "x" * (BODY_MOST + 1) + '"}', "too_long"),
    ],
)
def test_what_cannot_be_understood_is_said_so_and_the_socket_lives(talk, listen, key, raw, code):
    made = talk()
    reader = listen(made.who("member"), key(made))
    reader.send(raw)
    told = reader.hear()
    assert (told["type"], told["code"]) == ("error", code)
    assert reader.hello()["type"] == "welcome"
    assert Comment.objects.count() == 0


def test_what_may_not_be_said_is_refused_with_its_reason(talk, listen, key):
    made = talk("on_request")
    staff = listen(made.who("staff"), key(made))
    staff.hello()
    staff.say("post", client_id="abcdefgh1", body="Hi")
    told = staff.hear()
    assert (told["code"], told["client_id"]) == ("forbidden", "abcdefgh1")
    lock_conversation(target=made.question, by=made.who("lead"), locked=False, slow_mode_seconds=60)
    member = listen(made.who("member"), key(made))
    member.hello()
    member.say("post", client_id="abcdefgh1", body="One.")
    member.wait_for("ack")
    member.say("post", client_id="abcdefgh2", body="Two.")
    told = member.wait_for("error")
    assert (told["code"], told["retry_after"]) == ("slow_mode", 60)
    member.say("post", client_id="abcdefgh3", body="   ")
    assert member.wait_for("error")["code"] == "body"
    lock_conversation(target=made.question, by=made.who("lead"), locked=True)
    member.say("post", client_id="abcdefgh4", body="After it was closed.")
    assert member.wait_for("error")["code"] == "closed"
    assert Comment.objects.count() == 1


def test_too_much_at_once_is_refused_for_a_while(talk, listen, key):
    made = talk()
    reader = listen(made.who("member"), key(made))
    for _ in range(41):
        reader.say("hello", after=0)
    told = [reader.hear() for _ in range(41)]
    assert [one["type"] for one in told] == ["welcome"] * 40 + ["error"]
    assert told[-1]["code"] == "rate"
    assert told[-1]["retry_after"] > 0


def test_too_many_windows_are_refused_without_being_cut_off(talk, listen, key):
    made = talk()
    readers = [listen(made.who("member"), key(made)) for _ in range(21)]
    told = [reader.hello()["type"] for reader in readers]
    assert sorted(told) == ["error"] + ["welcome"] * 20


def test_a_word_reaches_everybody_once_and_in_order(talk, listen, key):
    made = talk()
    first, second = listen(made.who("member"), key(made)), listen(made.who("asker"), key(made))
    assert first.hello() == second.hello() == {"v": 1, "type": "welcome", "seq": 0, "reset": False}
    first.say("post", client_id="abcdefgh1", body="**Keep** them.", kind="answer")
    heard = {frame["type"]: frame for frame in (first.hear(), first.hear())}
    comment = Comment.objects.get()
    assert heard["ack"] == {
        "v": 1, "type": "ack", "client_id": "abcdefgh1", "seq": 1, "id": comment.pk, "held": False,
    }  # fmt: skip
    event = second.hear()
    assert heard["event"] == event
    html = event["comment"].pop("html")
    assert event == {
        "v": 1, "type": "event", "seq": 1, "kind": "posted", "count": 1,
        "comment": {
            "id": comment.pk, "parent": 0, "kind": "answer", "author": made.who("member").pk, "asker": False,
        },
    }  # fmt: skip
    assert "<strong>Keep</strong> them." in html or "<b>Keep</b> them." in html
    assert comment.kind == "answer"


def test_what_is_sent_again_is_one_comment(talk, listen, key):
    made = talk()
    reader = listen(made.who("member"), key(made))
    reader.hello()
    for _ in range(3):
        reader.say("post", client_id="abcdefgh1", body="Once.")
    acks = [frame for frame in (reader.hear() for _ in range(4)) if frame["type"] == "ack"]
    assert [ack["seq"] for ack in acks] == [1, 1, 1]
    assert Comment.objects.count() == 1
    other = listen(made.who("asker"), key(made))
    other.hello(1)
    other.say("post", client_id="abcdefgh1", body="Another's own.")
    assert {other.hear()["type"], other.hear()["type"]} == {"ack", "event"}
    assert Comment.objects.count() == 2


def test_who_was_away_gets_what_was_missed_as_it_is_now(talk, listen, key):
    made = talk()
    first, second, third = say(made), say(made), say(made)
    edit_comment(comment=first, by=made.who("member"), body="<p>Better words.</p>")
    remove_comment(comment=third, by=made.who("member"))
    reader = listen(made.who("asker"), key(made))
    assert reader.hello(after=2) == {"v": 1, "type": "welcome", "seq": 5, "reset": False}
    missed = [reader.hear() for _ in range(3)]
    assert [(one["seq"], one["kind"], one["comment"]["id"]) for one in missed] == [
        (3, "posted", third.pk),
        (4, "edited", first.pk),
        (5, "removed", third.pk),
    ]
    assert "Better words." in missed[1]["comment"]["html"]
    assert "Words." not in missed[0]["comment"]["html"]
    fourth = say(made)
    assert (reader.hear()["seq"], fourth.seq, second.seq) == (6, 6, 2)


def test_who_was_away_for_long_is_told_to_load_the_page(talk, listen, key):
    made = talk()
    for number in range(205):
        Comment.objects.all().update(submit_date="2020-01-01T00:00Z")
        say(made, body=f"<p>{number}</p>")
    reader = listen(made.who("asker"), key(made))
    assert reader.hello(after=1) == {"v": 1, "type": "welcome", "seq": 205, "reset": True}
    assert reader.hello(after=204)["reset"] is False
    assert reader.hear()["seq"] == 205
    assert reader.hello(after=900) == {"v": 1, "type": "welcome", "seq": 205, "reset": True}


def test_many_who_speak_at_once_are_all_heard_in_order(talk, listen, key):
    made = talk()
    people = [make_user(f"Person {number}") for number in range(6)]
    listener = listen(made.who("member"), key(made))
    listener.hello()

    def speak(user):
        reader = listen(user, key(made))
        reader.hello()
        for number in range(5):
            reader.say("post", client_id=f"sending-{number}", body=f"{user.name}: {number}")
        for _ in range(5):
            reader.wait_for("ack")

    threads = [threading.Thread(target=speak, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    seqs = [listener.hear()["seq"] for _ in range(30)]
    for thread in threads:
        thread.join()
    assert seqs == list(range(1, 31))
    assert Comment.objects.count() == 30


def test_who_is_taken_out_hears_nothing_more(talk, listen, key):
    made = talk("private")
    reader = listen(made.who("member"), key(made))
    reader.hello()
    remove_member(community=made.community, by=made.who("lead"), user=made.who("member"))
    say(made, "lead", "<p>About whom we let go.</p>")
    assert reader.close_code() == 4404
    assert listen(made.who("member"), key(made)) == REFUSED


def test_who_signs_out_hears_nothing_more(talk, listen, key):
    from importlib import import_module

    made = talk()
    reader = listen(made.who("member"), key(made))
    reader.hello()
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
    reader.say("post", client_id="abcdefgh1", body="Still me?")
    told = reader.hear()
    assert (told["type"], told["code"]) == ("error", "gone")
    assert reader.close_code() == 4404
    assert Comment.objects.count() == 0


def test_presence_names_who_reads_along_and_who_is_typing(talk, listen, key):
    made = talk()
    member, asker = made.who("member"), made.who("asker")
    first, second = listen(member, key(made)), listen(asker, key(made))
    first.hello()
    second.hello()
    people = sorted([[member.pk, member.name], [asker.pk, asker.name]], key=lambda one: one[1])
    while (told := first.hear(also=["presence"]))["people"] != people:
        assert told["type"] == "presence"
    second.say("typing", on=True)
    while not (told := first.hear(also=["presence"]))["typing"]:
        pass
    assert told == {"v": 1, "type": "presence", "people": people, "total": 2, "typing": [asker.pk]}


def test_a_guest_is_told_how_many_read_along_and_not_who(talk, listen, key):
    made = talk()
    guest, member = (
        listen(made.who("guest who is a member"), key(made)),
        listen(made.who("member"), key(made)),
    )
    guest.hello()
    member.hello()
    while (told := guest.hear(also=["presence"]))["total"] != 2:
        pass
    assert told == {"v": 1, "type": "presence", "people": [], "total": 2, "typing": []}


def test_the_beat_says_the_newest_number(talk, listen, key):
    made = talk()
    say(made)
    reader = listen(made.who("asker"), key(made))
    reader.hello()
    while (told := json.loads(reader.socket.recv(20)))["type"] != "beat":
        pass
    assert told == {"v": 1, "type": "beat", "seq": 1}


def test_a_message_that_the_layer_loses_is_healed_by_the_beat(talk, listen, key):
    """Written past every announcement, as if the channel layer had dropped it."""
    from django.db import transaction

    made = talk()
    reader = listen(made.who("asker"), key(made))
    reader.hello()
    with transaction.atomic():
        lost = say(made)
        transaction.get_connection().run_on_commit = []
    event = reader.hear()
    assert (event["seq"], event["comment"]["id"]) == (1, lost.pk)


def test_a_discussion_of_another_community_stays_apart(talk, listen, key):
    made = talk()
    elsewhere = make_discussion(made.community, "Something else")
    reader = listen(made.who("member"), key(made))
    reader.hello()
    post_comment(target=elsewhere, by=made.who("asker"), body="<p>Not for this page.</p>")
    mine = say(made, "asker")
    assert reader.hear()["comment"]["id"] == mine.pk


def test_where_one_may_write_anonymously_nobody_is_named_as_present(talk, listen, key):
    made = talk(allows_anonymous=True)
    first, second = listen(made.who("member"), key(made)), listen(made.who("asker"), key(made))
    first.hello()
    second.hello()
    second.say("typing", on=True)
    while (told := first.hear(also=["presence"])).get("total") != 2:
        pass
    assert told == {"v": 1, "type": "presence", "people": [], "total": 2, "typing": []}


def test_frames_hold_no_trace_of_who_wrote_anonymously(talk, listen, key):
    made = talk(allows_anonymous=True)
    author = made.who("member")
    author.name = "Zacharias Quickenborne"
    author.save()
    reader, writer = listen(made.who("asker"), key(made)), listen(author, key(made))
    reader.hello()
    writer.hello()
    writer.say("post", client_id="abcdefgh1", body="I never understood this.", anonymous=True)
    writer.wait_for("ack")
    event = reader.wait_for("event")
    assert event["comment"]["author"] is None
    told = json.dumps(event, ensure_ascii=False)
    assert "Zacharias" not in told
    assert "Quickenborne" not in told
    assert f"/people/{author.pk}/" not in told
    assert "Anonymous" in event["comment"]["html"]


def test_where_nobody_writes_anonymously_it_is_refused(talk, listen, key):
    made = talk()
    reader = listen(made.who("member"), key(made))
    reader.hello()
    reader.say("post", client_id="abcdefgh1", body="Not with my name.", anonymous=True)
    assert reader.wait_for("error")["client_id"] == "abcdefgh1"
    assert Comment.objects.count() == 0
