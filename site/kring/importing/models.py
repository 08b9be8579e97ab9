"""What came from where: the memory that makes an import repeatable."""

from django.db import models


class ImportedRecord(models.Model):
    """One record of one file, and the thing it became. A thing's first row is its origin.

    `record_hash` tells that a record is unchanged, `fingerprint` (on the origin) that the thing was not
    edited on the site since. `fields` names what this file gave; later files own only what they filled.
    No content is kept here.
    """

    kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=200)
    file = models.CharField(max_length=255, help_text="name without folder")
    object_id = models.PositiveBigIntegerField()
    record_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=64, blank=True, help_text="digest of where the record wants to stand")
    fields = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id", "file"], name="imported_record_once")
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="imported_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} from {self.file}"


class SourceAddress(models.Model):
    """An address under which other records may point at an imported thing.

    `scope` keeps the paths of one source apart from those of another; it is empty for ids ("kring:12")
    and for full URLs. `address` is shortened to a digest when it is long (see actions.links).
    """

    scope = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "address"], name="source_address_once")]

    def __str__(self) -> str:
        return f"{self.address} is {self.kind}:{self.object_id}"


class PendingReference(models.Model):
    """Something that points at a record not imported yet; settled as soon as that record arrives.

    `field` says what is to be set, `data` holds what else it needs (the link as it stands in the text).
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=40)
    scope = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=400)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope", "address"], name="pending_by_address"),
            models.Index(fields=["kind", "object_id"], name="pending_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}.{self.field} waits for {self.address}"
