"""The form of an announcement says what an announcement needs."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_announces_is_helped_with_announcing_also_after_an_error(client, as_):
    made = as_("moderator")
    address = f"/discussions/new/?community={made.number}"
    announcing = client.get(f"{address}&kind=announcement").content.decode()
    asking = client.get(address).content.decode()
    for words in ("What they should know, in one sentence", "What changes, from when", "Who is told"):
        assert (words in announcing, words in asking) == (True, False)
    sent = {"kind": "announcement", "community": made.number, "title": "", "body": "The desk moves."}
    refused = client.post(address, {**sent, "language": "en"})
    page = refused.content.decode()
    assert (refused.status_code, "What changes, from when" in page, "The desk moves." in page) == (
        400,
        True,
        True,
    )
