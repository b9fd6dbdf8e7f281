"""The page that says what this site is and is not."""

from __future__ import annotations

from site_builder.site.addresses import ABOUT, HOME, Link
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.wording import Wording


def about_page(prose: Prose, wording: Wording) -> Page:
    """Plan the page: prose and nothing else."""
    return Page(
        address=ABOUT,
        language=wording.language,
        template="prose.html",
        title=prose.title,
        description=prose.description,
        view=prose,
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
    )
