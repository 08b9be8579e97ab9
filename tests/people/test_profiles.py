from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from factories.people import make_admin, make_guest, make_user
from kring.indexing.models import IndexChange
from kring.people import actions, panels, permissions
from kring.people.models import PersonSkill, Skill, Team
from kring.people.querysets import profile_progress

FORM = {"name": "Zoë Jansen"}
pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(800, 600), **options):
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def upload(content, name="me.png", kind="image/png"):
    return SimpleUploadedFile(name, content, kind)


def post(client, user, **fields):
    return client.post(f"/people/{user.pk}/edit/", FORM | fields)


def test_every_field_of_the_form_is_kept(client):
    team, boss, user = (
        actions.find_or_create_team(["Uitvoering", "Toetsing"]),
        make_user("Ada Beheer"),
        make_user(),
    )
    client.force_login(user)
    response = post(
        client,
        user,
        headline="Toetser",
        team=team.pk,
        manager="ada beheer",
        location="Utrecht",
        started_on="2020-05-01",
        languages=["nl", "fr"],
        about="<p>Hallo</p>",
        working_hours_mon_from="09:00",
        working_hours_mon_to="17:30",
    )
    assert response["Location"] == f"/people/{user.pk}/"
    user.refresh_from_db()
    profile = user.profile
    assert user.name == "Zoë Jansen"
    assert (profile.headline, profile.team, profile.manager) == ("Toetser", team, boss)
    assert (profile.location, profile.started_on) == ("Utrecht", date(2020, 5, 1))
    assert profile.languages == ["nl", "fr"]
    assert profile.working_hours == {"mon": ["09:00", "17:30"]}
    assert "Hallo" in profile.about


def test_an_error_keeps_what_was_typed_and_changes_nothing(client):
    user = make_user("Before", headline="Before")
    client.force_login(user)
    response = post(
        client, user, headline="After", working_hours_mon_from="17:00", working_hours_mon_to="09:00"
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["working_hours"]
    assert 'value="After"' in response.content.decode()
    user.refresh_from_db()
    assert (user.name, user.profile.headline) == ("Before", "Before")


def test_nobody_stands_above_themselves(client):
    top, middle, low = make_user("Top"), make_user("Middle"), make_user("Low")
    actions.edit_profile(person=middle, by=middle, manager=top)
    actions.edit_profile(person=low, by=low, manager=middle)
    for manager in (top, low):
        with pytest.raises(actions.CyclicManagerError):
            actions.edit_profile(person=top, by=top, manager=manager)
    client.force_login(top)
    assert list(post(client, top, manager=low.email).context["form"].errors) == ["manager"]
    top.profile.refresh_from_db()
    assert top.profile.manager is None


def test_two_colleagues_of_one_name_are_asked_apart(client):
    user, one, _ = make_user(), make_user("Jan Smit", email="jan@example.org"), make_user("Jan Smit")
    client.force_login(user)
    assert "Several people" in post(client, user, manager="Jan Smit").context["form"].errors["manager"][0]
    assert "no colleague" in post(client, user, manager="Piet").context["form"].errors["manager"][0]
    post(client, user, manager="jan@example.org")
    user.profile.refresh_from_db()
    assert user.profile.manager == one


def test_others_may_not_edit_and_administrators_may(client):
    user, other, admin = make_user(), make_user(), make_admin()
    client.force_login(other)
    assert post(client, user, headline="Hacked").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.edit_profile(person=user, by=other, headline="Hacked")
    client.force_login(admin)
    assert post(client, user, headline="Right").status_code == 302
    user.profile.refresh_from_db()
    assert user.profile.headline == "Right"


def test_a_picture_is_drawn_anew_small_and_square_without_exif(client):
    user = make_user()
    client.force_login(user)
    exif = Image.Exif()
    exif[0x010E] = "at home"
    content = picture("JPEG", (900, 700), exif=exif) + b"<script>alert(1)</script>"
    assert post(client, user, picture=upload(content, "me.jpg", "image/jpeg")).status_code == 302
    user.profile.refresh_from_db()
    assert user.profile.picture.name.startswith(f"people/{user.pk}/")
    stored = user.profile.picture.read()
    image = Image.open(BytesIO(stored))
    assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (512, 512), {})
    assert b"script" not in stored
    assert b"at home" not in stored


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a<script>", SVG, b"%PDF-1.4 no picture", picture("BMP"), b"\x89PNG\r\n\x1a\n" + b"0" * 99],
)
def test_what_is_no_picture_is_refused(client, content):
    user = make_user()
    client.force_login(user)
    response = post(client, user, headline="Kept", picture=upload(content))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["picture"]
    assert 'value="Kept"' in response.content.decode()


