"""What tests of the live server share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.live import watching


@pytest.fixture
def coarse_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the times of files be told by steps that nobody outlives, as a file system may for some milliseconds."""
    really = watching._files

    def roughly(folder: Path, shown: str) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
        for name, (_, changed, size, which) in really(folder, shown):
            yield name, (0, changed - changed % 10**12, size, which)

    monkeypatch.setattr(watching, "_files", roughly)
    monkeypatch.setattr(watching, "YOUNG_SECONDS", 10**4)
