"""Teams as a tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from kring.indexing.indexed import Indexed


class Team(Indexed, MP_Node):
    """A team; its parents are the departments above it. Names are unique among siblings."""

    name = models.CharField(_("name"), max_length=120)

    node_order_by = ["name"]

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", pk) for pk in self.profiles.values_list("user", flat=True)]
