"""What search engines ask for: the list of all pages with their versions, and where it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from site_builder.site.page import Page
from site_builder.site.plan import Site

SITEMAP_FILE = "sitemap.xml"
ROBOTS_FILE = "robots.txt"
_NAMESPACES = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}


def sitemap(site: Site) -> bytes:
    """Return the list of all pages that are for search engines, each with all its versions.

    It tells no dates of change: the build knows what a page says, and not since when.
    """
    root = ET.Element("urlset", _NAMESPACES)
    for page in site.pages:
        if not page.is_embedded:
            _add(root, page, site)
    ET.indent(root, "")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def robots(site: Site) -> bytes:
    """Return the file that lets everybody read everything, and says where the list of pages is."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {site.address.of(SITEMAP_FILE)}\n".encode()


def _add(root: ET.Element, page: Page, site: Site) -> None:
    entry = ET.SubElement(root, "url")
    ET.SubElement(entry, "loc").text = site.address.of(page.path)
    for language, path in (*page.versions.items(), ("x-default", page.versions["ja"])):
        link = {"rel": "alternate", "hreflang": language, "href": site.address.of(path)}
        ET.SubElement(entry, "xhtml:link", link)
