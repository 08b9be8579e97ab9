"""Users, profiles, teams, skills and invitations."""

from .invitation import Invitation
from .profile import Profile
from .skill import PersonSkill, Skill
from .team import Team
from .user import User

__all__ = ["Invitation", "PersonSkill", "Profile", "Skill", "Team", "User"]
