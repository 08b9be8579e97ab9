"""Naming people in what one says."""

import pytest

from communities.models import Membership
from factories.communities import make_member
from factories.people import make_user
from kring.conversations.actions import edit_comment, erase_comments, post_comment
from kring.conversations.live.frames import texts_of
from kring.conversations.models import Comment, Mention
from kring.notifications.models import Notification
from kring.people.models import Distance
from kring.ui.richtext.display import display, display_all
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def say(made, body, who="member", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def link(user, name=""):
    return f'<a linktype="person" id="{user.pk}">@{name or user.name}</a>'


def told(user):
    tell_all()
    return [(row.kind, row.sentence, row.why) for row in Notification.objects.filter(recipient=user)]


MENTIONED = ("comment.mention", "member mentioned you", "because you were mentioned")


def test_a_full_name_that_one_reader_has_is_meant(circle):
    made = circle("private")
    tom = make_member(made.community, make_user("Tom Willems", language="en")).user
    said = say(made, "<p>@tom  WILLEMS, would you know?</p>".replace("  ", " "))
    assert said.body == f"<p>{link(tom)}, would you know?</p>"
    assert list(Mention.objects.values_list("comment", "user")) == [(said.pk, tom.pk)]
    assert told(tom) == [MENTIONED]


def test_who_may_not_read_it_is_not_meant_and_nothing_tells_so(circle):
    made = circle("private")
    outsider, twins = make_user("Olga Outside"), [make_user("Twin Jansen") for _ in range(2)]
    for twin in twins:
        make_member(made.community, twin)
    body = "<p>@Olga Outside and @Twin Jansen and @Nobody Atall</p>"
    said = say(made, body)
    assert said.body == body
    forged = say(made, f"<p>{link(outsider)}</p>")
    assert forged.body == "<p>@Olga Outside</p>"
    assert not Mention.objects.exists()
    assert told(outsider) == told(twins[0]) == []


def test_a_link_with_another_name_gets_the_right_one(circle):
    made = circle()
    ruth = make_user("Ruth Bakker")
    assert say(made, f"<p>{link(ruth, 'Tom')}</p>").body == f"<p>{link(ruth)}</p>"


def test_one_who_blocks_is_not_mentioned_by_the_other(circle):
    made = circle()
    ruth = make_user("Ruth Bakker")
    Distance.objects.create(user=ruth, other=made.who("member"), kind="block")
    assert say(made, "<p>@Ruth Bakker</p>").body == "<p>@Ruth Bakker</p>"
    assert say(made, "<p>@Ruth Bakker</p>", "staff").body == f"<p>{link(ruth)}</p>"


def test_nobody_mentions_themselves_or_somebody_who_left(circle):
    made = circle()
    gone = make_user("Gone Long", is_active=False)
    assert say(made, "<p>@member and @Gone Long</p>").body == "<p>@member and @Gone Long</p>"
    assert told(gone) == []


def test_each_is_told_once_for_the_reason_that_counts_most(circle):
    made = circle()
    ruth = make_user("Ruth Bakker", language="en")
    first = say(made, "<p>Well.</p>", "asker")
    said = say(made, "<p>@Anouk Peeters and @Ruth Bakker</p>", parent=first)
    assert [kind for kind, *_ in told(made.who("asker"))] == ["comment.reply"]
    assert told(ruth) == [MENTIONED]
    edit_comment(comment=said, by=made.who("member"), body="<p>@Ruth Bakker again, and @staff</p>")
    assert told(ruth) == [MENTIONED]
    assert [kind for kind, *_ in told(made.who("staff"))] == []


def test_who_is_mentioned_by_a_change_is_told_then(circle):
    made = circle()
    ruth = make_user("Ruth Bakker", language="en")
    said = say(made, "<p>Well.</p>")
    edit_comment(comment=said, by=made.who("member"), body="<p>@Ruth Bakker, well.</p>")
    edit_comment(comment=said, by=made.who("member"), body="<p>Well.</p>")
    assert not Mention.objects.exists()
    edit_comment(comment=said, by=made.who("member"), body="<p>@Ruth Bakker, well!</p>")
    assert told(ruth) == [MENTIONED]


@pytest.mark.parametrize(("level", "heard"), [("all", 1), ("important", 1), ("mine", 1), ("none", 0)])
def test_it_concerns_oneself_at_every_level_but_none(circle, level, heard):
    made = circle()
    ruth = make_member(made.community, make_user("Ruth Bakker", language="en"), level=level).user
    assert Membership.objects.get(user=ruth).level == level
    say(made, "<p>@Ruth Bakker</p>")
    assert len(told(ruth)) == heard


def test_an_erased_person_is_mentioned_without_a_name(circle):
    made = circle()
    ruth = make_user("Ruth Bakker")
    said = say(made, "<p>@Ruth Bakker, well.</p>")
    edit_comment(comment=said, by=made.who("member"), body="<p>@Ruth Bakker, well!</p>")
    erase_comments(ruth)
    said = Comment.objects.get()
    assert (said.body, said.comment) == ("<p>@a former colleague, well!</p>", "@a former colleague, well!")
    assert said.revisions.get().body == "<p>@a former colleague, well.</p>"
    assert not Mention.objects.exists()


def suggested(client, made, words):
    response = client.get(f"/talk/discussion/{made.question.pk}/people/", {"q": words})
    return [person.name for person in response.context["people"]]


def test_readers_are_suggested_by_their_first_letters(client, as_):
    made = as_("member", "private")
    for name in ("Ruth Bakker", "Rutger Vos"):
        make_member(made.community, make_user(name))
    make_user("Ruth Outside")
    assert suggested(client, made, "rut") == ["Rutger Vos", "Ruth Bakker"]
    assert suggested(client, made, "bak") == ["Ruth Bakker"]
    assert suggested(client, made, "x") == []
    for number in range(9):
        make_member(made.community, make_user(f"Zed {number}"))
    assert len(suggested(client, made, "zed")) == 8


def test_without_letters_those_who_took_part_are_suggested(client, as_):
    made = as_("member")
    say(made, "<p>Well.</p>", "asker")
    say(made, "<p>Well.</p>")
    assert suggested(client, made, "") == ["Anouk Peeters"]


def test_a_guest_meets_only_those_they_share_a_community_with(client, as_):
    made = as_("guest who is a member")
    make_member(made.community, make_user("Ruth Bakker"))
    make_user("Ruth Elsewhere")
    assert suggested(client, made, "ruth") == ["Ruth Bakker"]
    said = say(made, "<p>@Ruth Elsewhere</p>", "guest who is a member")
    assert said.body == "<p>@Ruth Elsewhere</p>"


def test_suggestions_are_for_those_who_write_there(client, circle):
    made = circle("on_request")
    for who, status in (("member", 200), ("staff", 403), ("guest", 404)):
        client.force_login(made.who(who))
        assert client.get(f"/talk/discussion/{made.question.pk}/people/?q=a").status_code == status


def test_suggestions_cost_the_same_for_one_and_for_many(client, as_, django_assert_max_num_queries):
    made = as_("member", "private")
    for number in range(30):
        make_member(made.community, make_user(f"Zed {number}"))
    with django_assert_max_num_queries(14):
        assert len(suggested(client, made, "zed")) == 8


def test_a_mention_says_the_present_name_on_pages_and_in_frames(circle, client, django_assert_num_queries):
    made = circle()
    tom = make_member(made.community, make_user("Tom Willems", language="en")).user
    ruth = make_member(made.community, make_user("Ruth Aalders", language="en")).user
    said = [say(made, f"<p>{link(one)} knows.</p>") for one in (tom, ruth, tom)]
    tom.name = "Tom <Bos>"
    tom.save()
    client.force_login(made.who("asker"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert page.count("@Tom &lt;Bos&gt;</a> knows.") == 2
    assert page.count("@Ruth Aalders</a> knows.") == 1
    assert "@Tom Willems" not in page
    frame = texts_of(said[0].events.get(), made.question)["en"]
    assert "@Tom &lt;Bos&gt;</a> knows." in frame
    with django_assert_num_queries(1):
        display_all(one.body for one in said)


def test_who_is_gone_is_called_as_it_stands_there(circle):
    assert display('<p><a linktype="person" id="99999">@Ann</a></p>') == (
        '<p><a class="mention" href="/people/99999/">@Ann</a></p>'
    )
