from django.apps import AppConfig
from django.db.models.signals import pre_save


class ConversationsConfig(AppConfig):
    name = "kring.conversations"
    label = "conversations"

    def ready(self) -> None:
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save

        # Saving a parent would republish its held replies.
        pre_save.disconnect(publish_or_unpublish_on_pre_save, sender=self.get_model("Comment"))
