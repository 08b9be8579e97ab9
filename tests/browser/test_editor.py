"""Writing in the editor, and in what stands in its place where no script runs."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as PngImage
from wagtail.images import get_image_model

from communities.models import Discussion
from factories.circle import make_circle
from factories.communities import make_community, make_member
from factories.people import make_admin, make_user
from factories.wiki import make_article
from kring.ui.richtext.editing import to_editor
from kring.ui.richtext.sanitise import sanitise
from kring.ui.richtext.widgets import RichTextEditor
from support.indexing import index_all
from support.texts import HOSTILE, STORED
from support.writing import new, send, stored, write_to
from wiki.models import ArticlePage

# Puts a text into the first editor of the page and asks its form what it would send.
SENT = """async (html) => {
  const text = document.querySelector("rich-text");
  await text.restore(html);
  const data = new FormData(text.area.form);
  return [data.get(text.area.name), data.get(text.dataset.format)];
}"""
SIZES = """buttons => buttons.filter((one) => one.offsetWidth)
  .map((one) => Math.min(one.offsetWidth, one.offsetHeight))"""
PASTE = "html => document.querySelector('rich-text').writing.editor.view.pasteHTML(html)"
WORD = """<html><head><style>p{color:red}</style></head><body>
<p class=MsoTitle>Repairs</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>First</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a.</span>Inner</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>2.</span>Second<o:p></o:p></p>
</body></html>"""
DOCS = """<b style="font-weight:normal;"><p><span style="font-weight:700">Bold</span>
<span style="font-style:italic">slanted</span>
<a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D">link</a></p></b>"""


@pytest.fixture
def writer(root):
    """Somebody who writes in a community."""
    user = make_user("Anouk Peeters")
    make_member(make_community("Suppliers"), user)
    return user


def test_what_the_editor_is_given_it_gives_back_to_the_byte(browser_page, writer):
    page = new(browser_page, writer)
    # A table that lacks a cell gets one as soon as something is written; see the next test.
    for name, text in STORED.items() - {("uneven table", STORED["uneven table"])}:
        value, kind = page.evaluate(SENT, to_editor(text))
        taken = RichTextEditor().value_from_datadict({"body": value, "body-format": kind}, {}, "body")
        assert (name, taken) == (name, text)


def test_images_captions_and_links_to_pages_are_left_as_they_are(browser_page, writer):
    picture = BytesIO()
    PngImage.new("RGB", (40, 30), "teal").save(picture, "PNG")
    image = get_image_model().objects.create(title="A lift", file=ContentFile(picture.getvalue(), "lift.png"))
    other = make_article(writer.memberships.get().community, "Another")
    shown = f'<embed embedtype="image" id="{image.pk}" alt="A lift" format="left"/>'
    text = sanitise(
        f'<p>a <a linktype="page" id="{other.pk}">b</a></p>{shown}'
        f"<figure>{shown}<figcaption>The <em>lift</em></figcaption></figure><p>c</p>"
    )
    page = new(browser_page, writer, allow=("answer 404",))
    value, kind = page.evaluate(SENT, to_editor(text))
    assert RichTextEditor().value_from_datadict({"body": value, "body-format": kind}, {}, "body") == text
    assert text.count("<embed") == 2


def test_a_page_saved_unchanged_is_unchanged_and_a_word_is_a_word(browser_page, writer):
    text = "".join(STORED.values())
    article = make_article(writer.memberships.get().community, body=text, author=writer)
    page = new(browser_page, writer, f"/pages/{article.pk}/edit/")
    text = stored()
    page.get_by_label("Title", exact=True).fill("Another title")
    page.locator("#id_body").click()
    page.get_by_role("button", name="Publish the changes").click()
    page.wait_for_url(re.compile("/communities/"))
    assert ArticlePage.objects.values_list("title", "body").get() == ("Another title", text)

    page.goto(f"/pages/{article.pk}/edit/")
    page.locator("#id_body > p").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("Yes. ")
    page.get_by_role("button", name="Publish the changes").click()
    page.wait_for_url(re.compile("/communities/"))
    changed = stored()
    assert changed.startswith("<p>Yes. One <strong>")
    # The table that lacks a cell gets one when the text around it is changed.
    whole = text.replace("<tr><td><p>3</p></td></tr>", "<tr><td><p>3</p></td><td><p></p></td></tr>")
    assert changed.replace("Yes. ", "", 1) in (text, whole)


