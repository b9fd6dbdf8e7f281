"""Compressed copies beside files, for servers that send those: files go in; their `.gz` and `.br` come out.

What was compressed once is kept by its hash, so that a build compresses only what has changed. Brotli is Node's, which
a build has anyway; at its highest level it is slow, which matters once.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

#: Kinds of files that are not compressed in themselves. The archives of the browser's Python are stored as they are.
COMPRESSED_KINDS = frozenset(
    (
        ".css",
        ".csv",
        ".html",
        ".ics",
        ".js",
        ".json",
        ".mjs",
        ".svg",
        ".txt",
        ".wasm",
        ".webmanifest",
        ".whl",
        ".xml",
        ".zip",
    )
)
#: The endings of the copies.
ENDINGS = (".gz", ".br")
#: Bytes below which a copy would save nothing worth a file.
LEAST_BYTES = 1000
_SCRIPT = Path(__file__).with_name("compress.mjs")


class CompressionError(Exception):
    """The copies cannot be made, because Node is missing or fails."""


def compressed(files: Mapping[str, bytes | Path], cache: Path) -> Mapping[str, Path]:
    """Return the compressed copies of `files` by their paths from the root; `cache` keeps them for later builds.

    Raises:
        CompressionError: Node is missing or fails.
        OSError: the cache cannot be written.
    """
    contents = {name: _content(files[name]) for name in sorted(files) if PurePosixPath(name).suffix in COMPRESSED_KINDS}
    digests = {name: hashlib.sha256(one).hexdigest() for name, one in contents.items() if len(one) >= LEAST_BYTES}
    cache.mkdir(parents=True, exist_ok=True)
    _compress({digest: contents[name] for name, digest in digests.items()}, cache)
    return {f"{name}{ending}": cache / f"{digest}{ending}" for name, digest in digests.items() for ending in ENDINGS}


def is_copy(name: str, files: Mapping[str, object]) -> bool:
    """Say whether a file is the compressed copy of another of `files`."""
    return name.endswith(ENDINGS) and name[: -len(ENDINGS[0])] in files


def _compress(contents: Mapping[str, bytes], cache: Path) -> None:
    """Put into the cache what is not there yet; a copy is there when it is whole."""
    for digest, content in contents.items():
        if not (cache / f"{digest}.gz").exists():
            part = cache / f"{digest}.gz.part"
            part.write_bytes(gzip.compress(content, 9, mtime=0))
            part.replace(cache / f"{digest}.gz")
    missing = {digest: content for digest, content in contents.items() if not (cache / f"{digest}.br").exists()}
    if not missing:
        return
    with tempfile.TemporaryDirectory(prefix="compress-") as folder:
        for digest, content in missing.items():
            (Path(folder) / digest).write_bytes(content)
        order = json.dumps({"from": folder, "names": sorted(missing), "to": str(cache)})
        try:
            ended = subprocess.run(["node", str(_SCRIPT)], input=order, capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            hint = "install Node, or build without --precompress"
            raise CompressionError(f"node: the command is not on the path\n    hint: {hint}") from error
    if ended.returncode != 0:
        hint = "build without --precompress, or see what Node says"
        raise CompressionError(f"node: compressing failed: {ended.stderr.strip()[-500:]}\n    hint: {hint}")


def _content(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content
