"""Pictures that people upload, drawn anew: nothing is kept of EXIF, such as where it was taken."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, ImageSequence

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
MOST_PIXELS = 40_000_000
MOST_FRAMES = 200
LONGEST_SIDE = 2400


class NotDrawnError(ValueError):
    """No picture that we can read."""


class TooLargeError(NotDrawnError):
    """It has too many pixels, or frames."""


@dataclass(frozen=True, slots=True)
class Drawn:
    content: bytes
    suffix: str
    width: int
    height: int

    @property
    def content_type(self) -> str:
        return f"image/{self.suffix}"


def drawn_anew(upload: Any) -> Drawn:
    """The picture in the format it had, at most 2400 px a side; moving ones go on moving.

    Raises NotDrawnError, TooLargeError.
    """
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            frames = getattr(image, "n_frames", 1)
            if image.width * image.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
                raise TooLargeError
            name = str(image.format)
            return _moving(image) if name == "GIF" and frames > 1 else _still(image, name)
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise NotDrawnError from None
    except ValueError as error:
        raise error if isinstance(error, NotDrawnError) else NotDrawnError from None


def _still(image: Image.Image, name: str) -> Drawn:
    drawn = ImageOps.exif_transpose(image)
    clear = name != "JPEG" and (drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info)
    drawn = drawn.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = BytesIO()
    kind = "PNG" if name == "GIF" else name
    options = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88}, "PNG": {"optimize": True}}[kind]
    # A copy without what came along: profiles, texts, thumbnails.
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    bare.save(buffer, kind, **options)  # type: ignore[arg-type]
    return Drawn(buffer.getvalue(), kind.lower(), bare.width, bare.height)


def _moving(image: Image.Image) -> Drawn:
    frames, waits = [], []
    for frame in ImageSequence.Iterator(image):
        waits.append(frame.info.get("duration", 100))
        one = frame.convert("RGBA")
        one.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        one.info = {}
        frames.append(one)
    buffer = BytesIO()
    frames[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=waits,
        loop=int(image.info.get("loop", 0)),
        disposal=2,
    )
    return Drawn(buffer.getvalue(), "gif", frames[0].width, frames[0].height)
