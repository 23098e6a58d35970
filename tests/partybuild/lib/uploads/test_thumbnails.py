import io

import pytest
from PIL import Image

from partybuild.lib import uploads
from partybuild.lib.uploads import UploadError
from tests.harness.sample_files import image, sample

TURNED_RIGHT = 6


def stored(content, name):
    return uploads.store(io.BytesIO(content), name).sha256


@pytest.mark.parametrize("extension", ["jpg", "png", "gif", "webp"])
def test_a_thumbnail_is_a_jpeg_of_at_most_480_pixels(extension):
    path = uploads.thumbnail(stored(image(extension, size=(1600, 900)), f"图.{extension}"))

    with Image.open(path) as small:
        assert (small.format, small.size) == ("JPEG", (480, 270))


def test_a_small_image_stays_as_it_is():
    with Image.open(uploads.thumbnail(stored(image("png", size=(40, 30)), "图.png"))) as small:
        assert small.size == (40, 30)


def test_it_is_upright_and_holds_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x0112] = TURNED_RIGHT
    exif[0x010F] = "a camera"
    content = image("jpg", size=(1600, 900), exif=exif.tobytes())

    with Image.open(uploads.thumbnail(stored(content, "照片.jpg"))) as small:
        assert small.size == (270, 480)
        assert dict(small.getexif()) == {}


def test_what_is_transparent_is_white():
    content = image("png", mode="RGBA", colour=(255, 0, 0, 0))

    with Image.open(uploads.thumbnail(stored(content, "图.png"))) as small:
        assert min(small.getpixel((5, 5))) > 250


def test_it_is_made_once():
    sha256 = stored(image("png"), "图.png")
    first = uploads.thumbnail(sha256)
    before = first.stat().st_mtime_ns

    assert uploads.thumbnail(sha256) == first
    assert first.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("content", "name"), [(image("jpg", size=(900, 900))[:3000], "照片.jpg"), (sample("pdf"), "文.pdf")]
)
def test_what_cannot_be_read_as_a_picture_has_none_and_leaves_nothing(media, content, name):
    sha256 = stored(content, name)

    with pytest.raises(UploadError):
        uploads.thumbnail(sha256)
    assert [path.name for path in uploads.path_of(sha256).parent.iterdir()] == [sha256[2:]]


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(FileNotFoundError):
        uploads.thumbnail("0" * 64)
