"""Numbers in addresses."""

from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A primary key. What no database counts to is no address; as a number it would make queries fail."""

    regex = "[0-9]{1,18}"
