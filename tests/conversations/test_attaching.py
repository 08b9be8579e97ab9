"""Files with what one says."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from factories.files import make_picture, make_upload
from kring.conversations.actions import (
    NotAttachedError,
    NotPostedError,
    attach_file,
    attaching,
    delete_unposted,
    edit_comment,
    files_of,
    post_comment,
    remove_comment,
)
from kring.conversations.models import Attachment, Comment
from kring.conversations.permissions import can_read_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def zipped() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    return buffer.getvalue()


def attach(made, upload=None, who="member"):
    return attach_file(target=made.question, by=made.who(who), upload=upload or make_upload())


def say(made, who="member", **more):
    return post_comment(target=made.question, by=made.who(who), body="<p>Look.</p>", **more)


def address(made):
    return f"/talk/discussion/{made.question.pk}/"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("log.LOG", b"10:00 started", "text/plain"),
        ("list.csv", "naam;\xe9".encode("latin-1"), "text/csv"),
        ("plan.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("all.zip", zipped(), "application/zip"),
        ("plan.docx", zipped(), f"{attaching.OFFICE}.wordprocessingml.document"),
    ],
)
def test_what_colleagues_send_each_other_is_taken_as_it_is(circle, name, content, kind):
    row = attach(circle(), make_upload(name, content))
    assert (row.name, row.content_type, row.size, row.is_image) == (name, kind, len(content), False)
    assert default_storage.open(row.file.name).read() == content
    assert row.file.name.endswith(f".{name.rsplit('.')[-1].lower()}")


def test_a_picture_is_drawn_anew(circle):
    row = attach(circle(), make_picture("C:\\holiday\\desk.JPG"))
    assert (row.name, row.content_type, row.width, row.height) == ("desk.JPG", "image/jpeg", 40, 30)
    assert row.size == default_storage.size(row.file.name)


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (("page.html", b"<script>"), "page.html cannot be added"),
        (("drawing.svg", b"<svg/>"), "drawing.svg cannot be added"),
        (("noname", b"x"), "noname cannot be added"),
        (("photo.png", b"x"), "photo.png is no picture that we can read"),
        (("plan.pdf", b"<html>"), "plan.pdf is not what its name says"),
        (("plan.docx", b"PK but no archive"), "plan.docx is not what its name says"),
        (("log.txt", b"MZ\x00\x00"), "log.txt is not what its name says"),
        (("log.txt", b"x" * (attaching.MOST_BYTES + 1)), "log.txt is larger than 10 MB"),
    ],
)
def test_other_files_are_refused_by_name(circle, upload, why):
    made = circle()
    with pytest.raises(NotAttachedError, match=why):
        attach(made, make_upload(*upload))
    assert not Attachment.objects.exists()


def test_a_day_has_a_limit(circle, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_BYTES_A_DAY", 25)
    made = circle()
    attach(made)
    attach(made)
    with pytest.raises(NotAttachedError, match="more than 100 MB within a day"):
        attach(made)
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    attach(made)
    attach(made, who="asker")


def test_files_are_posted_with_a_comment_by_who_added_them(circle):
    made = circle()
    mine, others = attach(made), attach(made, who="asker")
    said = say(made, files=[mine, others])
    assert [(row.name, row.owner) for row in said.attachments.all()] == [("notes.txt", made.who("member"))]
    again = say(made, files=[mine])
    assert not again.attachments.exists()
    with pytest.raises(NotPostedError, match="At most five"):
        say(made, files=[attach(made) for _ in range(6)])
    assert Comment.objects.count() == 2


def test_who_may_not_write_adds_no_files(circle):
    made = circle("on_request")
    with pytest.raises(PermissionDenied):
        attach(made, who="staff")


def test_before_it_is_posted_only_its_owner_fetches_it(client, circle):
    made = circle("private")
    row = attach(made)
    seen = {}
    for who in ("member", "asker", "moderator", "administrator", "staff"):
        client.force_login(made.who(who))
        seen[who] = client.get(row.url).status_code
    assert seen == {"member": 200, "asker": 404, "moderator": 404, "administrator": 404, "staff": 404}


def test_then_its_readers_and_of_a_hidden_one_author_and_moderators(circle):
    made = circle("private")
    row = attach(made)
    said = say(made, files=[row])
    readers = ("member", "asker", "moderator", "staff", "guest")

    def who_may():
        return [who for who in readers if can_read_file(made.who(who), row.file.name)]

    assert who_may() == ["member", "asker", "moderator"]
    Comment.objects.filter(pk=said.pk).update(is_public=False)
    assert who_may() == ["member", "moderator"]
    Comment.objects.filter(pk=said.pk).update(is_public=True)
    remove_comment(comment=said, by=made.who("moderator"))
    assert who_may() == ["member", "moderator"]


def test_it_is_saved_under_its_own_name_and_never_run(client, as_):
    made = as_("staff")
    row = attach(made, make_upload("the plan.txt", b"Plan"))
    say(made, files=[row])
    response = client.get(row.url)
    assert response["Content-Disposition"] == 'attachment; filename="the plan.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    picture = attach(made, make_picture())
    say(made, files=[picture])
    shown = client.get(picture.url)
    assert shown["Content-Disposition"].startswith("inline")
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert f'<img src="{picture.url}" alt="desk.jpg" width="40" height="30"' in page
    assert f'href="{row.url}" download' in page


def test_what_its_author_removes_takes_the_files_along(circle, django_capture_on_commit_callbacks):
    made = circle()
    row = attach(made)
    said = say(made, files=[row])
    with django_capture_on_commit_callbacks(execute=True):
        remove_comment(comment=said, by=made.who("member"))
    assert not Attachment.objects.exists()
    assert not default_storage.exists(row.file.name)


def test_a_moderators_removal_keeps_them_for_the_record(circle):
    made = circle()
    said = say(made, files=[attach(made)])
    remove_comment(comment=said, by=made.who("moderator"))
    assert said.attachments.count() == 1


def test_what_was_never_posted_goes_after_a_day(circle, django_capture_on_commit_callbacks):
    made = circle()
    old, posted = attach(made), attach(made)
    say(made, files=[posted])
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=2))
    new = attach(made)
    with django_capture_on_commit_callbacks(execute=True):
        assert (delete_unposted(), delete_unposted()) == (1, 0)
    assert set(Attachment.objects.all()) == {posted, new}
    assert not default_storage.exists(old.file.name)


def test_without_a_name_only_pictures_go_along_and_belong_to_nobody(circle):
    made = circle()
    said = say(made, files=[attach(made, make_picture())])
    Comment.objects.filter(pk=said.pk).update(is_anonymous=True)
    with pytest.raises(NotAttachedError, match="Documents often say who made them"):
        attaching.check_files([attach(made)], anonymous=True)
    picture = attach(made, make_picture())
    attaching.claim_files(Comment.objects.get(pk=said.pk), made.who("member"), [picture])
    assert Attachment.objects.get(pk=picture.pk).owner is None


def test_files_are_sent_with_the_form(client, as_):
    made = as_("member")
    sent = {"body": "Look.", "kind": "answer", "files": [make_upload(), make_picture()]}
    assert client.post(address(made), sent).status_code == 302
    assert [row.name for row in Comment.objects.get().attachments.all()] == ["notes.txt", "desk.jpg"]


def test_a_refused_file_loses_neither_the_text_nor_the_others(client, as_):
    made = as_("member")
    sent = {"body": "A *long* text.", "kind": "answer", "files": [make_upload(), make_upload("a.exe", b"MZ")]}
    response = client.post(address(made), sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert "a.exe cannot be added" in page
    assert "A *long* text." in page
    kept = Attachment.objects.get()
    assert f'name="attachment" value="{kept.pk}" checked' in page
    client.post(address(made), {"body": "A *long* text.", "kind": "answer", "attachment": [kept.pk]})
    assert Attachment.objects.get().comment == Comment.objects.get()


def test_files_are_added_while_one_writes(client, circle):
    made = circle("on_request")
    where = f"{address(made)}files/"
    client.force_login(made.who("member"))
    response = client.post(where, {"files": [make_upload()]})
    assert response.status_code == 200
    assert f'value="{Attachment.objects.get().pk}"' in response.content.decode()
    refused = client.post(where, {"files": [make_upload("a.exe", b"MZ")]})
    assert (refused.status_code, "a.exe cannot be added" in refused.content.decode()) == (400, True)
    client.force_login(made.who("staff"))
    assert client.post(where, {"files": [make_upload()]}).status_code == 403


def test_files_are_changed_with_the_comment(client, as_):
    made = as_("member")
    stays, goes = attach(made), attach(made, make_picture())
    said = say(made, files=[stays, goes])
    where = f"/comments/{said.pk}/edit/"
    assert client.get(where).content.decode().count('name="attachment"') == 2
    sent = {"body": "Look.", "with_files": "1", "attachment": [stays.pk], "files": [make_upload("new.txt")]}
    client.post(where, sent)
    assert [row.name for row in said.attachments.all()] == ["notes.txt", "new.txt"]
    edit_comment(comment=said, by=made.who("member"), body="<p>Look there.</p>")
    assert said.attachments.count() == 2
    client.post(where, {"body": "Look.", "with_files": "1"})
    assert not said.attachments.exists()


def test_files_are_given_back_with_what_one_said(circle):
    made = circle()
    row = attach(made)
    assert files_of(made.who("member")) == [row.file.name]
    assert files_of(made.who("asker")) == []
