"""Users, profiles, teams, skills and invitations."""

from .distance import Distance
from .invitation import Invitation
from .profile import DAYS, Profile
from .skill import LEVELS, PersonSkill, Skill
from .team import Team
from .user import User

__all__ = ["DAYS", "LEVELS", "Distance", "Invitation", "PersonSkill", "Profile", "Skill", "Team", "User"]
