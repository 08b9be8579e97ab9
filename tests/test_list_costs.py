"""Every page with a list costs the same number of queries for 1 thing and for 30."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from communities.models import (
    CannedReply,
    Chapter,
    CoffeePair,
    CuratedItem,
    Invite,
    JoinRequest,
    Routing,
    SolvedToo,
    WordRule,
)
from factories.communities import make_community, make_discussion, make_member, make_root
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import (
    appeal,
    keep,
    post_comment,
    react,
    remove_comment,
    report_thing,
)
from kring.conversations.models import Comment, Decision
from kring.notifications.models import Notification
from kring.people.models import Distance, Invitation, PersonSkill, Skill, Team
from search.actions.tending import add_synonyms, change_synonyms
from support.indexing import index_all
from support.queries import cost, counted, growth

READERS = ("lead", "administrator", "guest")


class Shelf:
    """Lists that grow: `grow()` adds one thing to each, by somebody new."""

    def __init__(self) -> None:
        self.team = Team.add_root(name="Dyers")
        self.skill = Skill.objects.create(label_en="dyeing", label_nl="verven")
        self.community = make_community("Colours", summary="dyeing", form="think_club", tags=["dyeing"])
        lead, guest = make_user("Lead", team=self.team), make_guest(name="Guest")
        self.readers = {"lead": lead, "administrator": make_admin(name="Administrator"), "guest": guest}
        make_member(self.community, lead, role="lead")
        make_member(self.community, guest)
        for user in self.readers.values():
            PersonSkill.objects.create(user=user, skill=self.skill, direction="wants", level=1)
        self.author = self._person()
        self.lesson = make_lesson(self.community, "Dyeing wool", author=self.author)
        self.article = make_article(self.community, "Dyeing", author=self.author)
        self.question = make_discussion(self.community, "Which red?", author=self.author)
        self.branch = self.article
        ends = timezone.now() + timedelta(hours=1)
        self.room = make_discussion(self.community, "Ask anything", kind="room", ends_at=ends)

    def _person(self) -> Any:
        """A newcomer of a team of their own, under the first, who can dye."""
        self.team.refresh_from_db()
        user = make_user(team=self.team.add_child(name=f"Dyers {self.team.numchild + 1}"), headline="Dyes")
        user.profile.started_on = timezone.localdate()
        user.profile.manager = self.readers["lead"]
        user.profile.save()
        PersonSkill.objects.create(user=user, skill=self.skill, direction="offers", level=3)
        make_member(self.community, user)
        return user

    def grow(self) -> None:
        by = self._person()
        self._write(by)
        self._talk(by)
        # Nobody posts that much within five minutes.
        Comment.objects.update(submit_date=timezone.now() - timedelta(hours=1))
        self._moderate(by)
        self._tell(by)
        other = make_community(summary="dyeing")
        make_member(other, self.author)
        for user in (by, *self.readers.values()):
            make_member(other, user)
        self._ask_in(by)
        for user in (self.readers["lead"], self.readers["administrator"]):
            CoffeePair.objects.create(round=1).people.set([user, by])

    def _ask_in(self, by: Any) -> None:
        """Who asks to be let in, who was invited, and what is read."""
        JoinRequest.objects.create(community=self.community, user=make_user(team=self.team))
        for user in (make_user(team=self.team), make_user()):
            Invite.objects.create(community=self.community, user=user, by=by)
        asked = make_user(team=self.team)
        JoinRequest.objects.create(community=self.community, user=asked)
        Invite.objects.create(community=self.community, user=asked, by=by, state="accepted")
        talk = make_discussion(self.community, author=by, kind="discussion")
        Chapter.objects.create(community=self.community, title="Madder", discussion=talk)
        Chapter.objects.create(community=self.community, title="Woad")

    def _write(self, by: Any) -> None:
        for parent in (self.community, self.article):
            parent.refresh_from_db()
        for page in (
            make_lesson(self.community, author=by, happened="<p>dyeing</p>", outcome="success"),
            make_lesson(self.community, author=self.author),
            make_article(self.community, author=by, body="<p>dyeing</p>"),
            make_article(self.article, author=by),
            make_lesson(self.article, author=by),
        ):
            page.tags.add("dyeing")
            page.applies_to.add(self.community)
            page.save()
        self.branch.refresh_from_db()
        self.branch = make_article(self.branch, author=by)
        for page in (self.lesson, self.article):
            page.authors.add(by)
            page.save()
        CuratedItem.objects.create(community=self.community, page=self.lesson, why="dyeing")
        CuratedItem.objects.create(community=self.community, url="https://example.org", title="Elsewhere")

    def _talk(self, by: Any) -> None:
        question = make_discussion(self.community, author=by, body="<p>dyeing</p>")
        question.tags.add("dyeing")
        for thing in (self.question, question):
            kept = post_comment(target=thing, by=self.author, body="<p>Madder.</p>", kind="answer")
        answer = post_comment(target=self.question, by=by, body="<p>Cochineal.</p>", kind="answer")
        Routing.objects.create(discussion=self.question, user=by)
        SolvedToo.objects.create(discussion=self.question, user=by)
        self._announce(by)
        for parent in (kept, answer):
            post_comment(target=parent.conversation.target, by=by, body="<p>Thank you.</p>", parent=parent)
        for kind in ("thanks", "agree"):
            react(target=self.question, comment=answer, by=self.author, kind=kind)
            react(target=self.question, comment=kept, by=by, kind=kind)
        react(target=self.question, by=by, kind="same")
        for user in self.readers.values():
            keep(target=self.question, comment=answer, by=user, wanted=True)
            keep(target=question, by=user, wanted=True)
        for page in (self.lesson, self.article):
            said = post_comment(target=page, by=by, body="<p>Well.</p>")
            post_comment(target=page, by=self.author, body="<p>Yes.</p>", parent=said)

    def _announce(self, by: Any) -> None:
        """One more live room that runs, in which one more answers."""
        hour = timedelta(hours=1)
        when = {"starts_at": timezone.now() - hour, "ends_at": timezone.now() + hour}
        make_discussion(self.community, "Ask us", kind="room", author=by, **when).hosts.add(by)
        self.room.hosts.add(by)

    def _moderate(self, by: Any) -> None:
        """One more of everything that waits for moderators, and one more decision."""
        lead = self.readers["lead"]
        WordRule.objects.get_or_create(community=self.community, phrase="lye", newcomers_only=False)
        CannedReply.objects.create(community=self.community, title="Kind", text="Please.")
        post_comment(target=self.question, by=by, body="<p>With lye.</p>")
        said, gone = (post_comment(target=self.lesson, by=by, body="<p>Bah.</p>") for _ in range(2))
        report_thing(thing=said, by=self.author, reason="unkind")
        report_thing(thing=self.community.discussions.latest("pk"), by=self.author, reason="wrong")
        remove_comment(comment=gone, by=lead, reason="Please.")
        appeal(decision=Decision.objects.latest("pk"), by=by, text="Why?")
        JoinRequest.objects.create(community=self.community, user=make_user())
        old = timezone.now() - timedelta(days=3)
        make_discussion(self.community, author=by, created_at=old)
        words = f"dyeing{self.team.numchild}, colouring{self.team.numchild}"
        row = add_synonyms(language="en", text=words, one_way=False, by=self.readers["administrator"])
        change_synonyms(
            pk=row.pk, version=1, text=f"{words}s, tints{self.team.numchild}", one_way=False, by=lead
        )
        for user in self.readers.values():
            Distance.objects.create(user=user, other=make_user())

    def _tell(self, by: Any) -> None:
        number = Invitation.objects.count()
        Invitation.objects.create(
            email=f"new{number}@example.org",
            digest=f"{number:064}",
            invited_by=by,
            expires_at=timezone.now() + timedelta(days=3),
        )
        for user in self.readers.values():
            Notification.objects.create(
                recipient=user,
                kind="comment",
                actor=by,
                title=self.lesson.title,
                url=self.lesson.get_absolute_url(),
                group_key=f"thing:{number}",
            )

    def addresses(self, reader: str) -> list[str]:
        here, lead = self.community.pk, self.readers["lead"].pk
        found = [
            "/",
            "/communities/",
            self.community.get_absolute_url(),
            f"/communities/{here}/members/",
            f"/communities/{here}/reading/",
            "/discussions/",
            f"/discussions/?community={here}",
            self.question.get_absolute_url(),
            self.room.get_absolute_url(),
            "/lessons/",
            "/lessons/?outcome=success",
            f"/lessons/?community={here}",
            self.lesson.get_absolute_url(),
            "/wiki/",
            "/wiki/?sort=new",
            f"/wiki/?community={here}",
            self.article.get_absolute_url(),
            "/people/",
            "/people/?skill=dyeing",
            "/people/teams/",
            f"/people/{self.author.pk}/",
            "/people/skills/?label=d",
            "/people/colleagues/?manager=person",
            "/inbox/",
            "/inbox/?show=unread",
            "/kept/",
            "/settings/notifications/",
            "/settings/data/",
            "/settings/distance/",
            "/search/?q=dyeing",
            "/search/suggest/?q=dyei",
            "/search/similar/?title=dyeing+wool",
            "/lessons/new/",
            "/wiki/new/",
            "/discussions/new/",
            f"/pages/{self.article.pk}/edit/",
        ]
        if reader != "guest":
            found += [
                "/coffee/",
                f"/communities/{here}/front-page/",
                f"/communities/{here}/invite/",
                f"/communities/{here}/rules/",
                f"/communities/{here}/health/",
                "/moderation/",
                "/moderation/log/",
                "/moderation/week/",
                "/moderation/synonyms/?language=en",
                "/moderation/synonyms/log/",
                f"/communities/{here}/archive/",
                f"/pages/{self.lesson.pk}/edit/",
                f"/people/{lead}/",
            ]
        if reader == "administrator":
            found += ["/people/invitations/", f"/people/{self.author.pk}/skills/"]
        return found


def test_lists_cost_the_same_for_one_thing_and_for_thirty(db, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    make_root()
    shelf = Shelf()
    shelf.grow()
    few = _costs(shelf)
    for _ in range(29):
        shelf.grow()
    many = _costs(shelf)
    grown = {key: growth(few[key], many[key]) for key in few}
    assert {key: queries for key, queries in grown.items() if queries} == {}
    assert len(few) > 80


def _costs(shelf: Shelf) -> dict[tuple[str, str], Any]:
    """(reader, address) to what the page costs, after a first visit has filled what a process keeps."""
    index_all()
    found = {}
    for reader in READERS:
        client = Client(headers={"host": "localhost"})
        client.force_login(shelf.readers[reader])
        client.get("/")
        for address in shelf.addresses(reader):
            found[reader, address] = cost(client, address)
    return found


def test_the_measure_notices_a_query_for_each_row(db):
    costs = []
    for rows in (1, 30):
        with counted() as queries:
            for number in range(rows):
                Team.objects.filter(name=f"Team {number}").exists()
        costs.append(queries)
    few, many = costs
    assert growth(few, few) == []
    assert [found.partition(":")[0] for found in growth(few, many)] == ["29 more"]