def test_everything_can_be_done_with_the_keyboard(browser_page, writer):
    page = new(browser_page, writer)
    keys = page.keyboard
    focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.id"
    page.locator("#id_body").focus()
    keys.type("Plain ")
    keys.press("Control+b")
    keys.type("bold")
    keys.press("Control+b")
    keys.press("Enter")
    keys.press("Alt+F10")
    assert page.evaluate(focused) == "Heading"
    keys.press("ArrowRight")
    assert page.evaluate(focused) == "Subheading"
    keys.press("Enter")
    assert page.evaluate(focused) == "id_body"
    keys.type("Under it")
    keys.press("Enter")
    keys.type("- one")
    keys.press("Enter")
    keys.type("two")
    keys.press("Control+]")
    keys.press("Shift+F10")
    assert page.evaluate(focused) == "Subheading"
    keys.press("End")
    assert page.evaluate("document.activeElement.textContent") == "Further out"
    keys.press("Escape")
    assert page.evaluate(focused) == "id_body"
    keys.press("Control+k")
    keys.type("example.org")
    keys.press("Enter")
    assert page.evaluate(focused) == "id_body"
    keys.press("Tab")
    assert page.evaluate(focused) != "id_body"
    keys.press("Shift+Tab")
    assert page.evaluate(focused) == "id_body"
    keys.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('[role=toolbar]') !== null")
    send(page)
    assert stored() == (
        '<p>Plain <strong>bold</strong></p><h3 id="s-under-it">Under it</h3><ul><li><p>one</p><ul><li>'
        '<p>two<a href="https://example.org">https://example.org</a></p></li></ul></li></ul>'
    )


def test_buttons_make_tables_lists_and_links(browser_page, writer):
    page = new(browser_page, writer)
    bar = page.get_by_role("toolbar", name="Formatting")
    write_to(page, "Done")
    bar.get_by_role("button", name="Checklist").click()
    assert bar.get_by_role("button", name="Checklist").get_attribute("aria-pressed") == "true"
    page.get_by_role("checkbox", name="Done").check()
    page.locator("#id_body").press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    bar.get_by_role("button", name="Table").click()
    page.keyboard.type("A")
    for name in ("Add a row", "Remove the column", "Remove the row", "Remove the row"):
        bar.get_by_role("button", name=name).click()
    page.locator("#id_body td").first.click()
    page.keyboard.type("cell")
    page.keyboard.press("Shift+Home")
    bar.get_by_role("button", name="Link").click()
    dialog = page.get_by_role("dialog", name="Link")
    dialog.get_by_role("button", name="Set the link").click()
    dialog.get_by_label("Address").fill("somebody@example.org")
    dialog.get_by_role("button", name="Set the link").click()
    bar.get_by_role("button", name="Undo").click()
    bar.get_by_role("button", name="Redo").click()
    send(page)
    assert stored() == (
        '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><p>Done</p></li></ul>'
        '<table><tbody><tr><td><p><a href="mailto:somebody@example.org">cell</a></p></td>'
        "<td><p></p></td></tr>"
        "<tr><td><p></p></td><td><p></p></td></tr></tbody></table>"
    )


