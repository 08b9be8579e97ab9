"""What people are told of moderation, and how it reads."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..kinds import place_of
from ..models import Comment
from ..permissions import wrote_comment
from .decisions import label_of, register_undo, register_verb


def tell_held(comment: Comment, target: Any, audience: str) -> None:
    """Those who look after the place are told that something waits."""
    place = place_of(audience)
    notify(
        kind="comment.held",
        recipients=[one for one in place.moderators(audience) if not wrote_comment(one, comment)],
        actor=None,
        title=str(target),
        url=reverse("moderation"),
        audience=audience,
        group_key="moderation",
        dedupe_key=f"held:{comment.pk}:{comment.edited_at:%Y%m%d%H%M%S}"
        if comment.edited_at
        else f"held:{comment.pk}",
        data={"community": str(place.thing(audience) or ""), "reason": "lead"},
    )


def tell_released(comment: Comment, author: User) -> None:
    target: Any = comment.conversation.target
    notify(
        kind="comment.released",
        recipients=[author],
        actor=None,
        title=str(target),
        url=comment.url_on(target.get_absolute_url()),
        group_key=f"comment:{comment.pk}",
        dedupe_key=f"released:{comment.pk}:{comment.seq}",
        data={"language": getattr(target, "language", "")},
    )


def _place(row: Notification) -> dict[str, str]:
    return {"community": row.data.get("community", ""), "did": label_of(row.data.get("verb", ""))}


def _said(sentence: Any) -> Any:
    """A sentence that is always the same."""
    return lambda row: str(sentence)


def _reported(row: Notification) -> str:
    return _("Something was reported in %(community)s") % _place(row)


def _held(row: Notification) -> str:
    return _("A comment in %(community)s waits for a moderator") % _place(row)


def _decided(row: Notification) -> str:
    return _("A moderator of %(community)s %(did)s") % _place(row)


def _undone(row: Notification) -> str:
    return _("A moderator of %(community)s took a decision back") % _place(row)


def _appealed(row: Notification) -> str:
    return _("Somebody asks you to look again at a decision in %(community)s") % _place(row)


def _settled(row: Notification) -> str:
    if row.data.get("state") == "upheld":
        return _("Thank you: something was done about what you reported")
    return _("A moderator looked at what you reported, and leaves it as it is")


def _answered(row: Notification) -> str:
    if row.data.get("state") == "granted":
        return _("The decision you asked about is taken back")
    return _("Another moderator looked again, and the decision stays")


def register_kinds() -> None:
    work = gettext_lazy("Looking after communities: what waits, and what was decided")
    yours = gettext_lazy("Decisions about what you wrote")
    blind = gettext_lazy("Letters about what was written anonymously")
    looks_after = gettext_lazy("because you look after this community")
    about_you = gettext_lazy("because it is about you")
    for kind, sentence in (("report.made", _reported), ("comment.held", _held), ("appeal.made", _appealed)):
        register_kind(kind, sentence, work, group="moderation", why=looks_after)
    released = _said(gettext_lazy("A moderator looked at your comment; everybody sees it now"))
    for kind, sentence in (
        ("decision.made", _decided),
        ("decision.undone", _undone),
        ("appeal.answered", _answered),
        ("report.settled", _settled),
        ("comment.released", released),
    ):
        register_kind(kind, sentence, yours, group="decisions", why=about_you)
    _register_blind(blind)


def _register_blind(label: Any) -> None:
    """Not by mail, unless wanted: who reads it over the shoulder learns who wrote it."""
    sentences = {
        "seal.letter": gettext_lazy("Somebody who looks after the community wrote to you"),
        "seal.answer": gettext_lazy("Whoever wrote this anonymously answered"),
        "seal.opening": gettext_lazy("A lead asks to know who wrote this, and you to agree or not"),
        "seal.opened": gettext_lazy("Two who lead the community now know who wrote this"),
        "seal.blocked": gettext_lazy("For a while you write under your own name there"),
        "seal.decided": gettext_lazy("A moderator decided something about this"),
        "seal.undone": gettext_lazy("A moderator took back what was decided about this"),
        "seal.appealed": gettext_lazy("Another moderator looked again at what was decided about this"),
        "seal.released": gettext_lazy("A moderator looked at this; everybody sees it now"),
    }
    for kind, sentence in sentences.items():
        register_kind(
            kind,
            _said(sentence),
            label,
            email=False,
            group="letters",
            why=gettext_lazy("because you are part of it"),
            kept=False,
        )


def register_decisions() -> None:
    """What is decided in conversations, and how it is undone."""
    from .holding import undo_refusal
    from .letters import undo_block
    from .moderating import undo_pace, undo_removal
    from .reporting import undo_settling

    register_undo("comment_removed", undo_removal, gettext_lazy("removed a comment"))
    register_undo("comment_refused", undo_refusal, gettext_lazy("did not let a comment through"))
    register_verb("comment_released", gettext_lazy("let a comment through"))
    register_undo("report_dismissed", undo_settling, gettext_lazy("left as it is what was reported"))
    register_undo("report_upheld", undo_settling, gettext_lazy("did something about what was reported"))
    register_undo("conversation_closed", undo_pace, gettext_lazy("stopped new comments"))
    register_undo("conversation_opened", undo_pace, gettext_lazy("let new comments in again"))
    register_undo("conversation_paced", undo_pace, gettext_lazy("changed how fast a conversation goes"))
    register_undo(
        "anonymous_blocked", undo_block, gettext_lazy("asked somebody to write under their own name")
    )
    register_verb("seal_opened", gettext_lazy("agreed to know who wrote something"))
