"""Pages about people."""

from .directory import colleague_options, people, skill_options, team_delete, team_rename, teams
from .distance import distances, person_distance
from .editing import access, close_account, open_account, person_edit, person_skills, skill_remove
from .invitations import invitation, invitation_resend, invitation_revoke, invitations
from .person import me, person
from .privacy import erase, export, own_data
from .settings import choose_language, settings, sign_in_settings

__all__ = [
    "access",
    "choose_language",
    "close_account",
    "colleague_options",
    "distances",
    "erase",
    "export",
    "invitation",
    "invitation_resend",
    "invitation_revoke",
    "invitations",
    "me",
    "open_account",
    "own_data",
    "people",
    "person",
    "person_distance",
    "person_edit",
    "person_skills",
    "settings",
    "sign_in_settings",
    "skill_options",
    "skill_remove",
    "team_delete",
    "team_rename",
    "teams",
]
