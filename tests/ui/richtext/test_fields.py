"""What is stored is clean, whichever way it came."""

import json

import pytest
from django import forms
from django.core.management import call_command
from django.db.models import Value

from communities.models import Discussion
from factories.communities import make_discussion
from factories.wiki import make_article
from kring.ui.forms import Form
from kring.ui.richtext.fields import RichTextField
from kring.ui.richtext.forms import RichTextFormField
from kring.ui.richtext.sanitise import SafeHtml
from kring.ui.richtext.widgets import RichTextEditor
from wiki.models import ArticlePage

DIRTY = (
    '<p onclick="alert(1)">Hello<script>alert(2)</script> <b>you</b></p><a linktype="page" id="x">there</a>'
)
CLEAN = "<p>Hello <strong>you</strong></p><p>there</p>"


def test_saving_stores_clean_text_and_shows_it_on_the_instance(root):
    discussion = make_discussion(body=DIRTY)
    assert discussion.body == CLEAN
    discussion.refresh_from_db()
    assert discussion.body == CLEAN


def test_update_and_bulk_create_store_clean_text_too(root):
    first = make_discussion()
    Discussion.objects.filter(pk=first.pk).update(body=DIRTY)
    first.refresh_from_db()
    assert first.body == CLEAN
    made = Discussion.objects.bulk_create([Discussion(title="T", community=first.community, body=DIRTY)])
    assert Discussion.objects.get(pk=made[0].pk).body == CLEAN


def test_an_expression_is_left_to_the_database(root):
    discussion = make_discussion()
    Discussion.objects.filter(pk=discussion.pk).update(body=Value("<p>a</p>"))
    discussion.refresh_from_db()
    assert discussion.body == "<p>a</p>"


def test_searching_does_not_sanitise_the_words_looked_for(root):
    make_discussion(body="<p>1 &lt; 2</p>")
    assert Discussion.objects.filter(body__contains="<p>1").count() == 1


def test_a_revision_holds_clean_text(root):
    article = make_article(body="<p>a</p>")
    article.body = DIRTY
    revision = article.save_revision()
    assert revision.content["body"] == CLEAN


def test_a_revision_made_without_cleaning_is_clean_when_it_is_read(root):
    article = make_article(body="<p>a</p>")
    article.body = DIRTY
    revision = article.save_revision(clean=False)
    assert revision.as_object().body == CLEAN
    revision.publish()
    assert ArticlePage.objects.get(pk=article.pk).body == CLEAN


def test_an_old_revision_with_dirty_text_is_clean_when_it_is_read(root):
    article = make_article(body="<p>a</p>")
    revision = article.save_revision()
    revision.content = json.loads(json.dumps({**revision.content, "body": DIRTY}))
    revision.save(update_fields=["content"])
    assert revision.as_object().body == CLEAN


def test_migrations_know_the_field_as_it_is(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_model_form_draws_the_editor_and_gives_clean_text():
    field = RichTextField(blank=True).formfield()
    assert isinstance(field, RichTextFormField)
    assert isinstance(field.widget, RichTextEditor)
    assert field.clean(DIRTY) == CLEAN
    assert field.clean("") == ""


class Note(Form):
    text = RichTextFormField()
    more = RichTextFormField(required=False)


@pytest.mark.parametrize("typed", ["", "  \n", "<script>alert(1)</script>", "<p></p>", "***", "<!-- x -->"])
def test_a_required_text_without_words_is_refused_in_plain_words(typed, db):
    form = Note({"text": typed})
    assert form.errors == {"text": ["There is no text in it yet. Write a few words."]}


def test_an_optional_text_may_stay_empty(db):
    form = Note({"text": "a", "more": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"text": "<p>a</p>", "more": ""}
    assert isinstance(form.cleaned_data["text"], SafeHtml)


def test_another_widget_may_be_asked_for():
    field = RichTextField().formfield(widget=forms.Textarea)
    assert type(field.widget) is forms.Textarea
    assert field.clean(DIRTY) == CLEAN
