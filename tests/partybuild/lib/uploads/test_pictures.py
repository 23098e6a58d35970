import io
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from partybuild.lib import uploads
from partybuild.lib.uploads.pictures import look_of


def photo(seed: int) -> Image.Image:
    """A scene of a few shapes, like a room with people in it."""
    random, picture = Random(seed), Image.new("RGB", (800, 600), (90, 100, 110))
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        left, top = random.randint(0, 700), random.randint(0, 500)
        box = (left, top, left + random.randint(40, 300), top + random.randint(40, 300))
        draw.ellipse(box, fill=tuple(random.randint(0, 255) for _ in range(3)))
    return picture


def look(picture: Image.Image, form: str = "JPEG", **options) -> int | None:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    stream.seek(0)
    name = f"图.{'jpg' if form == 'JPEG' else form.lower()}"
    return look_of(uploads.store(stream, name).sha256)


@pytest.mark.parametrize("seed", range(5))
def test_x11_a_photo_made_smaller_saved_again_or_brighter_looks_the_same(seed):
    first = look(photo(seed), quality=92)
    assert first is not None
    for other in (
        look(photo(seed).resize((400, 300)), quality=60),
        look(photo(seed), "PNG"),
        look(ImageEnhance.Brightness(photo(seed)).enhance(1.1), quality=85),
    ):
        assert (first ^ other).bit_count() <= 4


def test_x11_other_photos_look_different():
    looks = [look(photo(seed)) for seed in range(12)]
    pairs = [(one ^ other).bit_count() for place, one in enumerate(looks) for other in looks[:place]]
    assert min(pairs) > 8


def test_x11_an_empty_picture_and_a_missing_one_have_no_look():
    assert look(Image.new("RGB", (600, 400), "white")) is None
    assert look_of("0" * 64) is None
