"""What comes of a table of companies: for the page, the first rows and counts; for the adviser, a table of results."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from calculator.assess import Assessor
from calculator.batch.columns import Headings
from calculator.batch.header import likely_meant
from calculator.batch.judging import Company, FrameToJudge, Table, frames_to_judge
from calculator.batch.reading import MOST_REMEMBERED
from calculator.batch.tables import BYTE_ORDER_MARK, written
from calculator.eligibility import Eligibility, Verdict
from calculator.figures import figure_text
from calculator.json_values import JsonObject, read_json
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.rulebook import RuleBook
from calculator.text import Language, Text

#: So many rows, and so many mistakes, are given to the page to show; the table of results has all.
MOST_SHOWN = 100
#: So many headings that are not understood are compared with those that are; a million of them would take an hour.
MOST_COMPARED = 100
#: What the outcome of a row is called that could not be read.
NOT_READ = "not_read"


@dataclass(slots=True)
class Counts:
    """How many companies came out how, so far; `outcomes` by frame and verdict."""

    outcomes: Mapping[str, dict[str, int]]
    companies: int = 0
    not_read: int = 0
    mistakes: int = 0

    @classmethod
    def of(cls, frames: Sequence[FrameToJudge]) -> Counts:
        """Return counts of nothing yet."""
        return cls({frame.slug: {verdict.value: 0 for verdict in Verdict} for frame in frames})

    def add(self, company: Company) -> None:
        """Count one more."""
        self.companies += 1
        self.not_read += bool(company.mistakes)
        self.mistakes += len(company.mistakes)
        for of_frame, answer in zip(self.outcomes.values(), company.answers, strict=bool(company.answers)):
            of_frame[answer.verdict.value] += 1


@dataclass(slots=True)
class Report:
    """Judges the companies of `table` under `frames` as they are asked for; words are in `language`."""

    headings: Headings
    frames: tuple[FrameToJudge, ...]
    language: Language
    table: Table
    counts: Counts
    _left: Iterator[Company]
    _words: dict[Hashable, tuple[str, str, str]] = field(default_factory=dict)

    @classmethod
    def ordered(cls, assessor: Assessor, order: str) -> Report:
        """Return the report that the page orders: a line of JSON (rule sets, round, language), and below it the table.

        Raises:
            TableError: no row of the table can be judged.
        """
        asked, _, text = order.partition("\n")
        settings, headings = read_json(asked), Headings(assessor.book)
        frames = frames_to_judge(assessor, settings["rule_sets"], settings["round"])
        table = Table.read(headings, text)
        return cls(headings, frames, settings["language"], table, Counts.of(frames), table.judged(assessor, frames))

    @property
    def book(self) -> RuleBook:
        """Return the rules that it judges by."""
        return self.headings.book

    def beginning(self) -> JsonObject:
        """Return what the page is told of the columns, with the first line of the table of results."""
        header = self.table.header
        return {
            "understood": [
                {"heading": header.cells[place], "label": reader.column.label.to_json()}
                for place, reader in header.understood
            ],
            "passed_on": self._passed_on([header.cells[place] for place in header.others if header.cells[place]]),
            "frames": [{"frame": one.slug, "name": one.rules.name.to_json()} for one in self.frames],
            "table": BYTE_ORDER_MARK + written([(*header.cells, *self._own_headings())]),
        }

    def _passed_on(self, headings: Sequence[str]) -> list[JsonObject]:
        """Return the headings that say nothing of a company, with what the first of them may have been meant to say."""
        meant = [likely_meant(self.headings, one) for one in headings[:MOST_COMPARED]]
        labels = [None if one is None else one.label.to_json() for one in meant]
        return [{"heading": heading, "meant": label} for heading, label in zip_longest(headings, labels)]

    def portion(self, count: int) -> JsonObject:
        """Judge the next `count` companies; return what the page is told of them, and all counts so far."""
        rows_left, mistakes_left = MOST_SHOWN - self.counts.companies, MOST_SHOWN - self.counts.mistakes
        companies = list(islice(self._left, count))
        for one in companies:
            self.counts.add(one)
        mistakes = [mistake for one in companies for mistake in one.mistakes]
        is_last = len(companies) < count
        return {
            "is_last": is_last,
            "line": self.table.lines if is_last else companies[-1].line,
            "lines": self.table.lines,
            "companies": self.counts.companies,
            "not_read": self.counts.not_read,
            "outcomes": self.counts.outcomes,
            "rows": [self._row_shown(one) for one in companies[: max(0, rows_left)]],
            "mistakes": [one.to_json() for one in mistakes[: max(0, mistakes_left)]],
            "table": written(map(self._result, companies)),
        }

    # --- the page ----------------------------------------------------------------------------------------------------

    def _row_shown(self, company: Company) -> JsonObject:
        called = next(iter(self.table.header.others), 0)
        return {
            "line": company.line,
            "name": company.cells[called] if called < len(company.cells) else "",
            "mistakes": [one.to_json() for one in company.mistakes],
            "frames": [
                self._answer_shown(frame, answer)
                for frame, answer in zip(self.frames, company.answers, strict=bool(company.answers))
            ],
        }

    def _answer_shown(self, frame: FrameToJudge, answer: Eligibility) -> JsonObject:
        subsidy = answer.subsidy_yen if answer.verdict is Verdict.ELIGIBLE else None
        return {
            "frame": frame.slug,
            "outcome": answer.verdict.value,
            "subsidy": None if subsidy is None else figure_text(Kind.YEN, subsidy).to_json(),
            "failed": [*map(_to_json(_requirement_labels(frame)), answer.failed)],
            "missing": [*map(_to_json(self._cause_label), answer.missing)],
        }

    def _cause_label(self, name: str) -> Text:
        """Return the label of a fact or an open point."""
        return self.book.open_points[name] if name in self.book.open_points else self.book.facts[name].label

    # --- the table of results ----------------------------------------------------------------------------------------

    def _own_headings(self) -> Iterator[str]:
        yield self._say("result_not_read")
        for frame in self.frames:
            yield from (f"{frame.slug}.outcome", f"{frame.slug}.subsidy_yen")
            for name in ("result_outcome", "result_failed", "result_missing"):
                yield self._say(name, frame=frame.rules.name)

    def _result(self, company: Company) -> list[str]:
        width = len(self.table.header.cells)
        row = [*company.cells[:width], *[""] * (width - len(company.cells)), self._joined(company.mistakes)]
        if company.mistakes:
            return row + [NOT_READ, "", self._say("outcome_not_read"), "", ""] * len(self.frames)
        for frame, answer in zip(self.frames, company.answers, strict=True):
            row += self._result_of_frame(frame, answer)
        return row

    def _result_of_frame(self, frame: FrameToJudge, answer: Eligibility) -> tuple[str, ...]:
        outcome, failed, missing = self._in_words(frame, answer)
        subsidy = answer.subsidy_yen
        return answer.verdict.value, "" if subsidy is None else str(subsidy), outcome, failed, missing

    def _in_words(self, frame: FrameToJudge, answer: Eligibility) -> tuple[str, str, str]:
        """Return the words for the outcome, for what failed and for what is missing; many companies share them."""
        key = (frame.slug, answer.verdict, answer.failed, answer.missing)
        if key not in self._words:
            if len(self._words) >= MOST_REMEMBERED:
                self._words.clear()
            outcome = message(self.book.messages, f"outcome_{answer.verdict.value}")
            if frame.rules.unconfirmed:
                outcome = message(self.book.messages, "verdict_unconfirmed", verdict=outcome)
            self._words[key] = (
                outcome.within(self.language),
                self._joined(tuple(map(_requirement_labels(frame), answer.failed))),
                self._joined(tuple(map(self._cause_label, answer.missing))),
            )
        return self._words[key]

    def _joined(self, texts: tuple[Text, ...]) -> str:
        return listed(self.book.messages, texts, "two_in_a_cell").within(self.language)

    def _say(self, code: str, **parts: Text | str) -> str:
        return message(self.book.messages, code, **parts).within(self.language)


def _requirement_labels(frame: FrameToJudge) -> Callable[[str], Text]:
    """Return what gives the label of a requirement by its code."""
    return {one.code: one.label for one in frame.decision.conditions}.__getitem__


def _to_json(label: Callable[[str], Text]) -> Callable[[str], JsonObject]:
    return lambda name: label(name).to_json()
