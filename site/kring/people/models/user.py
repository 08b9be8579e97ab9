"""The account: who signs in, and how the site speaks to them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed

from ..querysets import UserManager, plain


class User(Indexed, AbstractBaseUser, PermissionsMixin):
    """A person who can sign in by e-mail. What others read about them stands on Profile."""

    class Theme(models.TextChoices):
        DEVICE = "", _("as my device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    plain_name = models.CharField(max_length=200, editable=False, db_index=True, default="")
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    theme = models.CharField(
        _("theme"), max_length=5, blank=True, choices=Theme.choices, default=Theme.DEVICE
    )
    is_guest = models.BooleanField(
        _("guest"), default=False, help_text=_("from outside: sees only the communities they are a member of")
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)

    unindexed_fields = frozenset({"last_login", "password", "language", "time_zone", "theme"})

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("read_everything", "May read every community, also private ones")]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the name without accents beside the name, and make a new account's profile."""
        self.plain_name = plain(self.name)
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "plain_name"}
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            profiles: Any = type(self).profile.related.related_model
            profiles.objects.get_or_create(user=self)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])
