"""What the site has ready for people to send is read by everybody in their own language."""

import pytest
from django.utils import translation

from communities.actions import archive_community, request_to_join
from communities.actions.watching import STARTERS
from communities.models import JoinRequest
from kring.conversations.actions import post_comment, remove_comment
from kring.conversations.actions.decisions import verbs
from kring.conversations.models import Decision
from kring.ui.ready import as_kept, as_read

pytestmark = pytest.mark.django_db


def starter(language):
    with translation.override(language):
        return str(STARTERS[0][1])


def test_a_reply_to_start_with_is_kept_as_the_site_says_it(circle, client):
    made = circle()
    said = post_comment(target=made.question, by=made.who("member"), body="<p>Bah.</p>")
    remove_comment(comment=said, by=made.who("moderator"), reason=starter("nl").replace(" ", "\r\n", 1))
    decision = Decision.objects.get()
    assert decision.reason == starter("en")
    client.force_login(made.who("member"))
    assert starter("en") in client.get(f"/decisions/{decision.pk}/").content.decode()
    with translation.override("nl"):
        assert decision.why == starter("nl")
    assert starter("nl") != starter("en")


def test_what_somebody_wrote_is_kept_and_read_as_it_is():
    for text in ("", "Nee.", "Yes", "members"):
        assert as_kept(text) == text
        with translation.override("nl"):
            assert as_read(text) == text


def test_who_waited_for_an_archived_community_reads_it_in_their_language(circle):
    made = circle("on_request")
    request_to_join(community=made.community, by=made.who("staff"))
    with translation.override("nl"):
        archive_community(community=made.community, by=made.who("lead"))
        request = JoinRequest.objects.get()
        assert request.answer == "The community is archived."
        assert request.answer_read != request.answer


def test_every_verb_of_the_log_has_words_of_its_own():
    with translation.override("en"):
        labels = list(verbs().values())
    assert len(set(labels)) == len(labels)
