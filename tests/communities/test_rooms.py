from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from communities.actions import change_room, start_room
from communities.models import Discussion
from factories.communities import make_community, make_member
from factories.people import make_user
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def text(response):
    return response.content.decode()


def make_room(made, *, begins=HOUR, lasts=HOUR, hosts=None, by="moderator", **more):
    """A room that begins so long from now."""
    now = timezone.now()
    given = {"title": "Ask Ruth anything", "hosts": hosts or [made.who("member")], **more}
    return start_room(
        by=made.who(by),
        community=made.community,
        starts_at=now + begins,
        ends_at=now + begins + lasts,
        **given,
    )


def past(room):
    """As if it were over."""
    now = timezone.now()
    Discussion.objects.filter(pk=room.pk).update(starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    return Discussion.objects.get(pk=room.pk)


def running(room):
    Discussion.objects.filter(pk=room.pk).update(starts_at=timezone.now() - HOUR / 2)
    return Discussion.objects.get(pk=room.pk)


def test_hosts_and_members_are_told_of_it(circle):
    made = circle()
    make_member(made.community, make_user("Quiet"), level="mine")
    room = make_room(made)
    told = Notification.objects.order_by("recipient__name").values_list("recipient__name", "kind")
    assert list(told) == [("Anouk Peeters", "discussion.room"), ("member", "discussion.host")]
    assert (room.kind, room.author, list(room.hosts.all())) == (
        "room",
        made.who("moderator"),
        [made.who("member")],
    )
    row = Notification.objects.get(kind="discussion.host")
    assert row.sentence == "moderator asks you to answer questions in a live room"


@pytest.mark.parametrize("who", ["member", "staff", "reader of everything", "guest"])
def test_only_who_looks_after_the_community_announces_and_changes_it(circle, who):
    made = circle()
    with pytest.raises(PermissionDenied):
        make_room(made, by=who)
    room = make_room(made)
    with pytest.raises(PermissionDenied):
        change_room(room=room, by=made.who(who), hosts=[], starts_at=room.starts_at, ends_at=room.ends_at)


def test_times_and_hosts_must_fit(circle):
    made = circle("private")
    for field, wrong in (
        ("ends_at", {"lasts": -HOUR}),
        ("ends_at", {"begins": -3 * HOUR}),
        ("hosts", {"hosts": [made.who("staff")]}),
    ):
        with pytest.raises(ValidationError) as caught:
            make_room(made, **wrong)
        assert list(caught.value.message_dict) == [field]
    assert Discussion.objects.count() == 1


def test_questions_can_be_put_before_and_while_it_runs_and_not_afterwards(client, circle):
    made = circle()
    room = make_room(made)
    client.force_login(made.who("staff"))
    address = f"/talk/discussion/{room.pk}/"
    assert "You can put your question below already." in text(client.get(room.get_absolute_url()))
    assert client.post(address, {"body": "Early?"}).status_code == 302
    running(room)
    page = text(client.get(room.get_absolute_url()))
    assert "It runs now, until" in page
    assert client.post(address, {"body": "Now?"}).status_code == 302
    room = past(room)
    page = text(client.get(room.get_absolute_url()))
    assert page.count("This room is over. What was asked and answered stays here.") == 2
    assert "Early?" in page
    refused = client.post(address, {"body": "Late?"})
    assert refused.status_code == 403
    assert "Late?" in text(refused)
    with pytest.raises(PermissionDenied):
        post_comment(target=room, by=made.who("lead"), body="<p>Late.</p>")


def test_hosts_are_marked_beside_their_name(client, circle):
    made = circle()
    room = make_room(made)
    for who in ("member", "staff"):
        post_comment(target=room, by=made.who(who), body="<p>Hello.</p>")
    client.force_login(made.who("lead"))
    page = text(client.get(room.get_absolute_url()))
    assert page.count('<span class="badge">Host</span>') == 1
    assert "They answer:" in page


def test_it_stands_on_the_front_pages_until_it_is_over(client, circle):
    made = circle()
    room = make_room(made)
    far = make_room(made, begins=timedelta(days=9), title="Far away")
    client.force_login(made.who("staff"))
    front, home = text(client.get(made.community.get_absolute_url())), text(client.get("/"))
    assert ("Ask Ruth anything" in front, "Far away" in front) == (True, True)
    week = home.split('aria-label="This week"')[1]
    assert ("Ask Ruth anything" in week, "Far away" in week) == (True, False)
    for one in (room, far):
        past(one)
    assert "A live room:" not in text(client.get(made.community.get_absolute_url()))
    assert "A live room:" not in text(client.get("/"))


def test_a_room_of_a_private_community_is_for_its_members(client, circle):
    made = circle("private")
    room = make_room(made)
    client.force_login(made.who("staff"))
    assert "Ask Ruth" not in text(client.get("/"))
    assert client.get(room.get_absolute_url()).status_code == 404
    client.force_login(made.who("member"))
    assert "Ask Ruth" in text(client.get("/"))


def sent(made, **more):
    day = timezone.localtime() + timedelta(days=2)
    return {
        "title": "Ask Ruth anything",
        "body": "About suppliers.",
        "community": made.number,
        "hosts": "member",
        "starts_at": f"{day:%Y-%m-%d}T14:00",
        "ends_at": f"{day:%Y-%m-%d}T15:00",
        "language": "en",
        **more,
    }


def test_it_is_announced_by_form_and_changed_by_form(client, circle):
    made = circle()
    made.who("member")
    client.force_login(made.who("moderator"))
    assert (
        client.get(f"/discussions/room/?community={made.number}").context["form"]["community"].value()
        == made.number
    )
    answer = client.post("/discussions/room/", sent(made), follow=True)
    room = answer.context["discussion"]
    assert "It is announced." in text(answer)
    assert f"{timezone.localtime(room.starts_at):%H:%M}" == "14:00"
    assert [host.name for host in room.hosts.all()] == ["member"]
    form = client.get(f"/discussions/{room.pk}/room/").context["form"]
    assert (form["hosts"].value(), "T14:00" in str(form["starts_at"])) == ("member", True)
    changed = sent(made, hosts="member\nAnouk Peeters", title="Ask us")
    assert client.post(f"/discussions/{room.pk}/room/", changed).status_code == 302
    room.refresh_from_db()
    assert (room.title, room.hosts.count()) == ("Ask us", 2)
    assert client.get(f"/discussions/{made.question.pk}/room/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hosts": "Nobody at all"}, "Nobody here is called Nobody at all."),
        ({"hosts": ""}, "This field is required."),
        ({"ends_at": "2020-01-01T10:00"}, "It ends after it begins."),
        ({"hosts": "", "ends_at": "2020-01-01T10:00"}, "It ends after it begins."),
        ({"starts_at": "x"}, "Enter a valid date/time."),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(client, circle, wrong, words):
    made = circle()
    made.who("member")
    client.force_login(made.who("lead"))
    refused = client.post("/discussions/room/", sent(made, **wrong))
    assert refused.status_code == 400
    assert words in text(refused)
    assert 'value="Ask Ruth anything"' in text(refused)
    assert "About suppliers." in text(refused)


def test_who_looks_after_nothing_announces_nothing(client, circle):
    made = circle()
    make_community()
    client.force_login(made.who("member"))
    assert client.get("/discussions/room/").status_code == 403
    assert client.post("/discussions/room/", sent(made)).status_code == 403
