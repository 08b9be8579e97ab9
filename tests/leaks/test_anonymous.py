"""Who wrote something anonymously is found nowhere: in no page, mail, frame, table, index or cache.

The author has a name and a number that stand nowhere else. Whatever the site gives away or keeps is searched
for them in bytes, after all that can happen to an anonymous question and an anonymous answer.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail

from communities import actions
from communities.models import Discussion
from communities.permissions import forget_roles
from factories.communities import make_community, make_member
from factories.people import make_admin, make_user
from kring.conversations import actions as talk
from kring.conversations.live.frames import texts_of
from kring.conversations.models import Comment, ConversationEvent, Decision, Seal
from kring.notifications.actions import send_notification_emails
from kring.notifications.models import Notification
from kring.people.actions.privacy import erase, export_data
from kring.people.models import User
from support.access import Visitor
from support.every_address import every_address
from support.indexing import index_all
from support.numbers import RARE, number_rows_from
from support.traces import cached, indexed, rows, tables_with
from wiki.actions import create_lesson

NAME = "Wilhelmina Zonneschijn"
EMAIL = "wilhelmina.zonneschijn@example.org"
SAID = "zwartekraai"
FIRST = 5000
# What the site itself told them, in their inbox alone.
THEIR_OWN = {"notifications_notification"}
TRACE = re.compile(rf"{NAME}|wilhelmina|zonneschijn|(?<!\d){RARE + 1}(?!\d)", re.IGNORECASE)


@dataclass
class Made:
    community: Any
    other: Any
    author: User
    people: dict[str, User]


@pytest.fixture
def made(db):
    """An open community, of which the author is no member: nothing but what they write leads to them."""
    people = {name: make_user(name, language="en") for name in ("asker", "employee", "moderator", "lead")}
    people["administrator"] = make_admin(name="admin")
    number_rows_from(RARE, User)
    author = make_user(NAME, email=EMAIL, language="en")
    number_rows_from(RARE + 1000, User)
    number_rows_from(FIRST, Comment, Discussion, Seal, Decision, Notification)
    community, other = (make_community(title, allows_anonymous=True) for title in ("Forms", "Papers"))
    for name in ("moderator", "lead"):
        for place in (community, other):
            make_member(place, people[name], role=name, level="all")
    make_member(community, people["asker"], level="all")
    return Made(community, other, author, people)


def live_through_it(made) -> None:
    """An anonymous question and an anonymous answer, and everything that is done with them."""
    author, lead, moderator, asker = (
        made.author,
        *(made.people[one] for one in ("lead", "moderator", "asker")),
    )
    asked = ask(made, "Who broke it")
    answer = talk.post_comment(target=asked, by=asker, body="<p>Say it.</p>", kind="answer")
    reply = say(made, asked, "reply", parent=answer)
    talk.edit_comment(comment=reply, by=author, body=f"<p>{SAID} edited @asker</p>")
    talk.react(target=asked, by=asker, comment=reply, kind="thanks")
    talk.post_comment(target=asked, by=asker, body="<p>Good.</p>", parent=reply)
    actions.edit_discussion(discussion=asked, by=author, title=f"{SAID} Who broke it then", tags=["forms"])
    actions.accept_answer(discussion=asked, by=author, answer=answer)
    talk.report_thing(thing=asked, by=asker, reason="unkind")
    talk.settle_reports(thing=asked, by=moderator, upheld=False)
    seal = Seal.objects.about(asked).get()
    talk.write_letter(seal=seal, by=moderator, text="Is all well?")
    talk.write_letter(seal=seal, by=author, text="It is.")
    actions.move_discussion(discussion=asked, to=made.other, by=lead)
    asked.refresh_from_db()
    create_lesson(by=lead, parent=made.other, title="Grown", why="<p>a</p>", grown_from=asked)
    theirs = actions.start_discussion(
        by=asker, community=made.community, kind="question", title="Another", body="<p>?</p>"
    )
    _answers(made, theirs)
    again = ask(made, "Again")
    actions.merge_questions(duplicate=again, into=theirs, by=lead)
    gone = say(made, theirs, "gone")
    talk.remove_comment(comment=gone, by=moderator, reason="Bah")
    decision = Decision.objects.filter(object_id=gone.pk, verb="comment_removed").get()
    talk.appeal(decision=decision, by=author, text="Why?")
    talk.answer_appeal(appeal=decision.appeal, by=lead, granted=False, answer="So.")
    talk.ask_opening(seal=Seal.objects.about(gone).get(), by=lead, reason="A threat")
    talk.block_anonymous(seal=seal, by=moderator)
    actions.archive_community(community=made.other, by=lead)


def _answers(made, theirs: Discussion) -> None:
    author, lead, asker = made.author, made.people["lead"], made.people["asker"]
    helped = say(made, theirs, "answer", kind="answer")
    actions.accept_answer(discussion=theirs, by=asker, answer=helped)
    talk.report_thing(thing=helped, by=made.people["employee"], reason="wrong")
    apart = say(made, theirs, "apart")
    actions.split_comment(comment=apart, by=lead, title="Apart", kind="discussion")
    talk.keep(target=theirs, by=author, wanted=True)
    talk.keep(target=theirs, by=author, wanted=False)


def ask(made, title: str) -> Discussion:
    return actions.start_discussion(
        by=made.author,
        community=made.community,
        kind="question",
        title=f"{SAID} {title}",
        body=f"<p>{SAID}</p>",
        anonymous=True,
    )


def say(made, target, words: str, **more) -> Comment:
    return talk.post_comment(
        target=target, by=made.author, body=f"<p>{SAID} {words}</p>", anonymous=True, **more
    )


def pages(made) -> list[str]:
    """Every address about what was written, and lists of all sorts."""
    numbers = [*range(FIRST + 1, FIRST + 4), made.community.pk, made.author.pk]
    texts = {
        "path": [made.community.slug + "/"],
        "slug": ["x"],
        "name": ["x"],
        "secret": ["x"],
        "token": ["x"],
    }
    found = every_address(numbers, texts)
    lists = (
        f"/search/?q={SAID}",
        f"/search/suggest/?q={SAID[:5]}",
        f"/search/similar/?title={SAID}",
        f"/search/?q={SAID}&kind=question",
        "/discussions/?tag=forms",
        f"/discussions/?community={made.other.pk}",
        f"/moderation/log/?community={made.community.pk}",
    )
    # What counts as a trace of them there is their own page.
    return [one for one in (*found, *lists) if "/access/" not in one and "/erase/" not in one]


def traces_on(made, who: str, addresses: list[str]) -> dict[str, int]:
    """Address to how often the author is found on its page; a redirect is followed."""
    visitor, found = Visitor(made.people[who]), {}
    for address in addresses:
        answer = visitor.ask("GET", address)
        if answer.response.status_code in {301, 302} and "://" not in answer.response["Location"]:
            answer = visitor.ask("GET", answer.response["Location"])
        found[address] = len(TRACE.findall(answer.told.replace(address, "")))
    return found


def grown(made, who: str) -> dict[str, tuple[int, int]]:
    """The pages that name the author oftener afterwards; where anonymous words are beside them, too."""
    addresses = pages(made)
    before = traces_on(made, who, addresses)
    live_through_it(made)
    forget_roles(made.people["lead"])
    index_all(learns=True)
    after = traces_on(made, who, addresses)
    assert sum(SAID in Visitor(made.people[who]).ask("GET", one).body for one in ("/", f"/search/?q={SAID}"))
    return {one: (before[one], after[one]) for one in addresses if after[one] > before[one]}


@pytest.mark.slow
def test_a_moderator_finds_them_on_no_page(made):
    assert grown(made, "moderator") == {}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["asker", "employee", "lead", "administrator"])
def test_nobody_finds_them_on_any_page(made, who):
    assert grown(made, who) == {}


@pytest.mark.parametrize("who", ["employee", "lead"])
def test_on_their_own_page_is_nothing_of_what_they_wrote(made, who):
    live_through_it(made)
    index_all(learns=True)
    visitor = Visitor(made.people[who])
    for address in (f"/people/{made.author.pk}/", "/people/", f"/people/?words={NAME.split()[0]}"):
        assert SAID not in visitor.ask("GET", address).body, address


def test_no_table_index_cache_mail_or_frame_leads_to_them(made, django_capture_on_commit_callbacks):
    known = set(rows())
    with django_capture_on_commit_callbacks(execute=True):
        live_through_it(made)
    assert tables_with(TRACE, known) == THEIR_OWN
    others = Notification.objects.exclude(recipient=made.author)
    told = [f"{row.title} {row.url} {row.data} {row.actor_id}" for row in others]
    assert [one for one in told if TRACE.search(one)] == []
    assert any(SAID in one for one in told)
    assert [one for one in indexed() if TRACE.search(one) and SAID in one] == []
    assert [one for one in indexed() if TRACE.search(one) and NAME not in one] == []
    assert TRACE.findall(cached()) == []
    frames = "".join(
        text
        for event in ConversationEvent.objects.select_related("conversation")
        if event.conversation.target is not None
        for text in texts_of(event, event.conversation.target).values()
    )
    assert SAID in frames
    assert TRACE.findall(frames) == []
    send_notification_emails.call(list(Notification.objects.values_list("pk", flat=True)))
    mails = [
        f"{one.subject}{one.body}{one.alternatives}{one.extra_headers}"
        for one in mail.outbox
        if EMAIL not in one.to
    ]
    assert SAID in "".join(mails)
    assert TRACE.findall("".join(mails)) == []


def test_nobody_takes_them_along(made):
    live_through_it(made)
    for who, person in made.people.items():
        assert (who, TRACE.findall(str(export_data(User.objects.get(pk=person.pk))))) == (who, [])


def test_after_erasure_nothing_but_the_empty_account_is_left(made):
    known = set(rows())
    live_through_it(made)
    erase(person=User.objects.get(pk=made.author.pk), by=made.author)
    assert tables_with(TRACE, known) - {"people_user", "people_profile", "indexing_indexchange"} == set()
    assert Comment.objects.filter(body__contains=SAID).exists()
