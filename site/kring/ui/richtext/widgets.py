"""The rich-text widget."""

from django.forms import Textarea


class RichTextEditor(Textarea):
    """A plain text area until the editor stands."""
