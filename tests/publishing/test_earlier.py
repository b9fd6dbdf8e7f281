"""What a page of an earlier site asks for is still found, as long as that site is kept, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.publishing import Shelf, publish, roll_back, shelf_beside
from site_builder.publishing import shelf as shelves


def site(number: int) -> dict[str, bytes]:
    """A site whose styles have changed; its pictures never do."""
    styles = f"theme-{number:012x}/a.css"
    return {
        "index.html": styles.encode(),
        styles: bytes([number]),
        "ja/map-0000000000aa/b.svg": b"",
        "cards/c.png": b"",
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


def linked(out: Path) -> dict[str, bytes]:
    place = shelf_beside(out).folder / "earlier"
    return {link.name: (link / "a.css").read_bytes() for link in place.iterdir()} if place.exists() else {}


def test_the_styles_of_each_kept_site_are_linked_and_those_in_place_are_not(out: Path) -> None:
    for number in range(5):
        publish(site(number), out)
        kept = range(max(0, number - 3), number)
        assert linked(out) == {f"theme-{one:012x}": bytes([one]) for one in kept}
    roll_back(out, shelf_beside(out))
    assert linked(out) == {f"theme-{one:012x}": bytes([one]) for one in (1, 2, 4)}
    assert (out / "theme-000000000003" / "a.css").read_bytes() == bytes([3])


def test_where_no_site_is_kept_nothing_is_linked(out: Path) -> None:
    for number in range(3):
        publish(site(number), out, Shelf(shelf_beside(out).folder, keep=2))
    publish(site(3), out, Shelf(shelf_beside(out).folder, keep=0))
    assert linked(out) == {}


def test_what_somebody_has_put_there_is_left_alone(out: Path) -> None:
    publish(site(0), out)
    own = shelf_beside(out).folder / "earlier" / "theme-000000000000"
    own.mkdir(parents=True)
    (own / "a.css").write_bytes(b"own")
    publish(site(1), out)
    publish(site(1), out)
    publish(site(2), out)
    assert linked(out) == {"theme-000000000000": b"own", "theme-000000000001": bytes([1])}


def test_that_only_the_links_failed_is_not_told_as_if_the_site_were_the_old_one(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device", "a link")

    publish(site(0), out)
    with monkeypatch.context() as changed:
        changed.setattr(shelves, "link_earlier", fail)
        with pytest.raises(
            OSError, match=r"is published, but .*: a link: No space left on device\n    hint: "
        ) as error:
            publish(site(1), out)
    assert "as it was" not in str(error.value)
    assert (out / "index.html").read_bytes() == site(1)["index.html"]
    publish(site(1), out)
    assert linked(out) == {"theme-000000000000": bytes([0])}
