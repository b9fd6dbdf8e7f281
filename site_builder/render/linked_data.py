"""JSON-LD: what a page says in the words of schema.org, as data that no browser runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from calculator.text import LANGUAGES
from site_builder.site.page import Page
from site_builder.site.public_address import PublicAddress
from site_builder.site.structured import DataSet, Question, Service

Node = Mapping[str, object]


def linked_data(page: Page, address: PublicAddress) -> Markup | None:
    """Return the text of the page's data block, or None where there is nothing to say."""
    graph = list(_graph(page, address))
    if not graph:
        return None
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    # In HTML the block ends at the first `</script`, and `<!--` opens a comment, wherever they stand.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing in it can end the block


def _graph(page: Page, address: PublicAddress) -> Iterator[Node]:
    if page.is_embedded:
        return
    if page.trail:
        yield {"@type": "BreadcrumbList", "itemListElement": list(_trail(page, address))}
    if page.service is not None:
        yield {
            "@type": "WebPage",
            "inLanguage": page.language,
            "about": _service(page.service, page, address),
            **({"citation": list(page.service.sources)} if page.service.sources else {}),
        }
    if page.data_set is not None:
        yield _data_set(page.data_set, page, address)
    if page.questions:
        yield {"@type": "FAQPage", "inLanguage": page.language, "mainEntity": list(map(_question, page.questions))}


def _trail(page: Page, address: PublicAddress) -> Iterator[Node]:
    for position, link in enumerate(page.trail, 1):
        yield {"@type": "ListItem", "position": position, "name": link.text, "item": address.of(link.path)}
    yield {"@type": "ListItem", "position": len(page.trail) + 1, "name": page.title}


def _service(service: Service, page: Page, address: PublicAddress) -> Node:
    provider = {"provider": {"@type": "GovernmentOrganization", "name": service.provider}}
    audience = {"audience": {"@type": "BusinessAudience", "audienceType": list(service.audience)}}
    return {
        "@type": "GovernmentService",
        "name": service.name,
        "url": address.of(page.path),
        "serviceType": service.kind,
        **(provider if service.provider is not None else {}),
        "areaServed": {"@type": "Country", "name": service.area},
        **(audience if service.audience else {}),
    }


def _data_set(one: DataSet, page: Page, address: PublicAddress) -> Node:
    return {
        "@type": "Dataset",
        "name": one.name,
        "description": one.description,
        "url": address.of(page.path),
        "inLanguage": list(LANGUAGES),
        "version": one.edition,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": address.of(file.path),
                "encodingFormat": file.media_type,
            }
            for file in one.files
        ],
    }


def _question(one: Question) -> Node:
    return {
        "@type": "Question",
        "name": one.question,
        "acceptedAnswer": {"@type": "Answer", "text": one.answer},
    }
