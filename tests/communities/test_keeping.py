"""Replies at hand and words that are looked at are changed where they stand."""

import pytest

from communities.actions.keeping import edit_reply, edit_word
from communities.models import CannedReply, WordRule
from factories.communities import make_community
from kring.activity.models import Activity
from support.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(circle):
    """A community that has one of each."""
    made = circle()
    made.reply = CannedReply.objects.create(community=made.community, title="Kind", text="Be kind.")
    made.rule = WordRule.objects.create(community=made.community, phrase="acme", newcomers_only=True)
    made.page = f"/communities/{made.number}/rules/"
    made.reply_url, made.rule_url = (
        f"{made.page}replies/{made.reply.pk}/",
        f"{made.page}words/{made.rule.pk}/",
    )
    return made


def test_the_list_leads_to_the_form_with_what_stands_there(kept, client):
    client.force_login(kept.who("moderator"))
    html = client.get(kept.page).content.decode()
    assert (f'href="{kept.reply_url}"' in html, f'href="{kept.rule_url}"' in html) == (True, True)
    assert 'value="Kind"' in client.get(kept.reply_url).content.decode()
    assert 'value="acme"' in client.get(kept.rule_url).content.decode()


def test_a_reply_is_changed_and_written_down(kept, client):
    moderator = kept.who("moderator")
    client.force_login(moderator)
    sent = {"title": "Kinder", "text": "Be kind.", "language": "nl"}
    page = client.post(kept.reply_url, sent, follow=True)
    assert page.redirect_chain == [(kept.page, 302)]
    assert "Kept." in text_of(page)
    kept.reply.refresh_from_db()
    assert (kept.reply.title, kept.reply.text, kept.reply.language) == ("Kinder", "Be kind.", "nl")
    row = Activity.objects.get(verb="reply_changed")
    assert (row.actor, row.data) == (
        moderator,
        {"title": "Kinder", "before": {"title": "Kind", "language": "en"}},
    )
    client.post(kept.reply_url, sent)
    assert Activity.objects.filter(verb="reply_changed").count() == 1


def test_a_rule_is_changed_and_holds_at_once(kept, client):
    moderator = kept.who("moderator")
    client.force_login(moderator)
    client.post(kept.rule_url, {"phrase": "acme corp", "then": "refuse", "why": "Call it the portal."})
    kept.rule.refresh_from_db()
    assert (kept.rule.phrase, kept.rule.then, kept.rule.newcomers_only, kept.rule.why) == (
        "acme corp",
        "refuse",
        False,
        "Call it the portal.",
    )
    row = Activity.objects.get(verb="rule_changed")
    assert (row.actor, row.data["before"]) == (
        moderator,
        {"phrase": "acme", "then": "hold", "newcomers_only": True, "why": ""},
    )


def test_a_refused_form_comes_back_with_what_was_typed(kept, client):
    client.force_login(kept.who("lead"))
    refused = client.post(kept.reply_url, {"title": "", "text": "Typed with care", "language": "en"})
    assert (refused.status_code, "Typed with care" in refused.content.decode()) == (400, True)
    refused = client.post(kept.rule_url, {"phrase": "", "then": "refuse", "why": "Typed with care"})
    assert (refused.status_code, "Typed with care" in refused.content.decode()) == (400, True)
    # Nothing at all was sent.
    assert client.post(kept.rule_url, {}).status_code == 400
    kept.reply.refresh_from_db()
    kept.rule.refresh_from_db()
    assert (
        kept.reply.title,
        kept.rule.phrase,
        Activity.objects.filter(verb__contains="changed").count(),
    ) == (
        "Kind",
        "acme",
        0,
    )


def test_only_those_who_moderate_there_change_it(kept, client):
    for role, status in (("member", 403), ("staff", 403)):
        client.force_login(kept.who(role))
        for url in (kept.reply_url, kept.rule_url):
            assert (client.get(url).status_code, client.post(url, {"phrase": "x"}).status_code) == (
                status,
                status,
            )
    client.force_login(kept.who("moderator"))
    elsewhere = make_community("Elsewhere")
    foreign = WordRule.objects.create(community=elsewhere, phrase="other")
    assert client.get(f"{kept.page}words/{foreign.pk}/").status_code == 404
    assert client.get(f"/communities/{elsewhere.pk}/rules/words/{foreign.pk}/").status_code == 403


def test_what_was_removed_meanwhile_is_not_there(kept, client):
    CannedReply.objects.all().delete()
    WordRule.objects.all().delete()
    moderator = kept.who("moderator")
    with pytest.raises(CannedReply.DoesNotExist):
        edit_reply(reply=CannedReply(pk=kept.reply.pk), by=moderator, title="A")
    with pytest.raises(WordRule.DoesNotExist):
        edit_word(rule=WordRule(pk=kept.rule.pk), by=moderator, phrase="A")
    client.force_login(moderator)
    assert client.post(kept.reply_url, {"title": "A", "text": "B", "language": "en"}).status_code == 404
