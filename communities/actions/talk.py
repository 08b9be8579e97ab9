"""What is said in a community."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from kring.conversations.models import Comment

from ..models import CommunityPage, Discussion


def comments_in(community: CommunityPage) -> Any:
    """What readers see in its discussions, in no order."""
    talk = {
        "conversation__content_type": ContentType.objects.get_for_model(Discussion),
        "conversation__object_id__in": community.discussions.standing().order_by().values("pk"),
    }
    return Comment.objects.present().filter(**talk).order_by()
