"""Small pictures of stored images, made at the first use, upright and without what the camera wrote about itself."""

import os
import tempfile
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from partybuild.lib.uploads.kinds import DAMAGED, UploadError
from partybuild.lib.uploads.storing import path_of, put_in_place, thumbnail_path

THUMBNAIL_TYPE = "image/jpeg"
_LONGEST = 480
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def thumbnail(sha256: str) -> Path:
    """The thumbnail of a stored image, at most 480 pixels long; raises ``UploadError`` when it cannot be read."""
    path = thumbnail_path(sha256)
    if not path.exists():
        _make(path_of(sha256), path)
    return path


def _make(source: Path, path: Path) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            _small(source).save(stream, "JPEG", quality=82, optimize=True)
            os.fchmod(stream.fileno(), 0o640)
        put_in_place(Path(temporary), path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _small(source: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size was checked when it was stored
            with Image.open(source, formats=_FORMATS) as image:
                image.draft("RGB", (2 * _LONGEST, 2 * _LONGEST))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((_LONGEST, _LONGEST))
                return _on_white(upright)
    except FileNotFoundError:
        raise
    except Exception:  # the decoders raise whatever they stumble over
        raise UploadError(DAMAGED) from None


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture without metadata; what was transparent is white."""
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
