"""What a stored image looks like, in 64 bits: made smaller, saved again or a little brighter it has nearly the same.

The picture is drawn with 32 × 32 grey points; of their two-dimensional cosine transform the 8 × 8 lowest frequencies
are taken, and each bit says whether one of them lies above their median.
"""

import warnings
from functools import cache
from math import cos, pi
from statistics import median, pstdev

from PIL import Image, ImageOps

from partybuild.lib.uploads.storing import path_of

_SIDE, _KEPT = 32, 8
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_FLAT = 4.0


def look_of(sha256: str) -> int | None:
    """The 64 bits of a stored image; None for one of a single tone, and for what cannot be read."""
    points = _points(sha256)
    if points is None or pstdev(points) < _FLAT:
        return None
    rows = [points[place : place + _SIDE] for place in range(0, _SIDE * _SIDE, _SIDE)]
    half = [_waves(row) for row in rows]
    full = [_waves([row[column] for row in half]) for column in range(_KEPT)]
    values = [full[column][row] for row in range(_KEPT) for column in range(_KEPT)]
    # The first value is the mean brightness, which says nothing of what is seen.
    middle = median(values[1:])
    return sum((value > middle) << place for place, value in enumerate(values))


def _points(sha256: str) -> list[int] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size was checked when it was stored
            with Image.open(path_of(sha256), formats=_FORMATS) as image:
                image.draft("L", (4 * _SIDE, 4 * _SIDE))
                grey = ImageOps.exif_transpose(image).convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
                return list(grey.tobytes())
    except Exception:  # the decoders raise whatever they stumble over
        return None


def _waves(values: list[int] | list[float]) -> list[float]:
    """The lowest frequencies of a line of values."""
    return [sum(value * factor for value, factor in zip(values, line, strict=True)) for line in _cosines()]


@cache
def _cosines() -> list[list[float]]:
    return [
        [cos(pi * frequency * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE)] for frequency in range(_KEPT)
    ]
