"""Writing down what moderators decide about things as search finds them."""

from typing import Any

from kring.conversations.actions import record_decision
from kring.indexing.registry import searchables
from kring.people.models import User
from search.engines import Hit

from ..models import CommunityPage


def record_about(
    hit: Hit, community: CommunityPage, by: User, *, verb: str, said: str = "", **data: Any
) -> None:
    """In the log of this community, under the thing's title. said: what goes before that. Nobody is told."""
    model = searchables()[hit.kind].model
    thing = model._default_manager.get(pk=hit.object_id) if model else community
    title = f"{said}{thing}"
    record_decision(
        verb=verb, thing=thing, by=by, audience=community.audience, title=title, data=data, tell=False
    )
