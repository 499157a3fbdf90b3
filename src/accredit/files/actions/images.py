"""Images made anew: upright, without what a camera or a program wrote into them."""

import struct
from typing import IO, Any

from PIL import Image, ImageOps, ImageSequence

from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

# All frames together. A phone makes 12 to 50 million; 80 take about 320 MB while they are decoded.
MOST_PIXELS = 80_000_000
MOST_FRAMES = 400
# Pictures of several cameras in one (MPO) come in by the door of JPEG; by name they have none.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def reencoded(content: IO[bytes], into: IO[bytes], *, name: str) -> None:
    """Write the picture of `content` anew. Refused when it cannot be decoded or would be enormous."""
    content.seek(0)
    try:
        with Image.open(content, formats=FORMATS) as image:
            _refuse_enormous(image, name)
            _write(image, into)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError):
        refuse(Code.FILE_DAMAGED, name=name)


def _refuse_enormous(image: Image.Image, name: str) -> None:
    frames = getattr(image, "n_frames", 1)
    if frames > MOST_FRAMES or image.width * image.height * frames > MOST_PIXELS:
        refuse(Code.FILE_UNPACKS_TOO_LARGE, name=name)


def _write(image: Image.Image, into: IO[bytes]) -> None:
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    # Colours depend on the profile, so it stays; nothing else of the description does.
    profile = image.info.get("icc_profile")
    options: dict[str, Any] = {"icc_profile": profile} if profile and kind != "GIF" else {}
    if kind in {"GIF", "WEBP"} and getattr(image, "is_animated", False):
        _write_frames(image, into, kind, options)
        return
    upright = _bare(ImageOps.exif_transpose(image))
    if kind in {"JPEG", "WEBP"}:
        options["quality"] = 90
    upright.save(into, format=kind, **options)


def _write_frames(image: Image.Image, into: IO[bytes], kind: str, options: dict[str, Any]) -> None:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 100)))
        frames.append(_bare(frame.copy()))
    options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
    frames[0].save(into, format=kind, loop=int(image.info.get("loop", 0)), **options)


def _bare(image: Image.Image) -> Image.Image:
    kept = {name: image.info[name] for name in ("transparency",) if name in image.info}
    image.info.clear()
    image.info.update(kept)
    return image
