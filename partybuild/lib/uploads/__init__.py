"""Files that people send: checked by their content, stored once by their SHA-256."""

from partybuild.lib.uploads.kinds import KINDS, Kind, UploadError, kind_of
from partybuild.lib.uploads.sealing import SealedReader, SealError
from partybuild.lib.uploads.storing import (
    Stored,
    is_intact,
    open,
    open_sealed,
    path_of,
    remove,
    remove_unfinished,
    seal_again,
    store,
    store_sealed,
    stored_hashes,
)
from partybuild.lib.uploads.thumbnails import THUMBNAIL_TYPE, thumbnail

__all__ = [
    "KINDS",
    "THUMBNAIL_TYPE",
    "Kind",
    "SealError",
    "SealedReader",
    "Stored",
    "UploadError",
    "is_intact",
    "kind_of",
    "open",
    "open_sealed",
    "path_of",
    "remove",
    "remove_unfinished",
    "seal_again",
    "store",
    "store_sealed",
    "stored_hashes",
    "thumbnail",
]
