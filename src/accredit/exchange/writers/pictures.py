"""Pictures as documents take them: PNG or JPEG, in plain colours, no larger than a page can show."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

# Twice what a screen shows across a page: sharp in print, and sixty of them are still a file one can mail.
WIDEST = 1800
_PLAIN = {"PNG": ("L", "RGB", "RGBA", "P", "1", "LA"), "JPEG": ("L", "RGB")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for a document; sizes in pixels."""

    ending: str
    content: bytes
    width: int
    height: int


def fitted(path: Path) -> Picture | None:
    """Return the picture of a file, its first frame where it moves; None when it cannot be decoded."""
    try:
        with Image.open(path, formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            return _as_it_is(image, path) or _anew(image)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None


def _as_it_is(image: Image.Image, path: Path) -> Picture | None:
    kind = str(image.format)
    if image.mode not in _PLAIN.get(kind, ()) or image.width > WIDEST or getattr(image, "n_frames", 1) > 1:
        return None
    image.load()  # a picture that is cut short would stop the whole document
    return Picture("png" if kind == "PNG" else "jpg", path.read_bytes(), image.width, image.height)


def _anew(image: Image.Image) -> Picture:
    is_photo = image.format in ("JPEG", "MPO")
    plain = image.convert("RGB" if is_photo or not _is_clear(image) else "RGBA")
    if plain.width > WIDEST:
        height = max(1, round(plain.height * WIDEST / plain.width))
        plain = plain.resize((WIDEST, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG" if is_photo else "PNG", **({"quality": 88} if is_photo else {}))
    return Picture("jpg" if is_photo else "png", out.getvalue(), plain.width, plain.height)


def _is_clear(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
