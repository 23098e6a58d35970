"""Stored files that the database refuses."""

import pytest
from django.db import IntegrityError

from tests.factories.office import StoredFileFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sha256", ["", "A" * 64, "0" * 63])
def test_a_hash_of_another_form(sha256):
    with pytest.raises(IntegrityError, match="file_sha256_form"):
        StoredFileFactory(sha256=sha256)


def test_a_file_twice():
    first = StoredFileFactory()

    with pytest.raises(IntegrityError, match="sha256"):
        StoredFileFactory(sha256=first.sha256)
