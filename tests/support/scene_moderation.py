"""What waits for moderators in the scene, and what they decided."""

from typing import Any

from communities.models import CannedReply, CommunityPage, WordRule
from kring.activity.models import Activity
from kring.conversations.actions import appeal, ask_opening, post_comment, remove_comment, write_letter
from kring.conversations.models import Decision, Seal
from search.actions.tending import ADDED, add_synonyms

HELD = "zilverkraai"


def make_moderation(
    community: CommunityPage, people: dict[str, Any], target: Any, mark: str
) -> dict[str, Any]:
    """A held comment and an anonymous one by the member; two decisions about the author, one appealed."""
    CommunityPage.objects.filter(pk=community.pk).update(allows_anonymous=True)
    word = WordRule.objects.create(community=community, phrase=HELD, newcomers_only=False)
    reply = CannedReply.objects.create(community=community, title=mark, text=mark)
    member, author, moderator = people["member"], people["author"], people["moderator"]
    held = post_comment(target=target, by=member, body=f"<p>{mark} {HELD}</p>")
    hidden = post_comment(target=target, by=member, body=f"<p>{mark}</p>", anonymous=True)
    for _number in range(2):
        said = post_comment(target=target, by=author, body=f"<p>{mark}</p>")
        remove_comment(comment=said, by=moderator, reason=mark)
    first, second = Decision.objects.filter(affected=author).order_by("pk")
    seal = Seal.objects.about(hidden).get()
    write_letter(seal=seal, by=moderator, text=mark)
    # Of no community, and known to everybody.
    row = add_synonyms(language="nl", text="zonwering, zonnescherm", one_way=False, by=moderator)
    return {
        "synonyms": row.pk,
        "synonyms_added": Activity.objects.get(verb=ADDED).pk,
        "held": held.pk,
        "decision": first.pk,
        "appeal": appeal(decision=second, by=author, text=mark).pk,
        "seal": seal.pk,
        "opening": ask_opening(seal=seal, by=people["lead"], reason=mark).pk,
        "word": word.pk,
        "reply": reply.pk,
    }
