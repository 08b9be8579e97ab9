"""Tags by name, in few queries."""

from taggit.models import Tag


def ensure_tags(names: list[str]) -> list[Tag]:
    """The tags with these names, whatever their case, each once; missing ones are made."""
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)} if names else {}
    tags: dict[int, Tag] = {}
    for name in names:
        tag = known.get(name) or Tag.objects.filter(name__iexact=name).order_by("pk").first()
        tag = tag or Tag.objects.create(name=name)
        tags.setdefault(tag.pk, tag)
    return list(tags.values())
