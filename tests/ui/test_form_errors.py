"""What is summed up above a form that was not taken."""

from django import forms

from kring.ui.forms import Form


class Asked(Form):
    place = forms.CharField(label="To which community?")
    title = forms.CharField(label="Title")


def test_each_line_names_its_field_with_one_sign_between():
    page = str(Asked({}))
    assert '<a href="#id_place">To which community? This field is required.</a>' in page
    assert '<a href="#id_title">Title: This field is required.</a>' in page