def test_a_link_to_a_page_is_found_by_its_words(browser_page, writer):
    community = writer.memberships.get().community
    lift = make_article(community, "The lift at the back", author=writer)
    hidden = make_community("Closed", openness="private")
    make_article(hidden, "The lift nobody knows", author=make_user("Ruth Adeyemi"))
    index_all()
    page = new(browser_page, writer)
    write_to(page, "See ")
    page.keyboard.press("Control+k")
    page.keyboard.press("Tab")
    page.keyboard.type("lift")
    found = page.get_by_role("dialog").get_by_role("option")
    found.first.wait_for()
    assert found.all_inner_texts() == ["The lift at the back"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type(".")
    send(page)
    assert ArticlePage.objects.get(title="A title").body == (
        f'<p>See <a linktype="page" id="{lift.pk}">The lift at the back</a>.</p>'
    )


@pytest.mark.parametrize(
    "pasted, taken",
    [
        (
            WORD,
            '<h2 id="s-repairs">Repairs</h2><ol><li><p>First</p><ol><li><p>Inner</p></li></ol></li>'
            "<li><p>Second</p></li></ol>",
        ),
        (DOCS, '<p><strong>Bold</strong> <em>slanted</em> <a href="https://example.org/a">link</a></p>'),
        ("<h1>A</h1><img src='https://example.org/x.png'><script>1</script>", '<h2 id="s-a">A</h2>'),
    ],
    ids=["word", "docs", "page"],
)
def test_what_is_pasted_keeps_its_structure_alone(browser_page, writer, pasted, taken):
    page = new(browser_page, writer)
    page.locator("#id_body").focus()
    page.evaluate(PASTE, pasted)
    send(page)
    assert stored() == taken


def test_a_question_and_an_answer_are_written_in_it(browser_page, writer):
    page = new(browser_page, writer, "/discussions/new/")
    page.get_by_label("A question: I want to know something").check()
    page.get_by_label("Title", exact=True).fill("Which lift?")
    page.locator("#id_community").select_option(label="Suppliers")
    write_to(page, "The one at the back.")
    page.get_by_role("button", name="Ask it").click()
    page.wait_for_url(re.compile(r"/discussions/\d+/which-lift/"))
    page.locator("#say .rich-text__text").click()
    page.keyboard.type("* the left one")
    page.get_by_role("button", name="Post your answer").click()
    page.locator(".comment ul li", has_text="the left one").wait_for()
    assert Discussion.objects.get().body == "<p>The one at the back.</p>"


def test_nothing_runs(browser_page, writer):
    page = new(browser_page, writer, allow=("Content Security Policy", "answer 404", "kring:", "/x"))
    page.evaluate("() => { window.ran = () => { window.harmed = true } }")
    for payload in HOSTILE:
        page.evaluate(SENT, payload)
        page.evaluate(PASTE, f"<p>{payload}</p>")
        page.evaluate("() => document.querySelector('#id_body').dispatchEvent(new Event('focus'))")
        addresses = page.eval_on_selector_all("#id_body a", "links => links.map((link) => link.protocol)")
        assert {"javascript:", "vbscript:", "data:"} & set(addresses) == set()
    assert page.evaluate("window.harmed") is None


@pytest.mark.parametrize(
    "width, language, theme",
    [
        (1280, "en", "light"),
        (320, "nl", "dark"),
        pytest.param(1280, "nl", "dark", marks=pytest.mark.slow),
        pytest.param(390, "en", "dark", marks=pytest.mark.slow),
    ],
)
def test_nobody_is_kept_out(browser_page, axe, writer, width, language, theme):
    writer.language = language
    writer.save()
    page = new(browser_page, writer, width=width, language=language, theme=theme, has_touch=width < 600)
    page.evaluate(SENT, to_editor(STORED["table"] + STORED["tasks"] + STORED["nested lists"]))
    page.locator("#id_body td").last.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width < 600:
        sizes = page.eval_on_selector_all("[role=toolbar] button", SIZES)
        assert min(sizes) >= 44
    page.locator("#id_body").press("Control+k")
    axe(page)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_administrators_write_in_the_same_editor(browser_page, root, language):
    circle = make_circle()
    admin = make_admin(language=language)
    text = "<p>first</p>" + STORED["table"] + STORED["code block"]
    article = make_article(circle.community, body=text)
    page = browser_page(user=admin, language=language)
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.locator(".rich-text__text td").first.wait_for()
    page.locator("#id_body").press("Control+Home")
    page.keyboard.type("Head: ")
    with page.expect_navigation():
        page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.goto("about:blank")
    article.refresh_from_db()
    assert article.body == text.replace("first", "Head: first")
