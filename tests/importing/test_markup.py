"""What site generators add to Markdown becomes plain Markdown."""

import pytest

from kring.importing.actions.markup import plain_markdown


@pytest.mark.parametrize(
    "markdown, plain",
    [
        ("Nothing {here} to change: a::b", "Nothing {here} to change: a::b"),
        ("## Rules { data-search-exclude }", "## Rules"),
        ("[Go](https://x.example){ .button .big }", "[Go](https://x.example)"),
        ('See [leave]({% page "/leave/#sick" %}).', "See [leave](/leave/#sick)."),
        ('Ask {% slack_channel "help" %} or {% slack_channel "it" "IT" %}', "Ask #help or IT"),
        ("{% comment %}\nnot for readers\n{% endcomment %}Text", "Text"),
        ("{{< row >}}Text{{< /row >}}", "Text"),
        (":material-web: Site", "Site"),
        ('!!! note "Mind"\n\n    The gap.\n\nNext.', "\n> **Mind**\n>\n> The gap.\n\nNext."),
        (":::tip[Mind]\nThe gap.\n:::\nNext.", "\n> **Mind**\n>\n> The gap.\n\nNext."),
        (":::warning Mind the gap\n\nDeep.\n:::", "\n> **Mind the gap**\n>\n> Deep.\n"),
        ('??? expander "All"\n    <!-- list -->\nNext.', "\nNext."),
        ("```\n{% raw %}\n!!! note\n:::\n```", "```\n{% raw %}\n!!! note\n:::\n```"),
        ("~~~\n{{< row >}}\nnever closed", "~~~\n{{< row >}}\nnever closed"),
    ],
)
def test_additions_of_site_generators(markdown, plain):
    assert plain_markdown(markdown) == plain
