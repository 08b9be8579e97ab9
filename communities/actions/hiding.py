"""Taking a question or discussion out of everybody's sight, and bringing it back."""

from kring.conversations.actions import recheck
from kring.conversations.actions.moving import change_audience

from ..models import Discussion


def hide(discussion: Discussion) -> None:
    """Nobody finds in an inbox or a feed what was known of it, nor reads along. The caller saves the row."""
    _change(discussion, f"gone:{discussion.pk}")
    recheck()


def show_again(discussion: Discussion) -> None:
    """To the readers of its community, wherever it stands by now."""
    _change(discussion, discussion.community.audience)


def _change(discussion: Discussion, audience: str) -> None:
    """Reports and letters stay with those who look after the community."""
    change_audience(discussion, f"discussion:{discussion.pk}", audience, kept=())
