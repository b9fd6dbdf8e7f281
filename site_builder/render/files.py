"""Every file of the website, by its path from the root, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.render.calendars import calendar_file
from site_builder.render.templates import Printer
from site_builder.render.theme import Theme
from site_builder.site.data.files import DATA_FOLDER
from site_builder.site.plan import RULES_FILE, Site


def render(site: Site, theme: Theme) -> Mapping[str, bytes]:
    """Return the files of `site` in the look of `theme`."""
    printer = Printer(site, theme)
    pages = {page.file: printer.page(page).encode() for page in site.pages}
    beside = {f"{page.path}{name}": text.encode() for page in site.pages for name, text in page.files.items()}
    return {
        **{f"{theme.directory_name}/{name}": content for name, content in theme.files.items()},
        **pages,
        **{calendar.path: calendar_file(calendar) for calendar in site.calendars},
        **beside,
        "index.html": printer.bare("languages.html", "").encode(),
        "404.html": printer.bare("not-found.html", "/").encode(),
        **{f"{DATA_FOLDER}/{name}": text.encode() for name, text in site.data.items()},
        RULES_FILE: site.rules_text.encode(),
    }
