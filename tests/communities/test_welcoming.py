"""What a new member reads, who knows what, and what a new community starts from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions import answer_request, join_community, put_welcome_away, request_to_join
from communities.forms.starting import SHAPES, TEXTS, start_of
from communities.models import CommunityPage, Discussion, Membership
from factories.communities import make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.activity.models import Activity
from kring.conversations.actions import post_comment
from kring.people.models import PersonSkill, Skill

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_new_member_reads_the_welcome_until_they_put_it_away(client, as_):
    made = as_("staff", welcome="<p>Say hello to Ruth.</p>")
    front = made.community.get_absolute_url()
    assert "Say hello to Ruth." not in text(client.get(front))
    join_community(community=made.community, by=made.who("staff"))
    assert "Say hello to Ruth." in text(client.get(front))
    for _ in range(2):
        assert client.post(f"/communities/{made.number}/welcome/")["Location"] == front
    assert "Say hello to Ruth." not in text(client.get(front))
    assert Activity.objects.filter(verb="read_welcome").count() == 1


def test_it_is_for_new_members(client, as_):
    made = as_("member", welcome="<p>Say hello to Ruth.</p>")
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=31))
    assert "Say hello to Ruth." not in text(client.get(made.community.get_absolute_url()))
    put_welcome_away(community=made.community, by=made.who("staff"))
    assert Activity.objects.filter(verb="read_welcome").count() == 0


def test_who_is_let_in_reads_the_answer_with_it(client, as_):
    made = as_("staff", "on_request")
    asked = request_to_join(community=made.community, by=made.who("staff"))
    answer_request(request=asked, by=made.who("lead"), accept=True, answer="Gladly, come in.")
    page = text(client.get(made.community.get_absolute_url()))
    assert "lead wrote to you:" in page
    assert "Gladly, come in." in page


def test_who_knows_what_in_a_community(client, as_):
    made = as_("member")
    first, second = (Skill.objects.create(label_en=name) for name in ("testing", "weaving"))
    people = [make_member(made.community, make_user(name)).user for name in ("Ann", "Bea", "Cas", "Dirk")]
    for level, user in enumerate(people, 1):
        PersonSkill.objects.create(user=user, skill=second, direction="offers", level=level)
    PersonSkill.objects.create(user=people[0], skill=first, direction="offers", level=3)
    outsider, gone = make_user("Out"), make_member(made.community, make_user("Gone", is_active=False)).user
    for user in (outsider, gone):
        PersonSkill.objects.create(user=user, skill=first, direction="offers", level=5)
    PersonSkill.objects.create(user=people[1], skill=first, direction="wants", level=1)

    page = text(client.get(made.community.get_absolute_url()))
    panel = page[page.index("Who knows what") : page.index("</dl>")]

    assert panel.index("Weaving") < panel.index("Testing")
    assert [name for name in ("Ann", "Bea", "Cas", "Dirk", "Out", "Gone") if name in panel] == [
        *("Ann", "Bea", "Cas", "Dirk")
    ]
    assert panel.index("Dirk") < panel.index("Cas") < panel.index("Bea") < panel.index("and 1 more")


def test_without_skills_there_is_no_panel(client, as_):
    made = as_("member")
    assert "Who knows what" not in text(client.get(made.community.get_absolute_url()))


@pytest.mark.parametrize("form", CommunityPage.Form.values)
def test_each_form_brings_texts_in_both_languages(form):
    assert form in SHAPES
    assert all(TEXTS[form, "en"][name] != TEXTS[form, "nl"][name] for name in ("purpose", "rules", "welcome"))
    assert start_of(form, "nl")["purpose"] == TEXTS[form, "nl"]["purpose"]
    assert start_of("king", "en") == {}


def test_founding_begins_from_a_form(client, as_):
    as_("administrator")
    for form, openness in (("intervision", "private"), ("think_club", "open")):
        page = client.get(f"/new-community/?form={form}&language=nl")
        values = {one.name: one.value() for one in page.context["form"]}
        assert (values["form"], values["openness"], values["language"]) == (form, openness, "nl")
        assert values["purpose"] == TEXTS[form, "nl"]["purpose"]
    plain = client.get("/new-community/?form=king")
    assert plain.context["chosen"] == ""
    assert plain.context["form"]["purpose"].value() in (None, "")


def test_a_think_club_goes_on_with_its_reading_list(client, as_):
    as_("administrator")
    sent = {"form": "think_club", "title": "Readers", "openness": "open", "language": "en", "welcome": "Hi"}
    refused = client.post("/new-community/", sent | {"title": ""})
    assert refused.context["chosen"] == "think_club"
    response = client.post("/new-community/", sent, follow=True)
    made = CommunityPage.objects.get(title="Readers")
    assert response.redirect_chain == [(f"/communities/{made.pk}/reading/", 302)]
    assert (made.form, made.welcome) == ("think_club", "<p>Hi</p>")


def test_leads_change_the_welcome_and_the_form(client, as_):
    made = as_("lead")
    sent = {
        "title": "Suppliers",
        "openness": "open",
        "language": "en",
        "welcome": "Hello",
        "form": "learning",
    }
    client.post(f"/communities/{made.number}/edit/", sent)
    page = CommunityPage.objects.get()
    assert (page.form, page.welcome) == ("learning", "<p>Hello</p>")
    refused = client.post(f"/communities/{made.number}/edit/", sent | {"form": "king", "welcome": "Bye"})
    assert refused.status_code == 400
    assert "Bye" in text(refused)
    assert CommunityPage.objects.get().form == "learning"


def test_members_who_are_new_and_those_who_are_quiet(client, as_):
    made = as_("moderator")
    year = timezone.now() - timedelta(days=400)
    asker, others = made.who("asker"), [make_member(made.community, make_user(name)) for name in "ABCDE"]
    a, b, c, _d, e = (row.user for row in others)
    Membership.objects.exclude(user=e).update(joined_at=year)
    post_comment(target=made.question, by=a, body="<p>May.</p>")
    post_comment(target=make_lesson(made.community), by=b, body="<p>Well.</p>")
    old = make_discussion(made.community, author=c)
    Discussion.objects.filter(pk=old.pk).update(created_at=year)

    def names(query):
        page = client.get(f"/communities/{made.number}/members/?{query}").context["page"]
        return sorted(row.user.name for row in page)

    assert names("since=new") == ["E"]
    assert names("since=quiet") == ["C", "D", "moderator"]
    assert names("since=else") == ["A", "Anouk Peeters", "B", "C", "D", "E", "moderator"]
    client.force_login(asker)
    assert len(names("since=quiet")) == 7
    assert "Quiet for three months" not in text(client.get(f"/communities/{made.number}/members/"))
