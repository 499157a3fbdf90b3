"""Colours a body chooses, moved until text in them can be read on our papers."""

import re
from colorsys import hls_to_rgb, rgb_to_hls

LIGHT_PAPER = (251, 250, 246)
DARK_PAPER = (27, 31, 37)
ENOUGH = 5.5

Rgb = tuple[int, int, int]


def brand_css(accent: str) -> str:
    """Return the rules that give the pages this accent, '' when it is no colour."""
    chosen = parse(accent)
    if chosen is None:
        return ""
    light = readable(chosen, on=LIGHT_PAPER, step=-0.02)
    dark = readable(chosen, on=DARK_PAPER, step=0.02)
    return f"@layer tokens{{:root{{--brand-light:{text(light)};--brand-dark:{text(dark)}}}}}\n"


def parse(value: str) -> Rgb | None:
    """Read `#rrggbb`."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", value.strip())
    return (int(match[1], 16), int(match[2], 16), int(match[3], 16)) if match else None


def text(colour: Rgb) -> str:
    """Write `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def readable(colour: Rgb, *, on: Rgb, step: float) -> Rgb:
    """Make the colour darker or lighter, of the same hue, until its contrast with `on` suffices."""
    tried = (_lighter(colour, step * count) for count in range(51))
    return next((each for each in tried if contrast(each, on) >= ENOUGH), _lighter(colour, step * 50))


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _lighter(colour: Rgb, by: float) -> Rgb:
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in colour))
    # Full saturation glares on dark paper.
    muted = saturation if by <= 0 else min(saturation, 0.55)
    red, green, blue = hls_to_rgb(hue, min(1.0, max(0.0, light + by)), muted)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
