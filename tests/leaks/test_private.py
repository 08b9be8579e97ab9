"""No word and no number of a private community reaches those outside, wherever they ask.

The addresses come from the resolver: a new one is asked for by itself. What stands in the community carries
a word of its own and rare numbers, and is looked for in bytes.
"""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from kring.conversations.actions import suggest_people
from kring.notifications.actions import send_notification_emails
from kring.notifications.models import Notification, NotificationPreference
from kring.people.actions.privacy import export_data
from kring.people.models import User
from kring.worker.registry import periodic_tasks
from support.access import Visitor
from support.every_address import every_address
from support.hideout import MARK, SAID, STRANGER, fill, left, make_outsiders, merge_away, took_part
from support.indexing import index_all
from support.numbers import RARE
from support.telling import tell_all

# Whom it is told apart: colleagues meet every guest, guests and visitors only whom they share something with.
MEETS_NOBODY = {"anonymous", "guest of another community"}
OUTSIDERS = ("anonymous", "guest of another community", "employee", "former member", "blocked")
RARE_NUMBER = str(RARE)[:6]
# Words, filters and pages; the mark itself is asked for only by its beginning.
QUESTIONS = (
    *(f"/search/?q={words}" for words in (SAID, MARK, MARK[:-1], "dyeing", "Lea", f"{SAID}&kind=question")),
    *(f"/search/suggest/?q={words}" for words in (SAID[:6], MARK[:4], "dye", STRANGER[:4])),
    *(f"/search/similar/?title={words}" for words in (SAID, f"question+{SAID}")),
    *(
        f"/{place}/?{asks}"
        for place in ("discussions", "lessons", "wiki")
        for asks in (f"words={SAID}", "tag=dyeing", f"community={RARE + 1}", "sort=talk", "page=2")
    ),
    *(f"/communities/?{asks}" for asks in (f"words={SAID}", "tag=dyeing", "mine=1", "archived=1")),
    *(f"/people/?{asks}" for asks in ("skill=dyeing", f"words={STRANGER[:4]}", f"community={RARE + 1}")),
    f"/people/colleagues/?manager={STRANGER[:4]}",
    *(f"/discussions/new/?{asks}" for asks in (f"community={RARE + 1}", f"title={SAID}")),
    *(f"/discussions/start/?{asks}" for asks in (f"community={RARE + 1}", f"chapter={RARE + 1}")),
    *(
        f"/{place}/new/?{asks}"
        for place in ("lessons", "wiki")
        for asks in (f"community={RARE + 1}", f"discussion={RARE + 1}", f"comment={RARE + 1}")
    ),
    *(f"/moderation/{page}?community={RARE + 1}" for page in ("", "log/", "week/")),
    *(f"/inbox/?show={which}" for which in ("unread", "all")),
    *(f"/kept/?{asks}" for asks in ("", f"q={SAID}")),
)
# One body for every form: each field that any of them knows, pointing inside where it points.
SENDS = "&".join(
    f"{name}={value}"
    for name, value in {
        **dict.fromkeys(
            ("community", "into", "page", "parent", "comment", "opening", "item", "to", "answer_to"), RARE + 1
        ),
        **dict.fromkeys(
            ("title", "text", "body", "why", "message", "answer", "resolution", "learned", "name"), "Well"
        ),
        "kind": "question",
        "language": "en",
        "outcome": "accept",
        "reason": "unkind",
        "state": "follow",
        "keep": "yes",
        "give": "thanks",
        "role": "member",
        "level": "all",
        "upheld": "1",
        "granted": "1",
        "agree": "1",
        "form": "practice",
        "summary": "Well",
        "openness": "open",
        "url": "https://example.org",
        "email": "a@example.org",
        "direction": "offers",
        "label": "Spinning",
    }.items()
)


@pytest.fixture
def make_hideout(db, django_capture_on_commit_callbacks, mailoutbox):
    """make_hideout(state): "private", "on_request", or "merged". Everybody wants every mail."""

    def make(state="private"):
        made = make_outsiders("private" if state == "merged" else state)
        for person in filter(None, made.outsiders.values()):
            for group in ("comments", "discussions", "communities", "mentions", "moderation", "letters"):
                NotificationPreference.objects.create(user=person, group=group, delivery="each")
        with django_capture_on_commit_callbacks(execute=True):
            took_part(made)
            tell_all()
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            left(made)
            fill(made)
            tell_all()
            if state == "merged":
                merge_away(made)
        index_all(learns=True)
        return made

    return make


@pytest.fixture
def hideout(make_hideout):
    return make_hideout()


