"""What tells one sending of a form from another."""

import hashlib
import json
from collections.abc import Iterable, Sequence

Values = Iterable[tuple[str, Sequence[str]]]
Files = Iterable[tuple[str, str, int]]


def digest_of(path: str, values: Values, files: Files) -> str:
    """One text for the same form of the same page with the same content; ``files`` are field, name and size in bytes.

    Among the values is the page's own token, which is another each time the page is drawn.
    """
    whole = [path, sorted((name, list(each)) for name, each in values), sorted(files)]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()
