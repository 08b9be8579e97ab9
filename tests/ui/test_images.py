"""Uploaded pictures are drawn anew."""

from io import BytesIO

import pytest
from PIL import Image

from factories.files import make_picture
from kring.ui.images import LONGEST_SIDE, NotDrawnError, TooLargeError, drawn_anew


def reopened(drawn):
    return Image.open(BytesIO(drawn.content))


@pytest.mark.parametrize(
    ("kind", "suffix"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "png")]
)
def test_a_picture_keeps_its_format_and_loses_what_came_along(kind, suffix):
    exif = Image.Exif()
    exif[0x010E] = "Taken at 51.05, 3.72"
    options = {} if kind == "GIF" else {"exif": exif}
    drawn = drawn_anew(make_picture(f"x.{suffix}", kind, comment=b"made by Tom", **options))
    assert (drawn.suffix, drawn.content_type, drawn.width, drawn.height) == (
        suffix,
        f"image/{suffix}",
        40,
        30,
    )
    assert b"Taken at" not in drawn.content
    assert b"Tom" not in drawn.content
    assert dict(reopened(drawn).getexif()) == {}


def test_it_stands_upright_and_is_no_larger_than_a_screen():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = drawn_anew(make_picture(exif=exif))
    assert (drawn.width, drawn.height) == (30, 40)
    wide = drawn_anew(make_picture(size=(5000, 100)))
    assert (wide.width, wide.height) == (LONGEST_SIDE, 48)


def test_what_is_clear_stays_clear():
    buffer = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(buffer, "PNG")
    assert reopened(drawn_anew(buffer)).getpixel((0, 0))[3] == 0


def test_a_moving_picture_goes_on_moving():
    buffer = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=50, comment=b"by Tom")
    drawn = drawn_anew(buffer)
    assert (drawn.suffix, reopened(drawn).n_frames) == ("gif", 3)
    assert b"Tom" not in drawn.content


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\nshort", b"<svg/>"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotDrawnError):
        drawn_anew(BytesIO(content))


def test_too_many_pixels_are_refused_before_they_are_drawn():
    with pytest.raises(TooLargeError):
        drawn_anew(make_picture("x.png", "PNG", size=(8000, 6000)))
