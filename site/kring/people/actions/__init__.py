"""Writes about people. Sign-in, invitations and privacy stand in modules of their own."""

from .accounts import LastAdministratorError, deactivate, reactivate, set_access
from .profiles import CyclicManagerError, edit_profile, set_picture, set_preferences
from .skills import add_skill, find_or_create_skill, remove_skill
from .teams import TeamExistsError, create_team, delete_team, find_or_create_team, rename_team

__all__ = [
    "CyclicManagerError",
    "LastAdministratorError",
    "TeamExistsError",
    "add_skill",
    "create_team",
    "deactivate",
    "delete_team",
    "edit_profile",
    "find_or_create_skill",
    "find_or_create_team",
    "reactivate",
    "remove_skill",
    "rename_team",
    "set_access",
    "set_picture",
    "set_preferences",
]
