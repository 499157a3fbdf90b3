"""Colours a body chooses, moved until text in them can be read on our papers."""

import re

LIGHT_PAPER = (251, 250, 246)
DARK_PAPER = (27, 31, 37)
ENOUGH = 5.0

Rgb = tuple[int, int, int]


def brand_css(accent: str) -> str:
    """Return the rules that give the pages this accent, '' when it is no colour."""
    chosen = parse(accent)
    if chosen is None:
        return ""
    light = readable(chosen, on=LIGHT_PAPER, towards=(0, 0, 0))
    dark = readable(chosen, on=DARK_PAPER, towards=(255, 255, 255))
    return f"@layer tokens{{:root{{--brand-light:{text(light)};--brand-dark:{text(dark)}}}}}\n"


def parse(value: str) -> Rgb | None:
    """Read `#rrggbb`."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", value.strip())
    return (int(match[1], 16), int(match[2], 16), int(match[3], 16)) if match else None


def text(colour: Rgb) -> str:
    """Write `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def readable(colour: Rgb, *, on: Rgb, towards: Rgb) -> Rgb:
    """Mix `towards` into the colour until its contrast with `on` suffices."""
    mixed = (_mix(colour, towards, share / 20) for share in range(21))
    return next((each for each in mixed if contrast(each, on) >= ENOUGH), towards)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _mix(colour: Rgb, towards: Rgb, share: float) -> Rgb:
    parts = [round(a + (b - a) * share) for a, b in zip(colour, towards, strict=True)]
    return (parts[0], parts[1], parts[2])


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
