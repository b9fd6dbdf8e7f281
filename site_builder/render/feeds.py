"""Feeds: the changes of the site go in, an Atom document (RFC 4287) comes out, the same bytes every time.

The standard library writes it: a library for feeds would bring a second XML parser for these few elements.
"""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from site_builder.site.addresses import seen_from
from site_builder.site.news import FeedView, NewsItem
from site_builder.site.public_address import PublicAddress

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"


#: The style that shows a feed to people who open it in a browser, which else puts styles of its own into the document;
#: our policy stops those.
STYLE = "styles/feed.css"


def feed_file(view: FeedView, address: PublicAddress, authority: str, style: str) -> bytes:
    """Return the feed as a file.

    Args:
        view: what it tells.
        address: where the site is published.
        authority: what begins its ids (RFC 4151), which outlive the address of the site.
        style: the path of its style from the root of the site.
    """
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": view.language})
    _text(root, "id", f"tag:{authority}:{view.language}/news")
    _text(root, "title", view.title)
    _text(root, "subtitle", view.subtitle)
    _text(root, "updated", _moment(max(item.day for item in view.items)))
    _text(ET.SubElement(root, "author"), "name", view.author)
    _link(root, "self", address.of(view.path), MEDIA_TYPE)
    _link(root, "alternate", address.of(view.page), "text/html")
    for item in view.items:
        _entry(ET.SubElement(root, "entry"), item, view, address, authority)
    ET.indent(root)
    declaration, _, text = ET.tostring(root, encoding="utf-8", xml_declaration=True).partition(b"\n")
    shown_by = f'<?xml-stylesheet type="text/css" href="{seen_from(view.path, style)}"?>'
    return b"\n".join((declaration, shown_by.encode(), text, b""))


def _entry(entry: ET.Element, item: NewsItem, view: FeedView, address: PublicAddress, authority: str) -> None:
    _text(entry, "id", f"tag:{authority}:{view.language}/news/{item.anchor}")
    _text(entry, "title", item.title)
    _text(entry, "published", _moment(item.day))
    _text(entry, "updated", _moment(item.day))
    _link(entry, "alternate", address.of(f"{view.page}#{item.anchor}"), "text/html")
    for link in item.links:
        _link(entry, "related", address.of(link.path), "text/html", link.text)
    _text(entry, "summary", item.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, address: str, media_type: str, title: str | None = None) -> None:
    named = {} if title is None else {"title": title}
    ET.SubElement(parent, "link", {"rel": relation, "type": media_type, **named, "href": address})


def _moment(day: date) -> str:
    """Return the beginning of a day in Japan."""
    return f"{day.isoformat()}T00:00:00+09:00"
