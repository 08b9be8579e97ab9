"""What is typed into a conversation."""

from typing import Any

from kring.ui.forms import ModelForm

from .models import Comment


class CommentForm(ModelForm):
    """A comment, an answer or a reply; the caller says how its field is called."""

    class Meta:
        model = Comment
        fields = ["body"]

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.label = label or field.label
        field.help_text = help_text

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""
