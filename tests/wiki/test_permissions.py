from factories.communities import make_community, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_lesson
from wiki.models import LessonPage


def test_a_private_lesson_is_listed_for_members_only(root):
    community = make_community(openness="private")
    lesson = make_lesson(community)
    member, stranger = make_member(community).user, make_user()

    assert list(LessonPage.objects.visible_to(member)) == [lesson]
    assert list(LessonPage.objects.visible_to(stranger)) == []
    assert list(LessonPage.objects.visible_to(make_guest())) == []
