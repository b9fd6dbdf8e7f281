"""What the picture of a shared link says: the page's title and, of a call or a way to apply, its key figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.site.awards import AwardSummary
from site_builder.site.moments import ScheduleRow
from site_builder.site.wording import Wording

#: The picture lies beside its page.
FILE = "card.png"
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A figure as the page prints it, and what a reader of it has to know besides."""

    label: str
    value: str
    note: str = ""


def deadline_figures(row: ScheduleRow | None, wording: Wording) -> Iterator[CardFigure]:
    """Yield the deadline, where a document prints it; a reported one is for the page, which says what it is."""
    if row is not None and row.moment is not None:
        yield CardFigure(wording.words["deadline"], row.moment.time.text)


def round_figures(
    row: ScheduleRow | None, amount: str | None, rate: str | None, is_varied: bool, wording: Wording
) -> tuple[CardFigure, ...]:
    """Return the figures of a call; `is_varied` says that its frames differ."""
    words = wording.words
    note = words["depends_on_frame"] if is_varied else ""
    amounts = [] if amount is None else [CardFigure(words["amount"], amount, note)]
    rates = [] if rate is None else [CardFigure(words["rate"], rate)]
    return (*deadline_figures(row, wording), *amounts, *rates)


def frame_figures(row: ScheduleRow | None, summary: AwardSummary, wording: Wording) -> tuple[CardFigure, ...]:
    """Return the figures of a way to apply, each with what its page says beside it."""
    words = wording.words
    hints = {"only_range": summary.is_range, "each_member": summary.is_each, "can_be_raised": summary.is_raised}
    note = wording.listed(words[name] for name, holds in hints.items() if holds)
    label = words["upper_limit" if summary.is_range else "amount"]
    amounts = [] if summary.amount is None else [CardFigure(label, summary.amount, note)]
    rates = [] if summary.rate is None else [CardFigure(words["rate"], summary.rate)]
    return (*deadline_figures(row, wording), *amounts, *rates)