def traces_in(told: str, role: str) -> list[str]:
    """Words and numbers of what is inside."""
    sought = rf"{MARK}\w*|(?<!\d){RARE_NUMBER}\d+"
    if role in MEETS_NOBODY:
        sought += f"|{STRANGER}"
    return sorted(set(re.findall(sought, told, re.IGNORECASE)))


def leaks(hideout, role: str, asked: list[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    """What an outsider finds by these requests, apart from what they said themselves."""
    visitor, found = Visitor(hideout.outsiders[role]), []
    for method, address, sends in asked:
        answer = visitor.ask(method, address, sends)
        told = answer.told
        for own in (address, address.replace("&", "&amp;"), address.split("?")[0]):
            told = told.replace(own, "")
        asked_with = f"{address.partition('?')[2]} {sends}".lower()
        traces = [one for one in traces_in(told, role) if one.lower() not in asked_with]
        if traces or answer.response.status_code >= 500:
            found.append((role, method, address, str(answer.response.status_code), *traces))
    return found


def addresses_of(hideout) -> list[str]:
    texts = {
        "path": ["", *hideout.paths],
        "slug": ["early", "x"],
        "name": hideout.files,
        "secret": ["nonsense"],
        "token": ["nonsense"],
    }
    return [*every_address(hideout.numbers, texts), *QUESTIONS]


def test_a_colleague_reads_no_word_of_it_on_any_page(hideout):
    asked = [("GET", address, "") for address in addresses_of(hideout)]
    assert leaks(hideout, "employee", asked) == []
    assert len(asked) > 350


# Who may read nothing of it. What is on request is read by every colleague.
OUTSIDE = [
    *(("private", role) for role in OUTSIDERS),
    ("merged", "employee"),
    ("merged", "former member"),
    ("on_request", "guest of another community"),
    ("on_request", "anonymous"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("state", "role"), [one for one in OUTSIDE if one != ("private", "employee")])
def test_nobody_outside_reads_a_word_of_it(make_hideout, state, role):
    made = make_hideout(state)
    assert leaks(made, role, [("GET", address, "") for address in addresses_of(made)]) == []


@pytest.mark.slow
@pytest.mark.parametrize(("state", "role"), OUTSIDE)
def test_nobody_outside_gets_a_word_of_it_by_sending(make_hideout, state, role):
    made = make_hideout(state)
    assert leaks(made, role, [("POST", address, SENDS) for address in addresses_of(made)]) == []


def test_members_do_find_what_is_looked_for(hideout):
    """Else the tests above would pass on an empty site."""
    visitor = Visitor(hideout.inside)
    for address in ("/", f"/search/?q={SAID}", "/inbox/", f"/discussions/{RARE + 3}/", "/lessons/"):
        answer = visitor.ask("GET", address)
        assert MARK in answer.told.lower(), address


def test_nothing_of_it_is_told_or_mailed_outside(hideout, mailoutbox, django_capture_on_commit_callbacks):
    monday = timezone.localtime().replace(hour=9) + timedelta(days=7 - timezone.localtime().weekday())
    with django_capture_on_commit_callbacks(execute=True):
        for periodic in periodic_tasks():
            with patch("django.utils.timezone.now", lambda: monday):
                periodic.task.call()
        send_notification_emails.call(list(Notification.objects.values_list("pk", flat=True)))
    outside = {person.email: role for role, person in hideout.outsiders.items() if person}
    told = [
        (outside[address], traces_in(f"{mail.subject}{mail.body}{mail.alternatives}{mail.extra_headers}", ""))
        for mail in mailoutbox
        for address in mail.to
        if address in outside
    ]
    assert [one for one in told if one[1]] == []
    inside = [mail for mail in mailoutbox if hideout.inside.email in mail.to and MARK in mail.body.lower()]
    assert inside
    for role, person in hideout.outsiders.items():
        rows = Notification.objects.inbox_of(person) if person else []
        assert [
            (role, row.kind, row.title) for row in rows if traces_in(f"{row.title}{row.url}{row.data}", role)
        ] == []


def test_what_outsiders_take_along_holds_no_word_of_it(hideout):
    found = {
        role: re.findall(rf"{MARK}\w*", str(export_data(User.objects.get(pk=person.pk))), re.IGNORECASE)
        for role, person in hideout.outsiders.items()
        if person
    }
    assert found == {role: [] for role in found}


def test_nobody_outside_is_suggested_to_be_named_there(hideout):
    from communities.models import Discussion

    asked = Discussion.objects.get(title__contains="Qvortelquestion")
    for words in ("Emma", "Gus", "Fenna", "Bo"):
        assert suggest_people(asked, words, by=hideout.lead) == []
