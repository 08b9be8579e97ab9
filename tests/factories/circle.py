"""A community with a question in it, and everybody who may come there, in every role."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, Permission

from communities.models import CommunityPage, Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user

ROLES = (
    "administrator",
    "lead",
    "moderator",
    "member",
    "guest who is a member",
    "staff",
    "reader of everything",
    "guest",
    "signed out",
)


@dataclass
class Circle:
    """A community with a question in it. `who(role)` makes somebody of that role."""

    community: CommunityPage
    question: Discussion
    people: dict[str, Any]

    def who(self, role: str) -> Any:
        if role not in self.people:
            self.people[role] = self._make(role)
        return self.people[role]

    def _make(self, role: str) -> Any:
        if role == "signed out":
            return AnonymousUser()
        if role == "administrator":
            return make_admin(name=role, language="en")
        user = make_guest(name=role, language="en") if "guest" in role else make_user(role, language="en")
        if role == "reader of everything":
            user.user_permissions.add(Permission.objects.get(codename="read_everything"))
        if role in {"lead", "moderator", "member", "guest who is a member"}:
            own = role if role in {"lead", "moderator"} else "member"
            make_member(self.community, user, role=own)
        return user

    @property
    def number(self) -> int:
        return self.community.pk


def make_circle(openness: str = "open", title: str = "Suppliers", **fields: Any) -> Circle:
    """Other fields as make_community() takes them. "asker" is who asked the question."""
    community = make_community(title, openness=openness, **fields)
    asker = make_member(community, make_user("Anouk Peeters", language="en")).user
    question = make_discussion(community, "May we keep the old numbers?", author=asker, body="<p>Well?</p>")
    return Circle(community, question, {"asker": asker})
