"""Telling people something, by inbox and by mail."""

from ..kinds import register_kind
from .holdings import erase_notifications, holdings_of
from .mailing import mail_or_hold, send_due_digests, send_held_mail, send_notification_emails
from .preferences import (
    choose_deliveries,
    keep_quiet,
    read_unsubscribe_link,
    unsubscribe,
    unsubscribe_link,
)
from .sending import notify

__all__ = [
    "choose_deliveries",
    "erase_notifications",
    "holdings_of",
    "keep_quiet",
    "mail_or_hold",
    "notify",
    "read_unsubscribe_link",
    "register_kind",
    "send_due_digests",
    "send_held_mail",
    "send_notification_emails",
    "unsubscribe",
    "unsubscribe_link",
]
