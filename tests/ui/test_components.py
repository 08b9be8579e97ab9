"""Components: their declared props, and the gallery that shows them all."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.template import Context, Template

from factories.people import make_admin, make_user
from kring.ui.components import COMPONENTS, Component
from kring.ui.examples import examples

TEMPLATES = Path(__file__).parents[2] / "templates"
PART = Component("A part.", ("title",), {"tone": "", "level": 3})


def test_props_are_completed_by_defaults():
    assert PART.props("part", {"title": "One", "level": 2}) == {"title": "One", "tone": "", "level": 2}


@pytest.mark.parametrize(
    "given, message",
    [
        ({}, "component part: missing ['title'], unknown []"),
        ({"title": "One", "colour": "red"}, "component part: missing [], unknown ['colour']"),
        ({"colour": "red"}, "component part: missing ['title'], unknown ['colour']"),
    ],
)
def test_missing_and_unknown_props_are_refused(given, message):
    with pytest.raises(TypeError) as refused:
        PART.props("part", given)
    assert str(refused.value) == message


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_refuses_what_it_does_not_declare(name):
    given = dict.fromkeys(COMPONENTS[name].required, "x")
    with pytest.raises(TypeError, match="unknown \\['nobody_declared'\\]"):
        COMPONENTS[name].props(name, {**given, "nobody_declared": 1})


def test_a_page_with_an_unknown_prop_fails_loudly():
    with pytest.raises(TypeError, match="component badge: missing \\[\\], unknown \\['colour'\\]"):
        Template('{% load ui %}{% component "badge" text="New" colour="red" %}').render(Context())
    with pytest.raises(KeyError, match="bagde"):
        Template('{% load ui %}{% component "bagde" text="New" %}').render(Context())


def test_components_and_their_templates_are_the_same_set():
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} == set(COMPONENTS)


def test_pages_give_components_declared_props_only():
    """Also on branches that no test draws."""
    call = re.compile(r'{%\s*component\s+"(\w+)"\s*(.*?)\s*%}', re.DOTALL)
    offences = []
    for template in TEMPLATES.rglob("*.html"):
        for name, given in call.findall(template.read_text()):
            component = COMPONENTS[name]
            declared = {*component.required, *(component.optional or {})}
            props = set(re.findall(r"(\w+)=", re.sub(r"\"[^\"]*\"|'[^']*'", "x", given)))
            if props - declared or set(component.required) - props:
                offences.append(f"{template.relative_to(TEMPLATES)}: {name} {given}")
    assert offences == []


def test_every_component_has_an_example_that_can_be_drawn():
    shown = examples()
    assert set(shown) == set(COMPONENTS)
    for name, given in shown.items():
        assert given, name
        for props in given:
            COMPONENTS[name].props(name, props)


@pytest.mark.django_db
def test_the_gallery_shows_all_of_them(client):
    client.force_login(make_admin(language="en"))
    response = client.get("/components/")
    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert re.findall(r'<h2 class="part__name" id="c-(\w+)"', page) == list(COMPONENTS)
    assert all(component.doc in page for component in COMPONENTS.values())


@pytest.mark.django_db
def test_the_gallery_is_for_those_who_build_pages(client):
    client.force_login(make_user())
    assert client.get("/components/").status_code == 403
