"""What Wagtail calls: our handlers for rich text, in the place of its own."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from .richtext.handlers import HANDLERS, Images


@hooks.register("register_rich_text_features", order=100)
def register_handlers(features: FeatureRegistry) -> None:
    """After Wagtail's own, whose order is 0: the last one for a kind counts."""
    for handler in HANDLERS:
        features.register_link_type(handler)
    features.register_embed_type(Images)
