"""The conversation under a page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.people.permissions import distances_of
from kring.ui.richtext.display import display_all

from ..actions import mark_read
from ..forms import CommentForm
from ..live.frames import key_of
from ..models import Comment, Conversation
from ..permissions import can_moderate_conversation, can_post_on, target_of
from ..showing.anonymous import (
    is_anonymous_here,
    is_of_asker,
    letters_about,
    may_be_anonymous,
    of_asker,
    sealed_by,
)
from ..showing.attached import attached_to
from ..showing.kept import keeps
from ..showing.quoting import quote_from
from ..showing.reactions import reactions_on
from ..showing.rows import Row
from ..showing.unread import NOTHING_NEW, unread_of
from ..showing.window import PAGE_SIZE, Window, by_same, by_time, by_worth, number_in, replies_below
from ..showing.words import pace_in_words, spoken_words

register = template.Library()

ASIDE_SHOWN = 5


class Talk:
    """What the template of a conversation shows. A fixed number of queries, however much was said."""

    def __init__(
        self, target: models.Model, user: Any, query: Any, accepted: Iterable[int], accept_url: str = ""
    ) -> None:
        self.target, self.user, self.accepted, self.accept_url = target, user, list(accepted), accept_url
        self.entry = target_of(target)
        self.asks = self.entry.asks(target)
        self.conversation = Conversation.objects.about(target).first()
        self.locked = self.conversation is not None and self.conversation.locked
        self.may_post = can_post_on(user, target) and not self.locked
        self.may_moderate = can_moderate_conversation(user, target)
        authors = list(self.entry.authors(target))
        self.authors = {author.pk for author in authors}
        self.asker = authors[0] if self.asks and authors else None
        self.marks = self.entry.marks(target)
        self.distances = distances_of(user)
        self.sealed = sealed_by(user, self.conversation)
        self.sorts = self.entry.by_same(target)
        self.by_same = self.sorts and query.get("by") == "same"
        self.query, self.reply = query, str(query.get("reply", ""))
        self._read(query)
        self.count = self.conversation.comment_count if self.conversation else 0

    def _read(self, query: Any) -> None:
        """The rows of this page: what was said first, what was said beside a question, and what is new."""
        self.rows: list[Row] = []
        self.aside: list[Row] = []
        self.window = Window()
        self.unread = NOTHING_NEW
        self.answer_count = 0
        if self.conversation is None:
            return
        self.unread = unread_of(self.user, self.conversation, number_in(query, "since"))
        roots = Comment.objects.roots()
        beside: list[int] = []
        if self.asks:
            answers = roots.filter(kind=Comment.Kind.ANSWER)
            self.answer_count = self._given(answers.present().filter(conversation=self.conversation))
            self.window = by_worth(answers, self.conversation, query, self.accepted)
            said = roots.filter(kind=Comment.Kind.COMMENT, conversation=self.conversation)
            if self.window.earlier is None:
                beside = list(said.order_by("seq").values_list("pk", flat=True)[:PAGE_SIZE])
        else:
            page = by_same if self.by_same else by_time
            self.window = page(roots, self.conversation, query)
        rows = self._rows([*self.window.ids, *beside], opened=number_in(query, "thread"))
        self.rows = [rows[pk] for pk in self.window.ids if pk in rows]
        self.aside = [rows[pk] for pk in beside if pk in rows]

    def _given(self, answers: Any) -> int:
        """How many answers there are: what the asker adds is none, unless it was chosen."""
        own = of_asker(self.target, self.authors) & ~models.Q(pk__in=self.accepted)
        counted = answers.order_by().aggregate(all=models.Count("pk"), own=models.Count("pk", filter=own))
        return int(counted["all"] - counted["own"])

    def _rows(self, ids: list[int], opened: int) -> dict[int, Row]:
        if not ids:
            return {}
        found = Comment.objects.with_authors().filter(pk__in=ids)
        rows = {one.pk: self._row(one) for one in found}
        replies, more = replies_below(ids, opened)
        for reply in replies:
            rows[reply.thread_id].replies.append(self._row(reply))
        for pk, number in more.items():
            rows[pk].more = number
        self._dress([one for row in rows.values() for one in (row, *row.replies)])
        return rows

    def _dress(self, rows: list[Row]) -> None:
        """Put beside the comments what is looked up for all of them at once."""
        comments = [row.comment for row in rows]
        reactions = reactions_on(comments, self.user, self.target)
        files, kept = attached_to(comments), keeps(self.user, comments)
        letters = letters_about(comments) if self.may_moderate else {}
        texts = display_all(comment.body for comment in comments)
        for row, text in zip(rows, texts, strict=True):
            row.text = text
            row.letters = letters.get(row.comment.pk, 0)
            row.kept = row.comment.pk in kept
            row.reactions, row.files = reactions[row.comment.pk], files[row.comment.pk]

    def _row(self, comment: Comment) -> Row:
        openly = comment.user_id is not None and comment.user_id == self.user.pk
        mine = openly or comment.pk in self.sealed
        return Row(
            comment=comment,
            wrote_it=is_of_asker(comment, self.target, self.authors),
            muted=self.distances.get(comment.user_id or 0, ""),
            may_edit=mine and self.may_post and not comment.is_removed,
            may_remove=(mine or self.may_moderate) and not comment.is_removed,
            accepted=comment.pk in self.accepted,
            mark=self.marks.get(comment.user_id or 0, ""),
            is_new=self.unread.holds(comment, self.user),
            form=self._reply_form(comment),
        )

    def _reply_form(self, comment: Comment) -> CommentForm | None:
        if not self.may_post or comment.is_removed or self.reply != str(comment.pk):
            return None
        return reply_form(called(comment), initial=quote_from(self.query, comment))

    @property
    def replying(self) -> bool:
        """Whether a form stands under a comment, so that the one at the end steps aside."""
        below = any(row.form or any(reply.form for reply in row.replies) for row in [*self.rows, *self.aside])
        return below or self.aside_form is not None

    @property
    def aside_form(self) -> CommentForm | None:
        """The form for a comment on the question itself."""
        return comment_form() if self.asks and self.may_post and self.reply == "question" else None

    @property
    def form(self) -> CommentForm | None:
        if not self.may_post or self.replying:
            return None
        return answer_form() if self.asks else comment_form()

    @property
    def aside_first(self) -> list[Row]:
        return self.aside[:ASIDE_SHOWN]

    @property
    def aside_rest(self) -> list[Row]:
        """Folded away, so that the answers are not far below."""
        return self.aside[ASIDE_SHOWN:]

    @property
    def aside_open(self) -> bool:
        """Whether one of the folded ones is looked for, answered, or new."""
        wanted = number_in(self.query, "c") or number_in(self.query, "reply")
        below = [one for row in self.aside_rest for one in (row, *row.replies)]
        return any(row.is_new or row.comment.pk == wanted for row in below)

    @property
    def is_last(self) -> bool:
        """Whether what is said next belongs on this page."""
        return self.window.later is None

    @property
    def seq(self) -> int:
        """Everything up to here is on the page."""
        return self.conversation.seq if self.conversation else 0

    @property
    def socket(self) -> str:
        return f"/ws/conversations/{key_of(self.target)}/"

    @property
    def kept(self) -> str:
        """What links within the conversation keep of the address."""
        return "by=same&" if self.by_same else ""

    @property
    def roles(self) -> str:
        """What the reader may do, in the words of `data-for`."""
        may = {"writer": self.may_post, "moderator": self.may_moderate, "accepter": bool(self.accept_url)}
        return " ".join(role for role, yes in may.items() if yes)

    @property
    def words(self) -> str:
        return spoken_words()

    @property
    def muted(self) -> str:
        """Primary keys of whose words the browser folds away."""
        return " ".join(str(pk) for pk in self.distances)

    @property
    def may_be_anonymous(self) -> bool:
        return self.may_post and may_be_anonymous(self.entry.audience(self.target))

    @property
    def was_anonymous(self) -> bool:
        return self.may_be_anonymous and is_anonymous_here(self.user, self.target, self.sealed)

    @property
    def post_url(self) -> str:
        return reverse("comment_new", args=[self.entry.label, self.target.pk])

    @property
    def files_url(self) -> str:
        return reverse("file_new", args=[self.entry.label, self.target.pk])

    @property
    def pace(self) -> str:
        """How slowly the conversation goes for this reader, where somebody slowed it down."""
        if self.conversation is None or self.may_moderate:
            return ""
        return pace_in_words(self.conversation.slow_mode_seconds)

    @property
    def people_url(self) -> str:
        return reverse("people_to_mention", args=[self.entry.label, self.target.pk])

    @property
    def pace_url(self) -> str:
        if not self.may_moderate:
            return ""
        return reverse("conversation_pace", args=[self.entry.label, self.target.pk])

    @property
    def why_not(self) -> str:
        return "" if self.may_post or self.locked else self.entry.why_not(self.user, self.target)


def called(comment: Comment) -> str:
    """How one speaks to whoever wrote it."""
    if comment.is_anonymous:
        return comment.alias_name
    return comment.user.get_short_name() if comment.user else comment.user_name


def answer_form(data: Any = None) -> CommentForm:
    return CommentForm(
        data,
        label=_("Your answer"),
        help_text=_("A half answer is welcome. So is “I'd ask …”."),
        auto_id="answer_%s",
    )


def comment_form(data: Any = None) -> CommentForm:
    return CommentForm(
        data,
        label=_("Your comment"),
        help_text=_("Ask, add something, or say what you would do."),
        auto_id="comment_%s",
    )


def reply_form(name: str, data: Any = None, initial: str | None = None) -> CommentForm:
    label = _("Your reply to %(name)s") % {"name": name} if name else _("Your reply")
    return CommentForm(data, label=label, auto_id="reply_%s", initial={"body": initial} if initial else None)


@register.inclusion_tag("conversations/conversation.html", takes_context=True)
def conversation(
    context: template.Context,
    target: models.Model,
    accepted: Iterable[int] = (),
    accept_url: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """What was said about `target`, and the form to add to it.

    accepted: primary keys of the answers that helped. accept_url: where such answers are chosen, for those
    who may. level: of the heading.
    """
    request = context["request"]
    talk = Talk(target, request.user, request.GET, accepted, accept_url)
    if request.method == "GET" and talk.seq > talk.unread.seq:
        mark_read(target=target, by=request.user, seq=talk.seq)
    return {
        "talk": talk,
        "accept_url": accept_url,
        "level": level,
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
    }
