"""Compressed copies: of what is worth it, the same each time, and made once."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest

from site_builder.comparing.sites import compare_sites
from site_builder.render.compression import LEAST_BYTES, CompressionError, compressed, is_copy

PAGE = "同じ言葉の繰り返し".encode() * 200
FILES: dict[str, bytes | Path] = {
    "index.html": PAGE,
    "copy/index.html": PAGE,
    "small.css": b"p {}",
    "card.png": bytes(LEAST_BYTES),
}


def test_text_that_is_long_enough_has_two_copies_that_give_it_back(tmp_path: Path) -> None:
    copies = compressed(FILES, tmp_path)
    assert set(copies) == {f"{name}index.html.{ending}" for name in ("", "copy/") for ending in ("gz", "br")}
    assert gzip.decompress(copies["index.html.gz"].read_bytes()) == PAGE
    back = "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
    command = ["node", "-e", back, str(copies["index.html.br"])]
    assert subprocess.run(command, capture_output=True, check=True).stdout == PAGE
    assert all(path.stat().st_size < len(PAGE) / 10 for path in copies.values())


def test_what_was_compressed_is_not_compressed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compressed(FILES, tmp_path)
    monkeypatch.setenv("PATH", "")
    assert compressed(FILES, tmp_path) == first
    with pytest.raises(CompressionError, match=r"node: the command is not on the path\n    hint: "):
        compressed({**FILES, "new.html": PAGE + b"!"}, tmp_path)


def test_the_copies_are_the_same_each_time_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    one, other = (compressed(FILES, tmp_path / name) for name in ("a", "b"))
    assert {name: path.read_bytes() for name, path in one.items()} == {
        name: path.read_bytes() for name, path in other.items()
    }
    assert {path.suffix for path in (tmp_path / "a").iterdir()} == {".gz", ".br"}


def test_a_copy_is_no_change_of_the_site(tmp_path: Path) -> None:
    copies = compressed(FILES, tmp_path)
    assert is_copy("index.html.br", {**FILES, **copies})
    assert not is_copy("data.gz", {**FILES, **copies})
    changes = compare_sites(FILES, {**FILES, **copies})
    assert (changes.pages, changes.others) == ((), ())
