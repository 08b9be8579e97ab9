"""What Wagtail calls: our handlers for rich text, in the place of its own, and its administration's style."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from .richtext.handlers import HANDLERS, Images


@hooks.register("register_rich_text_features", order=100)
def register_handlers(features: FeatureRegistry) -> None:
    """After Wagtail's own, whose order is 0: the last one for a kind counts."""
    for handler in HANDLERS:
        features.register_link_type(handler)
    features.register_embed_type(Images)


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """The administration in the site's colours, and the editor in the administration's."""
    return format_html('<link rel="stylesheet" href="{}">', static("kring/css/admin/admin.css"))
