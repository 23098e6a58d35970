"""Files that people send: checked by their content, stored once by their SHA-256."""

from partybuild.lib.uploads.kinds import KINDS, Kind, UploadError, kind_of
from partybuild.lib.uploads.storing import (
    Stored,
    is_intact,
    open,
    path_of,
    remove,
    remove_unfinished,
    store,
    stored_hashes,
)
from partybuild.lib.uploads.thumbnails import THUMBNAIL_TYPE, thumbnail

__all__ = [
    "KINDS",
    "THUMBNAIL_TYPE",
    "Kind",
    "Stored",
    "UploadError",
    "is_intact",
    "kind_of",
    "open",
    "path_of",
    "remove",
    "remove_unfinished",
    "store",
    "stored_hashes",
    "thumbnail",
]
