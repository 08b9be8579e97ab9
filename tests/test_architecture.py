"""What import-linter cannot see. The rules: docs/architecture.md."""

import ast
import re

import pytest
from django.conf import settings
from django.template import engines

from support.house import HEIGHT, OURS, ROOT, TEMPLATES, sources

TAG = re.compile(r"{%.*?%}", re.DOTALL)
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def test_site_is_a_plain_folder():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_room_is_an_installed_app():
    rooms = {path.parent.name for path in [*(ROOT / "site/kring").glob("*/apps.py"), *ROOT.glob("*/apps.py")]}
    assert rooms == set(HEIGHT)


def test_models_refer_downward_only():
    """The user is the one exception: settings.AUTH_USER_MODEL."""
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for config in OURS
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        and HEIGHT.get(field.related_model._meta.app_label, 0) > HEIGHT[config.label]
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
    ]  # fmt: skip
    assert upward == []


def test_templates_load_tags_from_their_own_room_or_below():
    libraries = engines["django"].engine.libraries
    offences = []
    for template in TEMPLATES.glob("*/*.html"):
        height = HEIGHT.get(template.parent.name)
        if height is None:
            continue
        for name in {word for found in LOAD.findall(template.read_text()) for word in found.split()}:
            label = libraries.get(name, "").removeprefix("kring.").split(".")[0]
            if HEIGHT.get(label, 0) > height:
                offences.append(f"{template.relative_to(ROOT)} loads {name} of {label}")
    assert offences == []


def test_every_template_is_used():
    """By a view, another template or a tag; packages find theirs by name, as allauth and Wagtail do."""
    found_by_name = {"account", "mfa", "socialaccount", "allauth", "wagtailadmin", "usersessions"}
    texts = "\n".join(path.read_text() for path in [*sources(".py"), *sources(".html"), *sources(".txt")])
    errors = {"400.html", "403.html", "404.html", "500.html"}
    unused = []
    for template in TEMPLATES.rglob("*.*"):
        name = str(template.relative_to(TEMPLATES))
        folder = template.relative_to(TEMPLATES).parts[0]
        if folder in found_by_name or name in errors:
            continue
        named = f"components/{template.stem}.html" if folder == "components" else name
        wanted = [f'"{template.stem}"', named] if folder == "components" else [name, name.rsplit(".", 1)[0]]
        if not any(one in texts for one in wanted):
            unused.append(name)
    assert unused == []


def test_templates_hold_no_inline_script_or_style():
    """The content security policy would refuse them. Mails have no policy and need their styles inline."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|href=\"javascript:")
    # What stands in a tag of the template is no HTML: {% include … with one=two %}.
    offences = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES.rglob("*.html")
        if "emails" not in path.parts and inline.search(TAG.sub("", path.read_text()))
    ]
    assert offences == []


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_files_stay_short_enough_to_be_read(suffix):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(suffix)
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_functions_stay_short_enough_to_be_understood():
    """Examples of the gallery are a list, and no thought to follow."""
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in sources(".py")
        if not path.is_relative_to(ROOT / "tests")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 60
    }
    assert {place for place in long if not place.startswith("tests/")} == {
        "site/kring/ui/examples.py:examples"
    }
