"""The conversation under a page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from ..forms import CommentForm
from ..live.reactions import reactions_on
from ..live.rows import Row
from ..models import Comment, Conversation
from ..permissions import can_moderate_conversation, can_post_on, target_of

register = template.Library()

PAGE_SIZE = 50


class Talk:
    """What the template of a conversation shows. A fixed number of queries, however much was said."""

    def __init__(self, target: models.Model, user: Any, query: Any, accepted: Iterable[int]) -> None:
        self.target, self.user, self.accepted = target, user, list(accepted)
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
        self.reply = str(query.get("reply", ""))
        self._read(query)
        self.count = self.conversation.comment_count if self.conversation else 0

    def _read(self, query: Any) -> None:
        roots = self._root_ids()
        first = [(pk, gone) for pk, kind, gone in roots if not self.asks or kind == Comment.Kind.ANSWER]
        self.answer_count = sum(not gone for _pk, gone in first)
        aside = [pk for pk, kind, _gone in roots if self.asks and kind != Comment.Kind.ANSWER]
        self.page = self._page([pk for pk, _gone in first], query)
        beside = aside if self.page.number == 1 else []
        rows = self._rows([*self.page.object_list, *beside])
        self.rows = [rows[pk] for pk in self.page.object_list if pk in rows]
        said = [rows[pk] for pk in beside if pk in rows]
        self.aside = sorted(said, key=lambda row: (row.comment.submit_date, row.comment.pk))

    def _root_ids(self) -> list[tuple[int, str, bool]]:
        """(primary key, kind, removed) of what was said first: best first under a question, else by time."""
        if self.conversation is None:
            return []
        roots = Comment.objects.roots().filter(conversation=self.conversation)
        ordered = roots.best_first(self.accepted) if self.asks else roots.in_time()
        return list(ordered.values_list("pk", "kind", "is_removed"))

    def _page(self, ids: list[int], query: Any) -> Page:
        paginator = Paginator(ids, PAGE_SIZE)
        wanted = str(query.get("c") or self.reply)
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
            root = Comment.objects.filter(pk=int(wanted)).values_list("thread_id", flat=True).first()
            if root in ids:
                return paginator.get_page(ids.index(root) // PAGE_SIZE + 1)
        return paginator.get_page(query.get("talk"))

    def _rows(self, ids: list[int]) -> dict[int, Row]:
        if not ids:
            return {}
        wanted = Comment.objects.with_authors()
        rows = {one.pk: self._row(one) for one in wanted.filter(pk__in=ids)}
        for reply in wanted.replies_to(ids):
            rows[reply.thread_id].replies.append(self._row(reply))
        self._dress([one for row in rows.values() for one in (row, *row.replies)])
        return rows

    def _dress(self, rows: list[Row]) -> None:
        """Put beside the comments what is looked up for all of them at once."""
        reactions = reactions_on([row.comment for row in rows], self.user, self.target)
        for row in rows:
            row.reactions = reactions[row.comment.pk]

    def _row(self, comment: Comment) -> Row:
        mine = comment.user_id is not None and comment.user_id == self.user.pk
        return Row(
            comment=comment,
            wrote_it=comment.user_id is not None and comment.user_id in self.authors,
            may_edit=mine and self.may_post and not comment.is_removed,
            may_remove=(mine or self.may_moderate) and not comment.is_removed,
            accepted=comment.pk in self.accepted,
            mark=self.marks.get(comment.user_id or 0, ""),
            form=self._reply_form(comment),
        )

    def _reply_form(self, comment: Comment) -> CommentForm | None:
        if not self.may_post or comment.is_removed or self.reply != str(comment.pk):
            return None
        return reply_form(comment.user.get_short_name() if comment.user else comment.user_name)

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
    def post_url(self) -> str:
        return reverse("comment_new", args=[self.entry.label, self.target.pk])

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


def reply_form(name: str, data: Any = None) -> CommentForm:
    label = _("Your reply to %(name)s") % {"name": name} if name else _("Your reply")
    return CommentForm(data, label=label, auto_id="reply_%s")


@register.inclusion_tag("conversations/conversation.html", takes_context=True)
def conversation(
    context: template.Context,
    target: models.Model,
    accepted: Iterable[int] = (),
    accept_url: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """What was said about `target`, and the form to add to it.

    accepted: primary keys of the answers that helped. accept_url: where such answers are chosen, for those who
    may. level: of the heading.
    """
    request = context["request"]
    talk = Talk(target, request.user, request.GET, accepted)
    return {
        "talk": talk,
        "accept_url": accept_url,
        "level": level,
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
    }
