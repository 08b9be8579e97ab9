"""An invitation by e-mail."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """Lets one address make an account. Only a digest of the link's secret is kept."""

    email = models.EmailField(_("e-mail"))
    as_guest = models.BooleanField(_("as a guest"), default=False)
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Neither accepted nor too old."""
        return self.accepted_at is None and self.expires_at > timezone.now()
