"""The list of what caches must forget is complete: with it, a cache that keeps everything else answers as the site."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from site_builder.comparing.purging import addresses_to_purge, contents_of
from site_builder.hosting.headers import CONTENT_HASHED_FOLDER

Files = Mapping[str, bytes]
Answer = tuple[str, bytes]

PLAIN = ("index.html", "404.html", "rules.json", "ja/index.html", "ja/a/index.html", "ja/a/card.png", "x/y/index.html")
HASHED = ("theme-0123456789ab/style.css", "theme-ba9876543210/style.css")


def content(name: str) -> st.SearchStrategy[bytes]:
    """What a file holds: of one that is named after its contents it is always the same."""
    return st.just(name.encode()) if CONTENT_HASHED_FOLDER.search(f"/{name}") else st.sampled_from([b"1", b"2"])


sites = st.sets(st.sampled_from([*PLAIN, *HASHED])).flatmap(
    lambda names: st.fixed_dictionaries({name: content(name) for name in sorted(names)})
)


def asked(address: str, files: Files) -> Answer:
    """What any of the servers of docs/publishing.md answers."""
    name = f"{address[1:]}index.html" if address.endswith("/") else address[1:]
    if name in files:
        return "200", files[name]
    return ("301", b"") if f"{name}/index.html" in files else ("404", b"")


ADDRESSES = sorted(
    {f"/{name}" for name in (*PLAIN, *HASHED)}
    | {f"/{name.removesuffix('index.html')}" for name in PLAIN}
    | {f"/{name.removesuffix('/index.html')}" for name in PLAIN if "/" in name}
)


@given(before=sites, after=sites)
def test_a_cache_that_forgets_the_list_answers_as_the_new_site(before: Files, after: Files) -> None:
    forgotten = set(addresses_to_purge(contents_of(before), contents_of(after)))
    for address in ADDRESSES:
        then, now = asked(address, before), asked(address, after)
        is_kept = address not in forgotten and then[0] != "404"  # that something is not there is never kept
        if is_kept and CONTENT_HASHED_FOLDER.search(address) is None:
            assert then == now, address


@given(before=sites, after=sites)
def test_nothing_is_forgotten_that_stays_as_it_was(before: Files, after: Files) -> None:
    for address in addresses_to_purge(contents_of(before), contents_of(after)):
        assert asked(address, before) != asked(address, after), address


def test_compressed_copies_and_folders_named_after_their_contents_are_never_on_the_list() -> None:
    before = {"a.json": b"1" * 2000, "theme-0123456789ab/a.css": b"1"}
    after = {"a.json": b"2" * 2000, "a.json.gz": b"z", "a.json.br": b"b", "theme-ba9876543210/a.css": b"2"}
    assert addresses_to_purge(contents_of(before), contents_of(after)) == ("/a.json",)
    assert addresses_to_purge(contents_of(after), contents_of(after)) == ()
