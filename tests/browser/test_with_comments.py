"""What one does with the words of others, and what goes along with one's own."""

import pytest

from factories.circle import make_circle
from factories.files import make_picture
from factories.people import make_user
from kring.conversations.actions import post_comment
from kring.conversations.models import Comment, Reaction
from support.journeys import first_now, look

READER = {"wide en light": "", "phone nl dark": ""}


@pytest.mark.parametrize("words", first_now(*READER))
def test_thanking_quoting_mentioning_and_adding_a_picture(browser_page, root, axe, words):
    made = make_circle()
    made.question.language = "en"
    make_user("Ruth Adeyemi")
    said = post_comment(target=made.question, by=made.who("asker"), body="<p>Put a 4 in front.</p>")
    where = made.question.get_absolute_url()

    page = browser_page(**look(words), user=made.who("staff"))
    page.goto(where)
    page.locator(f"#c{said.pk} [data-reaction=thanks]").click()
    page.locator(f"#c{said.pk} [data-reaction=thanks][aria-pressed=true]").wait_for()
    assert Reaction.objects.get().user == made.who("staff")
    axe(page)

    page.locator(f"#c{said.pk} summary").click()
    axe(page)
    page.locator(f"#c{said.pk} a[data-quote]").click()
    page.locator("#reply [role=textbox] blockquote").wait_for()
    # One writes on below the quotation, without a click.
    page.locator("#reply [role=textbox]:focus").wait_for()
    page.keyboard.type("Thank you. @rut")
    page.locator("#reply [role=option]").wait_for()
    axe(page)
    page.keyboard.press("Enter")
    page.locator("#reply [role=textbox] a", has_text="@Ruth Adeyemi").wait_for()
    picture = make_picture()
    file = {"name": picture.name, "mimeType": "image/jpeg", "buffer": picture.read()}
    page.locator("#reply input[type=file]").set_input_files([file])
    page.locator("#reply .file-line").wait_for()
    axe(page)
    page.locator("#reply button[type=submit].button--primary").click()
    page.locator(".attachments img").wait_for()
    axe(page)
    reply = Comment.objects.get(level=1)
    assert [row.name for row in reply.attachments.all()] == ["desk.jpg"]
    assert [row.user.name for row in reply.mentions.all()] == ["Ruth Adeyemi"]
    assert "<blockquote>" in reply.body
    assert reply.body.index("</blockquote>") < reply.body.index("Thank you")
