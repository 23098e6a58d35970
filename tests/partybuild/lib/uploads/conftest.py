import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"
