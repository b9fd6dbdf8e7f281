"""The picture on a frame's page is that of a worked example of the page, with the figures of its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.eligibility import Verdict
from calculator.pictures.cost import COST
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.content import read_content
from site_builder.site.example_answers import Answer
from site_builder.site.examples import Answers, anchor_of, shown, work_out
from site_builder.site.pictures import picture_of_an_example
from site_builder.site.wording import Wording, Words
from tests.real import real_rules

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def answers(rules: Rules) -> Answers:
    return work_out(rules)


@pytest.fixture(scope="module")
def wording(rules: Rules) -> Wording:
    words = Words(read_content(ROOT / "content", rules).interface, "en")
    return Wording("en", words, rules.book.sources, rules.book.messages)


@pytest.fixture(scope="module")
def frames(rules: Rules) -> list[FrameInRound]:
    """Every frame in the newest round that offers it."""
    rounds = [one for programme in rules.programmes for some in programme.rule_sets for one in some.rounds]
    return list({frame.rules.rule_set: frame for one in rounds for frame in one.frames}.values())


def has_cost(answer: Answer) -> bool:
    is_paid = answer.get("outcome") == Verdict.ELIGIBLE
    return is_paid and any(picture["name"] == COST for picture in answer.get("pictures", ()))


def test_it_is_of_the_first_example_that_is_paid_and_leads_to_it(
    frames: list[FrameInRound], answers: Answers, wording: Wording
) -> None:
    with_pictures = 0
    for frame in frames:
        view = picture_of_an_example(frame, answers, wording)
        fitting = [one for one in shown(frame) if has_cost(answers[one.rule_set, one.round, one.name])]
        assert (view is None) is (not fitting), frame.rules.rule_set
        if view is not None:
            assert view.example.path == f"#{anchor_of(fitting[0])}"
            with_pictures += 1
    assert with_pictures > 10


def test_its_table_has_the_figures_of_the_examples_answer(
    frames: list[FrameInRound], answers: Answers, wording: Wording
) -> None:
    for frame in frames:
        view = picture_of_an_example(frame, answers, wording)
        if view is not None:
            example = next(one for one in shown(frame) if f"#{anchor_of(one)}" == view.example.path)
            told = answers[example.rule_set, example.round, example.name]["figures"]
            figures = {figure["name"]: figure["value"]["en"] for figure in told}
            (own,) = [row for row in view.picture.rows if row.is_own]
            assert own.cells[1:] == tuple(
                figures[name] for name in ("eligible_cost_yen", "subsidy_yen", "own_share_yen")
            )


def test_a_page_prints_what_the_calculator_has_placed(built_site: Path) -> None:
    """The same example, drawn on the page: its shapes are those that the calculator gives."""
    page = (built_site / "en/monozukuri/r3s/13/normal/examples/index.html").read_text(encoding="utf-8")
    assert page.count('<svg class="drawing"') == 1
    drawing = page[page.index("<svg class") : page.index("</svg>")]
    assert drawing.count("<path") > 8
    assert ' style="' not in drawing
    assert page.index("styles/pictures.css") > page.index("<main")
