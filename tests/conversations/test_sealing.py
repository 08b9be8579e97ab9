"""Writing without a name. One test looks for the author in all that leaves the site."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from communities.actions import accept_answer, edit_discussion, start_discussion
from communities.models import Discussion
from factories.communities import make_member
from factories.people import make_admin, make_user
from kring.activity.models import Activity
from kring.conversations.actions import (
    NotPostedError,
    OpeningError,
    agree_opening,
    ask_opening,
    block_anonymous,
    edit_comment,
    post_comment,
    refuse_opening,
    remove_comment,
    undo_decision,
    write_letter,
)
from kring.conversations.actions.letters import opened_for
from kring.conversations.actions.sealing import person_in
from kring.conversations.live.frames import texts_of
from kring.conversations.models import (
    BlindMessage,
    Comment,
    ConversationEvent,
    Decision,
    Seal,
    SealBlock,
)
from kring.conversations.permissions import can_edit_comment
from kring.notifications.actions import send_notification_emails
from kring.notifications.models import Notification
from kring.people.actions.privacy import erase, export_data
from support.indexing import index_all
from support.telling import tell_all

pytestmark = pytest.mark.django_db

NAME = "Wilhelmina Zonneschijn"
EMAIL = "wilhelmina.zonneschijn@example.org"


@pytest.fixture
def made(circle):
    made = circle(allows_anonymous=True)
    made.people["member"] = make_member(made.community, make_user(NAME, email=EMAIL, language="en")).user
    return made


def say(made, who="member", anonymous=True, target=None, **more):
    body = more.pop("body", "<p>I once lost a form.</p>")
    return post_comment(
        target=target or made.question, by=made.who(who), body=body, anonymous=anonymous, **more
    )


def ask(made, who="member", **more):
    fields = {"kind": "question", "title": "How do I say that I broke it?", "anonymous": True, **more}
    return start_discussion(by=made.who(who), community=made.community, **fields)


def seal_of(made, who):
    return Seal.objects.about(say(made, who)).get()


def test_an_anonymous_comment_has_no_user_and_a_seal_that_only_the_site_reads(made):
    said = say(made)
    assert (said.user, said.is_anonymous, said.alias_name) == (None, True, "Anonymous")
    seal = Seal.objects.get()
    assert person_in(seal) == made.who("member")
    assert len({len(row.sealed) for row in (seal, seal_of(made, "staff"))}) == 1
    assert Activity.objects.about(said).get().actor is None


def test_where_it_is_not_allowed_nothing_is_posted(circle):
    made = circle()
    with pytest.raises(NotPostedError, match="own name"):
        say(made)
    assert not Comment.objects.exists()


def test_aliases_stay_in_one_conversation(made):
    ours = [say(made).alias, say(made, "staff").alias, say(made).alias]
    assert ours == [1, 2, 1]
    asked = ask(made)
    assert [say(made, who, target=asked).alias for who in ("staff", "member")] == [2, 1]


def test_its_author_edits_and_removes_it_and_nobody_else_does(made):
    said = say(made)
    assert [can_edit_comment(made.who(who), said) for who in ("member", "asker", "moderator")] == [
        True,
        False,
        False,
    ]
    edit_comment(comment=said, by=made.who("member"), body="<p>I lost two forms.</p>")
    with pytest.raises(PermissionDenied):
        remove_comment(comment=said, by=made.who("asker"))
    remove_comment(comment=said, by=made.who("member"))
    assert Comment.objects.get(pk=said.pk).body == ""
    assert not Decision.objects.exists()


def test_the_asker_is_told_of_answers_as_a_follower_is_and_accepts_them_unnamed(made):
    asked = ask(made)
    assert (asked.author, asked.is_anonymous) == (None, True)
    answer = post_comment(target=asked, by=made.who("asker"), body="<p>Just say it.</p>", kind="answer")
    tell_all()
    row = Notification.objects.get(recipient=made.who("member"), group_key=f"discussion:{asked.pk}")
    assert (row.kind, row.data["reason"]) == ("comment.other", "follower")
    accept_answer(discussion=asked, by=made.who("member"), answer=answer)
    told = Notification.objects.get(recipient=made.who("asker"), kind="discussion.accepted")
    assert (told.actor, told.sentence) == (None, "Somebody says that your answer helped")
    assert Activity.objects.get(verb="accepted").actor is None
    edit_discussion(discussion=asked, by=made.who("member"), title="How do I say it?")
    with pytest.raises(PermissionDenied):
        edit_discussion(discussion=asked, by=made.who("asker"), title="Ha")


def test_their_pace_counts_without_a_name_too(made, monkeypatch):
    monkeypatch.setattr("kring.conversations.actions.pace.RATE_LIMIT", 2)
    say(made), say(made, anonymous=False)
    with pytest.raises(NotPostedError, match="2 times in five minutes"):
        say(made)


def test_moderators_and_the_author_write_to_each_other_blind(made):
    say(made)
    seal = Seal.objects.get()
    with pytest.raises(PermissionDenied):
        write_letter(seal=seal, by=made.who("asker"), text="Who are you?")
    write_letter(seal=seal, by=made.who("moderator"), text="Do you need help?")
    write_letter(seal=seal, by=made.who("member"), text="Yes, please.")
    assert list(BlindMessage.objects.values_list("by", "from_author")) == [
        (made.who("moderator").pk, False),
        (None, True),
    ]
    rows = Notification.objects.filter(kind__startswith="seal").order_by("pk")
    assert [(row.recipient, row.kind, row.actor) for row in rows] == [
        (made.who("member"), "seal.letter", None),
        (made.who("moderator"), "seal.answer", None),
    ]


def test_a_block_stops_whoever_it_is_for_thirty_days(made):
    said = say(made)
    seal = Seal.objects.get()
    block_anonymous(seal=seal, by=made.who("moderator"), reason="Three unkind posts.")
    with pytest.raises(NotPostedError, match="for a while"):
        say(made)
    assert say(made, anonymous=False).user == made.who("member")
    assert say(made, "staff").is_anonymous
    decision = Decision.objects.get()
    assert (decision.affected, decision.thing) == (None, said)
    SealBlock.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert say(made).is_anonymous
    block_anonymous(seal=seal, by=made.who("moderator"))
    undo_decision(decision=Decision.objects.latest("pk"), by=made.who("moderator"))
    assert say(made).is_anonymous


def test_opening_takes_two_of_whom_one_leads_and_the_person_is_told(made):
    say(made)
    seal, lead, admin = Seal.objects.get(), made.who("lead"), made.who("administrator")
    with pytest.raises(PermissionDenied):
        ask_opening(seal=seal, by=made.who("moderator"), reason="I am curious.")
    opening = ask_opening(seal=seal, by=lead, reason="A threat.")
    with pytest.raises(OpeningError):
        agree_opening(opening=opening, by=lead)
    assert opened_for(seal, lead) is None
    agree_opening(opening=opening, by=admin)
    assert [opened_for(seal, who) for who in (lead, admin, make_admin())] == [made.who("member")] * 2 + [None]
    decision = Decision.objects.get(verb="seal_opened")
    assert (decision.by, decision.affected, decision.reason) == (admin, None, "A threat.")
    assert Notification.objects.filter(recipient=made.who("member"), kind="seal.opened").count() == 1


def test_two_administrators_open_nothing_and_a_refusal_closes_it(made):
    say(made)
    seal = Seal.objects.get()
    opening = ask_opening(seal=seal, by=make_admin(), reason="Really.")
    with pytest.raises(OpeningError):
        agree_opening(opening=opening, by=make_admin())
    refuse_opening(opening=opening, by=made.who("lead"))
    agree_opening(opening=opening, by=make_member(made.community, role="lead").user)
    opening.refresh_from_db()
    assert opening.agreed_at is None


def test_a_seal_outlives_a_new_key_while_the_old_one_is_kept(made, settings):
    said = say(made)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret"
    assert can_edit_comment(made.who("member"), said)
    assert person_in(Seal.objects.get()) == made.who("member")
    settings.SECRET_KEY_FALLBACKS = []
    assert not can_edit_comment(made.who("member"), said)
    assert person_in(Seal.objects.get()) is None


def test_after_erasure_nothing_leads_from_it_to_anybody(made):
    said = say(made)
    erase(person=made.who("member"), by=made.who("member"))
    assert not Seal.objects.exists()
    assert Comment.objects.get(pk=said.pk).body == "<p>I once lost a form.</p>"


def in_everything(made, django_capture_on_commit_callbacks):
    """Ask, answer, edit, accept and be moderated anonymously, among people who hear everything."""
    make_member(made.community, make_user("Everything", language="en"), level="all")
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(made, tags=["forms"])
        answer = post_comment(target=asked, by=made.who("asker"), body="<p>Say it.</p>", kind="answer")
        reply = say(made, target=asked, parent=answer, body="<p>I will.</p>")
        edit_comment(comment=reply, by=made.who("member"), body="<p>I will tomorrow.</p>")
        post_comment(target=asked, by=made.who("asker"), body="<p>Good.</p>", parent=reply)
        accept_answer(discussion=asked, by=made.who("member"), answer=answer)
        gone = say(made, target=asked, body="<p>Another thing.</p>")
        remove_comment(comment=gone, by=made.who("moderator"), reason="Ask it apart.")
        write_letter(seal=Seal.objects.about(gone).get(), by=made.who("member"), text="I see.")
    return asked


def trace(made):
    """Name, address, and number where one stands for a person."""
    pk = made.who("member").pk
    numbers = rf'/people/{pk}[/"\\]|data-author="{pk}"|"author": ?{pk}\b'
    return re.compile(f"{NAME}|Wilhelmina|{EMAIL}|{numbers}")


def test_no_trace_of_the_author_leaves_the_site(made, django_capture_on_commit_callbacks, mailoutbox):
    asked = in_everything(made, django_capture_on_commit_callbacks)
    index_all()
    seal, found = Seal.objects.about(asked).get(), trace(made)
    pages = (
        asked.get_absolute_url(),
        *(
            f"/comments/{pk}/history/"
            for pk in Comment.objects.filter(edited_at__isnull=False).values_list("pk", flat=True)
        ),
        "/",
        "/inbox/",
        "/discussions/",
        f"/discussions/?community={made.number}",
        made.community.get_absolute_url(),
        "/search/?q=broke",
        "/moderation/",
        "/moderation/log/",
        "/moderation/week/",
        f"/letters/{seal.pk}/",
        *(f"/decisions/{pk}/" for pk in Decision.objects.values_list("pk", flat=True)),
    )
    leaks, seen = [], 0
    for who in ("asker", "staff", "moderator", "lead", "administrator"):
        client = Client()
        client.force_login(made.who(who))
        for page in pages:
            answer = client.get(page, follow=True)
            body = without_members(answer.content.decode(), made)
            seen += "How do I say that I broke it?" in body
            leaks += [(who, page, hit) for hit in found.findall(body)]
    assert leaks == []
    assert seen > 20
    send_notification_emails.call(list(Notification.objects.values_list("pk", flat=True)))
    mails = "".join(
        f"{mail.subject}{mail.body}{mail.alternatives}" for mail in mailoutbox if EMAIL not in mail.to
    )
    assert "broke it" in mails
    assert found.findall(mails) == []
    frames = "".join(
        text for event in ConversationEvent.objects.all() for text in texts_of(event, asked).values()
    )
    assert "I will tomorrow." in frames
    assert found.findall(frames) == []
    others = Notification.objects.exclude(recipient=made.who("member"))
    assert not others.filter(actor=made.who("member")).exists()
    assert not Activity.objects.filter(actor=made.who("member")).exists()


def without_members(body, made):
    """Members are listed in some corners of pages: that is no trace of who asked."""
    body = re.sub(r'<svg class="circle".*?</svg>', "", body, flags=re.DOTALL)
    return re.sub(r'<span class="faces".*?</span>', "", body, flags=re.DOTALL)


def test_their_own_export_does_not_say_it_either(made, django_capture_on_commit_callbacks):
    asked = in_everything(made, django_capture_on_commit_callbacks)
    data = export_data(made.who("member"))
    assert "I will" not in str(data["conversations"])
    assert "broke it" not in str(data["communities"])
    kinds = {row["kind"] for row in data["notifications"]["inbox"]}
    assert not [kind for kind in kinds if kind.startswith("seal")]
    assert Discussion.objects.get(pk=asked.pk).author is None


def test_the_box_on_the_form_and_what_it_says_after_an_error(made, client):
    client.force_login(made.who("member"))
    url = f"/talk/discussion/{made.question.pk}/"
    assert 'name="anonymous"' in client.get(made.question.get_absolute_url()).content.decode()
    again = client.post(url, {"body": "", "anonymous": "1"})
    assert (again.status_code, 'name="anonymous" value="1" checked' in again.content.decode()) == (400, True)
    page = client.post(url, {"body": "<p>Me too.</p>", "anonymous": "1"}, follow=True).content.decode()
    assert Comment.objects.get().is_anonymous
    assert 'name="anonymous" value="1" checked' in page
    client.force_login(made.who("moderator"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert f'href="/letters/{Seal.objects.get().pk}/"' in page


def test_asking_by_the_form(made, client):
    client.force_login(made.who("member"))
    fields = {"kind": "question", "title": "Who knows?", "community": made.number, "language": "en"}
    client.post("/discussions/new/", {**fields, "anonymous": "on", "is_beginner": "on"})
    asked = Discussion.objects.get(title="Who knows?")
    assert (asked.author, asked.is_anonymous, asked.is_beginner) == (None, True, True)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "A beginner&#x27;s question" in page or "A beginner's question" in page
    assert "Edit" in page
    made.community.allows_anonymous = False
    made.community.save(update_fields=["allows_anonymous"])
    assert 'name="anonymous"' not in client.get("/discussions/new/").content.decode()
