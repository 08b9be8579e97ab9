"""Two people in one conversation, each in a browser of their own."""

from communities.models import Discussion
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.conversations.models import Comment, ReadMark
from support.journeys import look, say


def two_of_them(browser_page, title="Which index do we take?", **fields):
    community = make_community("Suppliers and Contracts")
    femke = make_member(community, make_user("Femke de Vries")).user
    tom = make_member(community, make_user("Tom Willems")).user
    talk = make_discussion(community, title, kind="discussion", author=tom, **fields)
    first = browser_page(**look("wide en light"), user=femke)
    second = browser_page(**look("phone nl dark"), user=tom, allow=["net::ERR_INTERNET_DISCONNECTED"])
    for page in (first, second):
        page.goto(talk.get_absolute_url())
        page.locator("[data-presence]:visible").wait_for()
    return talk, first, second


def says(page):
    return page.locator("kring-talk article .prose").all_inner_texts()


def test_they_converse_without_loading_the_page(browser_page, root, axe):
    _talk, first, second = two_of_them(browser_page)
    first.get_by_text("Tom is reading along.").wait_for()
    second.locator("#say").scroll_into_view_if_needed()
    second.locator("#say .rich-text__text").click()
    second.keyboard.type("The index of ")
    first.get_by_text("Tom is writing.").wait_for()
    second.keyboard.type("October.")
    second.locator("#say button[type=submit].button--primary").click()
    first.locator("kring-talk article .prose", has_text="The index of October.").wait_for()
    assert first.locator("kring-talk .badge--new").inner_text() == "New"
    assert first.locator("#talk-title").inner_text() == "1 comment"
    axe(first)
    axe(second)
    say(first, "Thank you, October then.")
    second.locator("kring-talk article .prose", has_text="October then").wait_for()
    assert says(first) == says(second) == ["The index of October.", "Thank you, October then."]
    # Each sees their own buttons.
    own = first.locator("kring-talk article").last
    own.locator("summary").click()
    assert own.get_by_role("link", name="Edit").is_visible()
    others = second.locator("kring-talk article").last
    others.locator("summary").click()
    assert others.get_by_role("link", name="Bewerken").count() == 0
    assert others.locator("[data-reaction=thanks]").is_visible()
    assert not own.locator("[data-reaction=thanks]").is_visible()


def test_what_is_written_without_a_network_is_kept_and_sent(browser_page, root):
    talk, first, second = two_of_them(browser_page)
    say(second, "Before the tunnel.")
    second.context.set_offline(True)
    second.evaluate("document.querySelector('kring-talk').connection.socket.close()")
    second.locator("#say .rich-text__text").click()
    second.keyboard.type("In the tunnel.")
    second.locator("#say button[type=submit].button--primary").click()
    second.locator(".pending", has_text="In the tunnel.").wait_for()
    say(first, "Meanwhile, outside.")
    second.context.set_offline(False)
    for page in (first, second):
        page.locator("kring-talk article .prose", has_text="In the tunnel.").wait_for()
    second.locator("kring-talk article .prose", has_text="Meanwhile, outside.").wait_for()
    wanted = ["Before the tunnel.", "Meanwhile, outside.", "In the tunnel."]
    assert says(first) == says(second) == wanted
    assert second.locator(".pending").count() == 0
    assert Comment.objects.filter(conversation__object_id=talk.pk).count() == 3


def test_what_waits_survives_a_closed_page(browser_page, root):
    _talk, first, second = two_of_them(browser_page)
    second.locator("#say").scroll_into_view_if_needed()
    second.locator("#say .rich-text__text").click()
    second.context.set_offline(True)
    second.evaluate("document.querySelector('kring-talk').connection.socket.close()")
    second.keyboard.type("Written on the train.")
    second.locator("#say button[type=submit].button--primary").click()
    second.locator(".pending", has_text="Written on the train.").wait_for()
    second.context.set_offline(False)
    second.reload()
    first.locator("kring-talk article .prose", has_text="Written on the train.").wait_for()
    assert Comment.objects.count() == 1


def test_what_is_refused_comes_back_with_its_reason(browser_page, root):
    talk, first, _second = two_of_them(browser_page)
    say(first, "Once.")
    about = Comment.objects.get().conversation
    about.slow_mode_seconds = 300
    about.save()
    first.locator("#say .rich-text__text").click()
    first.keyboard.type("And twice.")
    first.locator("#say button[type=submit].button--primary").click()
    refused = first.locator(".pending--refused")
    refused.wait_for()
    assert "5 minutes" in refused.inner_text()
    refused.get_by_role("button", name="Put it back in the form").click()
    first.locator("#say .rich-text__text", has_text="And twice.").wait_for()
    assert first.locator(".pending").count() == 0
    assert Comment.objects.filter(conversation__object_id=talk.pk).count() == 1


def test_what_is_new_since_one_looked_is_marked(browser_page, root):
    talk, first, second = two_of_them(browser_page)
    say(second, "Read this later.")
    first.locator("kring-talk article .prose", has_text="Read this later.").wait_for()
    mine = ReadMark.objects.filter(user__name="Femke de Vries", seq=1)
    while not mine.exists():
        first.wait_for_timeout(100)
    first.goto("/")
    say(second, "And this.")
    first.goto(Discussion.objects.get(pk=talk.pk).get_absolute_url())
    first.get_by_role("link", name="1 new comment since you looked").click()
    assert first.locator("article.comment--new .prose").all_inner_texts() == ["And this."]
