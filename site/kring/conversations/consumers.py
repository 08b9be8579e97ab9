"""The socket of a conversation. The contract: docs/live.md."""

import asyncio
import zoneinfo
from collections.abc import Awaitable, Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import actions
from .forms import CommentForm
from .kinds import place_of
from .live import hub
from .live.commands import BadCommandError, GoneError, Hello, Post, Seen, Typing, client_id_in, read_command
from .live.frames import events_after, frame, target_with, text_of
from .live.reader import GONE, Reader
from .live.threads import in_thread, in_writing_thread
from .models import Comment, Conversation
from .permissions import can_read_conversation, target_of

log = structlog.get_logger("kring.live")
SOCKETS_A_PERSON = 20
COMMANDS_MOST, COMMANDS_SECONDS = 40, 10.0

Message = dict[str, Any]


class ConversationSocket:
    """One browser that reads along. Rights are asked on opening, on each command and when they change."""

    def __init__(self, scope: Message, send: Callable[[Message], Awaitable[None]]) -> None:
        self.send = send
        # Servers other than our own have no such extension: frames go through send() then.
        self.write = scope.get("extensions", {}).get("kring.write", {}).get("write")
        self.key = scope["url_route"]["kwargs"]["key"]
        self.session_key = scope["cookies"].get(settings.SESSION_COOKIE_NAME)
        self.user: Any = None
        self.room: Any = None
        self.recent: list[float] = []
        self.reader: Any = None
        self.is_nameless = True

    async def run(self, receive: Callable[[], Awaitable[Message]]) -> None:
        await receive()
        if not await self._may_read():
            await self.send({"type": "websocket.close", "code": GONE})
            return
        await self.send({"type": "websocket.accept"})
        language = self.user.language or settings.LANGUAGE_CODE
        self.reader = Reader(self.key, self.user, language, self.send, self._may_read, self.write)
        writing = asyncio.get_running_loop().create_task(self.reader.write())
        try:
            await self._converse(receive, writing)
        finally:
            writing.cancel()
            await hub.current().leave(self.reader)

    async def _converse(self, receive: Callable[[], Awaitable[Message]], writing: asyncio.Task[None]) -> None:
        while not writing.done():
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            raw = message["bytes"] if message.get("bytes") is not None else message.get("text") or ""
            try:
                with translation.override(self.reader.language):
                    self._check_rate()
                    command = read_command(raw)
                await self._do(command)
            except BadCommandError as error:
                self._refuse(raw, error)
                if isinstance(error, GoneError):
                    self.reader.close(GONE)
            except Exception:
                log.exception("a command failed")
                with translation.override(self.reader.language):
                    words = _("Something went wrong here. Your text is still with you; try again.")
                self._refuse(raw, BadCommandError("internal", words, retry_after=5))

    def _refuse(self, raw: str | bytes, error: BadCommandError) -> None:
        more = {"client_id": client_id} if (client_id := client_id_in(raw)) else {}
        self.reader.push(frame("error", code=error.code, message=error.message, **more, **error.more))

    def _check_rate(self) -> None:
        now = asyncio.get_running_loop().time()
        self.recent = [at for at in self.recent if now - at < COMMANDS_SECONDS]
        if len(self.recent) >= COMMANDS_MOST:
            wait = round(COMMANDS_SECONDS - (now - self.recent[0]), 1)
            raise BadCommandError("rate", _("That was too much at once. Wait a moment."), retry_after=wait)
        self.recent.append(now)

    async def _do(self, command: Hello | Post | Typing | Seen) -> None:
        if isinstance(command, Hello):
            await self._hello(command)
        elif self.room is None:
            raise BadCommandError("order", _("Say hello first."))
        elif isinstance(command, Post):
            self.reader.push(await in_writing_thread(self._in_language, self._post, command))
            self.room.presence.typing(self.reader, False)
        elif isinstance(command, Typing):
            self.room.presence.typing(self.reader, command.on)
        else:
            await in_writing_thread(self._in_language, self._seen, command.seq)

    async def _hello(self, command: Hello) -> None:
        """Enter the room, send what was missed, and go live; again whenever the browser finds a gap."""
        if self.room is None and hub.current().windows_of(self.reader.user_id) >= SOCKETS_A_PERSON:
            raise BadCommandError("sockets", _("This is open in too many windows. Close some of them."))
        self.reader.pause()
        if self.room is None:
            self.reader.is_nameless = self.is_nameless
            self.room = await hub.current().enter(self.reader)
        texts, seq = await in_thread(self._in_language, self._missed, command.after)
        self.reader.push(frame("welcome", seq=seq, reset=texts is None))
        for text in texts or []:
            self.reader.push(text)
        self.reader.go_live(seq)

    async def _may_read(self) -> bool:
        return bool(await in_thread(self._may_read_now))

    def _may_read_now(self) -> bool:
        """Whether they are still signed in and may still read it."""
        self.user = self._signed_in()
        target = target_with(self.key)
        if target is None or not can_read_conversation(self.user, target):
            return False
        # Where one may write anonymously nobody is named as present: it would give writers away.
        audience = target_of(target).audience(target)
        self.is_nameless = bool(place_of(audience).allows_anonymous(audience))
        return True

    def _signed_in(self) -> Any:
        """Whoever the session belongs to by now; a session that ended belongs to nobody."""
        sessions = import_module(settings.SESSION_ENGINE)
        request: Any = SimpleNamespace(session=sessions.SessionStore(self.session_key))
        return get_user(request)

    def _missed(self, after: int) -> tuple[list[str] | None, int]:
        target = self._target()
        events = events_after(target, after)
        if events is None:
            about = Conversation.objects.about(target).first()
            return None, about.seq if about else 0
        return [text_of(event, target) for event in events], events[-1].seq if events else after

    def _post(self, command: Post) -> str:
        target = self._target()
        data = {"body": command.body, "body-format": command.format}
        form = CommentForm(data)
        if not form.is_valid():
            raise BadCommandError("body", " ".join(map(str, form.errors["body"])))
        try:
            comment = actions.post_comment(
                target=target,
                by=self.user,
                body=form.cleaned_data["body"],
                parent=self._parent(command),
                kind=command.kind,
                sending=command.client_id,
                anonymous=command.anonymous,
            )
        except PermissionDenied:
            raise BadCommandError("forbidden", _("You can read this, and not write here.")) from None
        except ValidationError as error:
            wait = getattr(error, "retry_after", 0)
            more = {"retry_after": wait} if wait else {}
            name = getattr(error, "name", "refused")
            raise BadCommandError(name, " ".join(error.messages), **more) from None
        held = not comment.is_public
        seq = 0 if held else comment.seq
        return frame("ack", client_id=command.client_id, seq=seq, id=comment.pk, held=held)

    def _parent(self, command: Post) -> Comment | None:
        if not command.reply_to:
            return None
        found = Comment.objects.select_related("conversation", "user").filter(pk=command.reply_to).first()
        if found is None or not found.is_public or found.conversation.target != self._target():
            raise BadCommandError(
                "gone", _("What you replied to was removed meanwhile. Your text is still here.")
            )
        return found

    def _seen(self, seq: int) -> None:
        actions.mark_read(target=self._target(), by=self.user, seq=seq)

    def _target(self) -> Any:
        target = target_with(self.key)
        if target is None or not can_read_conversation(self.user, target):
            raise GoneError("gone", _("This is no longer there."))
        return target

    def _in_language(self, work: Callable[..., Any], *args: Any) -> Any:
        """In the reader's language and zone, with the rights they have now."""
        self.user = self._signed_in()
        zone = zoneinfo.ZoneInfo(getattr(self.user, "time_zone", "") or settings.TIME_ZONE)
        with translation.override(self.reader.language), timezone.override(zone):
            return work(*args)


async def conversation(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> Any:
    await ConversationSocket(scope, send).run(receive)


_app: Any = conversation
websocket_urlpatterns = [path("ws/conversations/<slug:key>/", _app)]
