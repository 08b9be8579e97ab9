"""A page that is made of a question and the answer that helped."""

from django.core.exceptions import PermissionDenied

from communities.actions.states import accepted_ids
from communities.models import CommunityPage, Discussion
from communities.permissions import can_read_discussion
from kring.conversations.models import Comment
from kring.people.models import User


def check_question(by: User, question: Discussion, community: CommunityPage) -> None:
    """It stands where the question does, so that nobody reads what was not for them.

    Raises PermissionDenied.
    """
    if not question.accepted_id or question.community_id != community.pk:
        raise PermissionDenied
    if not can_read_discussion(by, question):
        raise PermissionDenied


def outsiders_of(question: Discussion) -> list[dict[str, str]]:
    """Name, address and licence of those without an account whose words are taken over."""
    found = [question.attribution] if question.attribution and not question.author_id else []
    answers = Comment.objects.filter(pk__in=accepted_ids(question), user=None, is_anonymous=False)
    found += [
        {"name": one.user_name, "url": one.source_url, "licence": one.licence}
        for one in answers.exclude(user_name="").order_by("pk")
    ]
    return [one for place, one in enumerate(found) if one not in found[:place]]
