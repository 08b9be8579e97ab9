import pytest
from django.core.exceptions import PermissionDenied

from factories.communities import make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.actions import (
    post_comment,
    remove_comment,
    report_thing,
    settle_reports,
    undo_decision,
)
from kring.conversations.models import Comment, Decision, Report, Seal
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def say(made, who="member", **more):
    return post_comment(target=made.question, by=made.who(who), body="<p>Nonsense.</p>", **more)


def told(kind):
    rows = Notification.objects.filter(kind=kind).select_related("recipient").order_by("recipient__name")
    return [row.recipient.name for row in rows]


def test_a_report_tells_the_moderators_once_and_names_nobody(circle):
    made = circle()
    said = say(made)
    made.who("moderator"), made.who("lead")
    report_thing(thing=said, by=made.who("asker"), reason="unkind", text="Harsh.")
    report_thing(thing=said, by=made.who("asker"), reason="other")
    report_thing(thing=said, by=make_member(made.community).user, reason="wrong")
    assert Report.objects.values_list("reason", "audience").count() == 2
    assert told("report.made") == ["lead", "moderator"]
    row = Notification.objects.filter(kind="report.made").first()
    assert (row.actor, row.sentence) == (None, "Something was reported in Suppliers")


@pytest.mark.parametrize(("openness", "who"), [("private", "staff"), ("open", "guest")])
def test_who_may_not_read_it_reports_nothing(circle, openness, who):
    made = circle(openness)
    said = say(made)
    with pytest.raises(PermissionDenied):
        report_thing(thing=said, by=made.who(who), reason="unkind")
    assert not Report.objects.exists()


def test_ones_own_and_what_is_gone_are_not_reported(circle):
    made = circle()
    said = say(made)
    with pytest.raises(PermissionDenied):
        report_thing(thing=said, by=made.who("member"), reason="unkind")
    with pytest.raises(PermissionDenied):
        report_thing(thing=made.question, by=made.who("asker"), reason="unkind")
    remove_comment(comment=said, by=made.who("moderator"))
    with pytest.raises(PermissionDenied):
        report_thing(thing=Comment.objects.get(), by=made.who("asker"), reason="unkind")


def test_questions_and_lessons_are_reported_too(circle):
    made = circle()
    lesson = make_lesson(made.community, author=make_user())
    for thing in (made.question, lesson):
        report_thing(thing=thing, by=made.who("member"), reason="elsewhere")
        assert settle_reports(thing=thing, by=made.who("moderator"), upheld=True) == 1
    assert list(Decision.objects.values_list("verb", flat=True)) == ["report_upheld", "report_upheld"]


def test_leaving_it_as_it_is_thanks_who_reported_and_can_be_undone(circle):
    made = circle()
    said = say(made)
    report = report_thing(thing=said, by=made.who("asker"), reason="unkind")
    with pytest.raises(PermissionDenied):
        settle_reports(thing=said, by=made.who("member"), upheld=False)
    assert settle_reports(thing=said, by=made.who("moderator"), upheld=False, reason="Fair enough.") == 1
    report.refresh_from_db()
    assert report.state == "dismissed"
    row = Notification.objects.get(kind="report.settled")
    assert (row.recipient, row.actor) == (made.who("asker"), None)
    assert row.sentence == "A moderator looked at what you reported, and leaves it as it is"
    undo_decision(decision=Decision.objects.get(), by=made.who("lead"))
    report.refresh_from_db()
    assert report.state == "open"


def test_a_moderator_settles_no_report_about_themselves(circle):
    made = circle()
    said = say(made, "moderator")
    report_thing(thing=said, by=made.who("asker"), reason="unkind")
    assert told("report.made") == []
    with pytest.raises(PermissionDenied):
        settle_reports(thing=said, by=made.who("moderator"), upheld=False)


def test_removing_it_says_that_the_report_was_right(circle):
    made = circle()
    said = say(made)
    report = report_thing(thing=said, by=made.who("asker"), reason="unkind")
    remove_comment(comment=said, by=made.who("moderator"), reason="Not like this.")
    report.refresh_from_db()
    assert report.state == "upheld"
    assert told("report.settled") == ["Anouk Peeters"]


def test_reporting_on_the_page(circle, client):
    made = circle()
    said = say(made)
    client.force_login(made.who("asker"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert f'href="/report/comment/{said.pk}/"' in page
    refused = client.post(f"/report/comment/{said.pk}/", {"text": "Look at this"})
    assert (refused.status_code, "Look at this" in refused.content.decode()) == (400, True)
    answer = client.post(f"/report/comment/{said.pk}/", {"reason": "unkind", "text": "Harsh."}, follow=True)
    assert "Thank you. Those who look after this place are told" in answer.content.decode()
    assert Report.objects.get().text == "Harsh."


def test_reports_and_seals_go_with_what_they_are_about(circle):
    made = circle(allows_anonymous=True)
    said = say(made, anonymous=True)
    report_thing(thing=said, by=made.who("asker"), reason="unkind")
    report_thing(thing=made.question, by=made.who("member"), reason="other")
    made.question.delete()
    assert (Report.objects.count(), Seal.objects.count()) == (0, 0)
