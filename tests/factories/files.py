"""Files as browsers send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def make_upload(name: str = "notes.txt", content: bytes = b"Some notes.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_picture(name: str = "desk.jpg", kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options):
    """A picture of one colour; other options as Pillow's save() takes them."""
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return SimpleUploadedFile(name, buffer.getvalue())