def test_too_large_a_picture_is_refused(client, monkeypatch):
    user = make_user()
    client.force_login(user)
    heavy = post(client, user, picture=upload(picture() + b"0" * (5 * 1024 * 1024)))
    assert "larger than 5 MB" in heavy.context["form"].errors["picture"][0]
    wide = post(client, user, picture=upload(picture(size=(9000, 9000))))
    assert "too many pixels" in wide.context["form"].errors["picture"][0]


def test_a_new_picture_takes_the_place_of_the_old_file(client, django_capture_on_commit_callbacks):
    user = make_user()
    client.force_login(user)
    post(client, user, picture=upload(picture()))
    user.profile.refresh_from_db()
    old = user.profile.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        post(client, user, picture=upload(picture("WEBP")))
    user.profile.refresh_from_db()
    assert not default_storage.exists(old)
    assert default_storage.exists(user.profile.picture.name)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, user, remove_picture="on")
    user.profile.refresh_from_db()
    assert not user.profile.picture


def test_a_picture_is_served_to_who_may_see_the_person(client):
    user = make_user()
    client.force_login(user)
    post(client, user, picture=upload(picture()))
    user.profile.refresh_from_db()
    response = client.get(user.profile.picture.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    client.force_login(make_guest())
    assert client.get(user.profile.picture.url).status_code == 404
    client.logout()
    assert client.get(user.profile.picture.url).status_code == 302


@pytest.mark.parametrize("name", ["nobodys/file.txt", "people/1/../../secret", "people/x", "people/"])
def test_files_of_nobody_are_not_there(client, name, settings):
    (settings.MEDIA_ROOT / "nobodys").mkdir()
    (settings.MEDIA_ROOT / "nobodys/file.txt").write_text("secret")
    client.force_login(make_admin())
    assert client.get(f"/media/{name}").status_code == 404


def test_guests_see_only_people_they_share_something_with(client, monkeypatch):
    guest, met, stranger = make_guest(), make_user(), make_user()
    monkeypatch.setattr(permissions, "_shared", [lambda user: [met.pk] if user == guest else []])
    client.force_login(guest)
    assert client.get(f"/people/{met.pk}/").status_code == 200
    assert client.get(f"/people/{guest.pk}/").status_code == 200
    assert client.get(f"/people/{stranger.pk}/").status_code == 404
    assert client.get(f"/people/{stranger.pk}/edit/").status_code == 404
    assert {one.pk for one in client.get("/people/").context["page"]} == {guest.pk, met.pk}
    assert client.get(f"/people/colleagues/?manager={stranger.name}").content.count(b"<option") == 0
    assert permissions.can_see_person(stranger, guest)


def test_a_guest_does_not_see_who_leads_a_person_they_meet(client, monkeypatch):
    guest, met, boss = make_guest(), make_user(), make_user("Hidden Boss")
    actions.edit_profile(person=met, by=met, manager=boss)
    monkeypatch.setattr(permissions, "_shared", [lambda user: [met.pk]])
    client.force_login(guest)
    assert "Hidden Boss" not in client.get(f"/people/{met.pk}/").content.decode()


def test_the_page_of_who_left_shows_the_name_only(client):
    left = make_user("Zoë Jansen", headline="Toetser", is_active=False)
    client.force_login(make_user())
    page = client.get(f"/people/{left.pk}/").content.decode()
    assert "Zoë Jansen" in page
    assert "No longer works here" in page
    assert "Toetser" not in page
    assert left.email not in page


def test_other_apps_show_panels_in_order(client, monkeypatch):
    monkeypatch.setattr(panels, "_panels", [])
    user, reader = make_user(), make_user()
    panels.register_panel(lambda by, person: f"<section>second {by.pk} {person.pk}</section>", order=20)
    panels.register_panel(lambda by, person: "<section>first</section>", order=10)
    panels.register_panel(lambda by, person: None, order=5)
    assert panels.panels_of(reader, user) == [
        "<section>first</section>",
        f"<section>second {reader.pk} {user.pk}</section>",
    ]
    client.force_login(reader)
    assert "<section>first</section>" in client.get(f"/people/{user.pk}/").content.decode()


def test_a_skill_is_found_in_either_language_or_made_in_the_readers(client):
    known = Skill.objects.create(label_en="Negotiating", label_nl="Onderhandelen")
    user = make_user(language="nl")
    client.force_login(user)
    for label in ("onderhandelen", "Bakken"):
        client.post(f"/people/{user.pk}/skills/", {"label": label, "direction": "offers", "level": 5})
    rows = PersonSkill.objects.filter(user=user).order_by("pk")
    assert rows[0].skill == known
    made = rows[1].skill
    assert (made.label_nl, made.label_en, rows[1].level) == ("Bakken", "", 5)


def test_adding_a_skill_twice_changes_its_level_and_removing_takes_it(client):
    user = make_user()
    client.force_login(user)
    actions.add_skill(person=user, by=user, label="Python", direction="offers", level=2)
    row = actions.add_skill(person=user, by=user, label="python", direction="offers", level=4)
    assert [(one.level, one.skill.label) for one in user.skills.all()] == [(4, "Python")]
    IndexChange.objects.all().delete()
    client.post(f"/people/{user.pk}/skills/{row.pk}/remove/")
    assert not user.skills.exists()
    assert IndexChange.objects.filter(kind="person", object_id=user.pk).exists()


def test_a_skill_of_somebody_else_is_not_removed(client):
    user, other = make_user(), make_user()
    row = actions.add_skill(person=user, by=user, label="Python", direction="offers", level=2)
    client.force_login(other)
    assert client.post(f"/people/{user.pk}/skills/{row.pk}/remove/").status_code == 403
    assert client.post(f"/people/{other.pk}/skills/{row.pk}/remove/").status_code == 404
    assert user.skills.count() == 1


def test_a_skill_form_with_an_error_keeps_the_label(client):
    user = make_user()
    client.force_login(user)
    response = client.post(
        f"/people/{user.pk}/skills/", {"label": "Python", "direction": "offers", "level": 9}
    )
    assert response.status_code == 422
    assert response.context["form"]["label"].value() == "Python"


def test_an_edit_is_noted_for_the_search(client):
    user = make_user()
    IndexChange.objects.all().delete()
    actions.edit_profile(person=user, by=user, headline="Toetser")
    assert set(IndexChange.objects.values_list("kind", "object_id")) == {("person", user.pk)}


def test_progress_says_what_is_filled():
    user = make_user()
    assert [key for key, done, _ in profile_progress(user) if done] == []
    user.language = "nl"
    for label in ("a", "b", "c"):
        actions.add_skill(person=user, by=user, label=label, direction="offers", level=3)
    actions.edit_profile(person=user, by=user, headline="x", working_hours={"mon": ["09:00", "17:00"]})
    assert [key for key, done, _ in profile_progress(user) if done] == [
        "language",
        "hours",
        "skills",
        "headline",
    ]


def test_teams_are_found_or_made_along_a_path():
    first = actions.find_or_create_team(["Uitvoering", "Toetsing"])
    assert actions.find_or_create_team(["uitvoering", "toetsing"]) == first
    assert Team.objects.count() == 2
    assert actions.find_or_create_team(["Toetsing"]) != first
    with pytest.raises(ValueError, match="name"):
        actions.find_or_create_team([])


def test_administrators_keep_the_teams(client):
    admin, user = make_admin(), make_user()
    team = actions.create_team(by=admin, name="Toetsing")
    actions.edit_profile(person=user, by=user, team=actions.create_team(by=admin, name="Noord", parent=team))
    with pytest.raises(actions.TeamExistsError):
        actions.create_team(by=admin, name="toetsing")
    client.force_login(user)
    assert client.post("/people/teams/", {"name": "Mine"}).status_code == 403
    assert client.post(f"/people/teams/{team.pk}/delete/").status_code == 403
    client.force_login(admin)
    client.post(f"/people/teams/{team.pk}/rename/", {"name": "Heffing"})
    team.refresh_from_db()
    assert team.name == "Heffing"
    client.post(f"/people/teams/{team.pk}/delete/")
    user.profile.refresh_from_db()
    assert user.profile.team is None
    assert not Team.objects.exists()
