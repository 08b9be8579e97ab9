"""A community that nobody outside may know of, with one of everything in it, and those outside.

Whatever is written in it carries a word that stands nowhere else: MARK and what it is. Its rows have rare
numbers (support.numbers), so that both can be looked for in bytes. `SAID` stands beside the words and may be
searched for.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from communities import actions
from communities.models import CannedReply, CommunityPage, Discussion, Nudge, Routing, SolvedToo, WordRule
from communities.permissions import forget_roles
from factories.communities import make_community, make_member
from factories.files import make_upload
from factories.people import make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations import actions as talk
from kring.conversations.models import Comment, Decision, Seal
from kring.conversations.permissions import targets
from kring.people.actions.distance import keep_distance
from kring.people.models import PersonSkill, Skill, User
from support.numbers import LATER, RARE, number_rows_from
from wiki.actions import create_lesson, edit_lesson
from wiki.models import LessonPage

MARK = "qvortel"
# Somebody whom only those inside meet; colleagues meet every guest.
STRANGER = "Wexlarina"
SAID = "kwartelslag"


def mark(what: str) -> str:
    return f"{MARK.title()}{what}"


@dataclass
class Hideout:
    """`outsiders` by what they are; `numbers` of what lies in it; `paths` below /communities/."""

    community: CommunityPage
    lead: User
    inside: User
    stranger: User
    invited: User
    rare: bool
    outsiders: dict[str, Any] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def make_outsiders(openness: str = "private", *, rare: bool = True) -> Hideout:
    """An empty hideout, whose community is called something harmless, and everybody who is not in it.

    All of them know its people from an open community. Without `rare`, numbers go on as usual.
    """
    open_one = make_community("Dyers", allows_anonymous=True)
    lead, inside, leaver, blocked = (make_user(one, language="en") for one in ("Lea", "Ina", "Fenna", "Bo"))
    stranger = make_guest(name=STRANGER, language="en")
    elsewhere, invited = make_guest(name="Gus", language="en"), make_user("Ivo")
    for person in (lead, inside, leaver, blocked, elsewhere):
        make_member(open_one, person, level="all")
    employee = make_user("Emma", language="en")
    if rare:
        number_rows_from(RARE)
    community = make_community("Quiet", openness=openness, allows_anonymous=True)
    make_member(community, lead, role="lead", level="all")
    for person in (inside, stranger, leaver):
        make_member(community, person, level="all")
    keep_distance(by=inside, other=blocked, kind="block")
    skill = Skill.objects.create(label_en="dyeing")
    PersonSkill.objects.create(user=inside, skill=skill, direction="offers", level=3)
    found = Hideout(community, lead, inside, stranger, invited, rare)
    found.outsiders = {
        "anonymous": None,
        "guest of another community": elsewhere,
        "employee": employee,
        "former member": leaver,
        "blocked": blocked,
    }
    return found


def took_part(hideout: Hideout) -> None:
    """The former member was somebody there: they kept, followed, thanked, were named, wrote."""
    leaver = hideout.outsiders["former member"]
    question = actions.start_discussion(
        by=hideout.inside, community=hideout.community, kind="question", title="Early", body="<p>Early</p>"
    )
    say = talk.post_comment(target=question, by=hideout.inside, body="<p>@Fenna, you know.</p>")
    talk.react(target=question, by=leaver, comment=say, kind="thanks")
    talk.keep(target=question, by=leaver)
    talk.keep(target=question, by=leaver, comment=say)
    talk.choose_following(target=question, by=leaver, state="follow")
    talk.post_comment(target=question, by=leaver, body="<p>I said this.</p>", kind="answer")
    actions.start_discussion(
        by=leaver, community=hideout.community, kind="question", title="Of mine", body="<p>Of mine</p>"
    )
    Routing.objects.create(discussion=question, user=leaver, why="dyeing")
    Nudge.objects.create(discussion=question, user=leaver)
    SolvedToo.objects.create(discussion=question, user=leaver)
    create_lesson(by=leaver, parent=hideout.community, title="Ours", why="<p>a</p>", authors=[leaver])


def left(hideout: Hideout) -> None:
    """And left; what they took part in goes on without them, and is called otherwise."""
    leaver = hideout.outsiders["former member"]
    question = Discussion.objects.get(title="Early")
    mine = Discussion.objects.get(title="Of mine")
    lesson = LessonPage.objects.get(title="Ours")
    actions.leave_community(community=hideout.community, by=leaver)
    forget_roles(leaver)
    edit_lesson(
        page=lesson,
        by=hideout.lead,
        seen_revision=lesson.latest_revision_id,
        title=mark("ours"),
        why=_text("ours why"),
    )
    actions.edit_discussion(discussion=mine, by=hideout.lead, tags=[mark("minetag")])
    actions.edit_discussion(
        discussion=question,
        by=hideout.inside,
        title=mark("later"),
        body=f"<p>{mark('laterbody')}</p>",
        tags=[mark("latertag")],
    )


def fill(hideout: Hideout) -> None:
    """One of everything."""
    community = _named(hideout)
    lead, inside = hideout.lead, hideout.inside
    shelf = [
        make_lesson(community, f"{mark('lesson')} {SAID}", author=inside, happened=_text("happened")),
        make_article(community, f"{mark('article')} {SAID}", author=inside, body=_text("article body")),
        make_article(community, f"{mark('draft')} {SAID}", author=inside, body=_text("draft"), live=False),
    ]
    for page in shelf[:2]:
        page.tags.add(mark("tag"), "dyeing")
        page.save()
        page.save_revision().publish()
    asked = actions.start_discussion(
        by=inside,
        community=community,
        kind="question",
        title=f"{mark('question')} {SAID}",
        body=_text("asked"),
        tags=["dyeing", mark("tag")],
    )
    _talk(hideout, asked)
    for kind in ("discussion", "announcement"):
        actions.start_discussion(
            by=lead, community=community, kind=kind, title=f"{mark(kind)} {SAID}", body=_text(kind)
        )
    hidden = actions.start_discussion(
        by=inside,
        community=community,
        kind="question",
        title=f"{mark('hidden')} {SAID}",
        body=_text("hidden body"),
        anonymous=True,
    )
    talk.write_letter(seal=Seal.objects.about(hidden).get(), by=lead, text=mark("letter"))
    actions.start_room(
        by=lead,
        community=community,
        title=f"{mark('room')} {SAID}",
        hosts=[inside],
        body=_text("room body"),
        starts_at=timezone.now() + timedelta(hours=1),
        ends_at=timezone.now() + timedelta(hours=2),
    )
    for page in shelf[:2]:
        talk.post_comment(target=page, by=inside, body=_text("page comment"))
    actions.curate(community=community, by=lead, page=shelf[0], why=mark("why"))
    actions.add_chapter(community=community, by=lead, title=mark("chapter"), source=mark("source"))
    actions.invite(community=community, by=lead, user=hideout.invited, message=mark("invitation"))
    if hideout.rare:
        number_rows_from(LATER)
    hideout.community = community
    hideout.paths = [page.url_path.split("/", 2)[2] for page in (community, *shelf)]
    # Pages, discussions and comments: the first of each are numbered alike.
    hideout.numbers = [*(RARE + number for number in range(1, 5)), hideout.stranger.pk]


def _named(hideout: Hideout) -> CommunityPage:
    """Only now it is called what it is called."""
    community = hideout.community
    actions.edit_community(
        community=community,
        by=hideout.lead,
        title=mark("community"),
        summary=f"{mark('summary')} {SAID}",
        purpose=_text("purpose"),
        rules=_text("rules"),
        welcome=_text("welcome"),
        tags=[mark("practice")],
    )
    CommunityPage.objects.get(pk=community.pk).save()
    WordRule.objects.create(community=community, phrase=mark("phrase"), newcomers_only=False)
    CannedReply.objects.create(community=community, title=mark("reply"), text=mark("replytext"))
    return CommunityPage.objects.get(pk=community.pk)


def _talk(hideout: Hideout, asked: Any) -> None:
    """Said, answered with a file, held, taken away, reported, thanked."""
    lead, inside, stranger = hideout.lead, hideout.inside, hideout.stranger
    note = talk.attach_file(target=asked, by=lead, upload=make_upload(f"{mark('file')}.txt"))
    answer = talk.post_comment(
        target=asked,
        by=lead,
        body=f"<p>@Ina @Emma @Bo @Fenna {mark('answer')} {SAID}</p>",
        kind="answer",
        files=[note],
    )
    hideout.files.append(note.file.name)
    actions.accept_answer(discussion=asked, by=inside, answer=answer)
    talk.post_comment(target=asked, by=stranger, body=_text("reply"), parent=answer)
    gone = talk.post_comment(target=asked, by=inside, body=_text("removed"))
    talk.remove_comment(comment=gone, by=lead, reason=mark("decision"))
    talk.appeal(decision=Decision.objects.get(object_id=gone.pk), by=inside, text=mark("appeal"))
    talk.post_comment(target=asked, by=inside, body=_text("phrase"))
    talk.report_thing(thing=answer, by=inside, reason="unkind", text=mark("report"))
    talk.react(target=asked, by=stranger, comment=answer, kind="thanks")
    talk.edit_comment(comment=Comment.objects.get(pk=answer.pk), by=lead, body=_text("edited"))


def merge_away(hideout: Hideout) -> None:
    """It goes on in another private community, which is called by a word of its own too."""
    into = make_community(mark("other"), openness="private")
    make_member(into, hideout.lead, role="lead")
    forget_roles(hideout.lead)
    actions.merge_communities(community=hideout.community, into=into, by=hideout.lead)


def keys_of_sockets() -> list[str]:
    """What the sockets of everything that can be talked about are called."""
    return [f"{entry.label}-{row.pk}" for entry in targets() for row in entry.model._default_manager.all()]


def _text(what: str) -> str:
    return f"<p>{mark(what.replace(' ', ''))} {SAID}</p>"
