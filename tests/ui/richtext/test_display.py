"""What readers get to see."""

import pytest
from django.template import Context, Template
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from factories.communities import make_community, make_discussion
from factories.wiki import make_article
from kring.ui.richtext.display import display, display_all
from kring.ui.richtext.fields import RichTextField


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def render(source, **values):
    return Template("{% load richtext wagtailcore_tags %}" + source).render(Context(values))


def link(number):
    return f'<p><a linktype="page" id="{number}">there</a></p>'


def test_a_link_to_a_page_follows_the_page(root):
    community = make_community("Suppliers")
    article = make_article(community, "Buying")
    assert display(link(article.pk)) == '<p><a href="/communities/suppliers/buying/">there</a></p>'
    article.slug = "paying"
    article.save()
    assert display(link(article.pk)) == '<p><a href="/communities/suppliers/paying/">there</a></p>'


def test_a_link_to_a_page_that_is_gone_is_left_as_its_words(root):
    assert display(link(999999)) == "<p><a>there</a></p>"


def test_many_texts_cost_one_query_for_pages(root, django_assert_num_queries):
    community = make_community()
    articles = [make_article(community) for _ in range(5)]
    display(link(articles[0].pk))
    with django_assert_num_queries(1):
        one = display_all([link(articles[0].pk)])
    with django_assert_num_queries(1):
        many = display_all([link(article.pk) * 2 for article in articles])
    assert many[0] == one[0] * 2
    assert [articles[4].url in text for text in many] == [False, False, False, False, True]


def test_the_tag_gives_each_thing_with_its_text(root, django_assert_num_queries):
    article = make_article()
    things = [make_discussion(article.community, body=link(article.pk)) for _ in range(3)]
    source = (
        '{% prose_of things "body" as texts %}'
        "{% for thing, text in texts %}{{ thing.pk }}:{{ text }}{% endfor %}"
    )
    display(things[0].body)
    with django_assert_num_queries(1):
        shown = render(source, things=things)
    assert shown == "".join(f'{one.pk}:<p><a href="{article.url}">there</a></p>' for one in things)


@pytest.mark.parametrize("through", ["prose", "richtext"])
@pytest.mark.parametrize(
    "stored, shown",
    [
        ('<p><a linktype="page" id="x">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a linktype="page" id="">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a linktype="page">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a linktype="page" id="99999999999999999999">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a linktype="document" id="x">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a linktype="wanted" id="3">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a href="http:javascript:x">a</a></p>', "<p><a>a</a></p>"),
        ('<embed embedtype="image" id="x" alt="a"/>', "<p>a</p>"),
        ('<embed embedtype="image" alt=""/>', ""),
        ('<embed embedtype="image" id="5"/>', ""),
        ('<embed embedtype="image" id="5" format="huge" alt="&lt;b&gt;"/>', "<p>&lt;b&gt;</p>"),
        ('<embed embedtype="media" url="https://example.org/film"/>', ""),
        ("<embed/>", ""),
    ],
)
def test_text_that_should_never_have_been_stored_still_shows(root, through, stored, shown):
    if "javascript" in stored:
        shown = '<p><a href="http:javascript:x" rel="noopener noreferrer">a</a></p>'
    assert render(f"{{{{ html|{through} }}}}", html=stored).strip() == shown


def references(html):
    return [(model, pk) for model, pk, _, _ in RichTextField().extract_references(html)]


def test_references_are_found_for_wagtails_index(root):
    odd = (
        '<a linktype="page" id="x">a</a><a linktype="document">a</a><embed embedtype="image" format="left"/>'
    )
    assert references(odd) == []
    assert references(link(7)) == [(Page, "7")]


def test_an_image_stands_where_it_was_put(root):
    image = get_image_model().objects.create(title="A plan", file=get_test_image_file())
    stored = f'<embed embedtype="image" id="{image.pk}" alt="The &quot;plan&quot;" format="left"/>'
    shown = display(stored)
    assert 'alt="The &quot;plan&quot;"' in shown
    assert 'class="richtext-image left"' in shown
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert "The &quot;plan&quot;" in display(stored)


def test_a_document_without_an_address_is_left_as_its_words(root):
    document = get_document_model().objects.create(title="Form", file="documents/form.pdf")
    assert display(f'<a linktype="document" id="{document.pk}">form</a>') == "<a>form</a>"


def test_links_to_other_sites_get_no_hold_of_this_one():
    assert display('<a href="https://example.org/?a=1&amp;b=2" title="T">out</a>') == (
        '<a href="https://example.org/?a=1&amp;b=2" title="T" rel="noopener noreferrer">out</a>'
    )
    assert display('<a href="/people/">in</a><a href="mailto:a@b.nl">mail</a>') == (
        '<a href="/people/">in</a><a href="mailto:a@b.nl">mail</a>'
    )


def test_tasks_say_whether_they_are_done():
    stored = '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><p>a</p></li></ul>'
    assert display(stored) == (
        '<ul data-type="taskList"><li data-type="taskItem" data-checked="true">'
        '<span class="task-box" role="img" aria-label="Done"></span><p>a</p></li></ul>'
    )


def test_words_and_excerpts():
    html = "<h2>One</h2><p>two <strong>three</strong></p><ul><li><p>four</p></li></ul>"
    assert render("{{ html|plain_text }}", html=html) == "One\ntwo three\nfour"
    assert render("{{ html|excerpt:2 }}", html=html) == "One two…"
    assert render("{{ html|excerpt }}", html="<p>a &lt; b</p>") == "a &lt; b"
    assert render("{{ none|excerpt }}{{ none|plain_text }}", none=None) == ""


def test_nothing_is_shown_for_nothing():
    assert (display(None), display("")) == ("", "")
