"""The SHA-256 of what a file holds or will hold: one function for lists, names and seals."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(content: bytes | Path) -> bytes:
    """Return the SHA-256 of bytes, or of the file at a path.

    Raises:
        OSError: the file cannot be read.
    """
    return hashlib.sha256(content.read_bytes() if isinstance(content, Path) else content).digest()
