"""The view of the self-diagnosis: which questions the form asks, in which order, and how."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.expressions import Fact
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition, FactGroup, RowField
from calculator.text import Text
from site_builder.rules.model import FrameInRound, Round, Rules
from site_builder.site.calls import NoRoundToCheckError, checked_calls
from site_builder.site.check import CheckView, QuestionView, check_view
from site_builder.site.openings import Opening
from site_builder.site.wording import Wording, Words
from tests.site.hand_made import FRAME, PLACEHOLDER, ROUND, rules
from tests.site.hand_made_content import content_for

RULES = rules()
INTERFACE = content_for(RULES).interface
NAME = Text("名", "name")
EARLY = FactDefinition("early", Kind.YES_NO, "frame", NAME, NAME)


def rules_of(one: Round, *facts: FactDefinition) -> Rules:
    """The hand-made rules with another round, more facts, and a group for what one frame asks."""
    groups = (FactGroup("frame", NAME), *RULES.book.groups)
    book = replace(RULES.book, groups=groups, facts={**RULES.book.facts, **{fact.name: fact for fact in facts}})
    programme = RULES.programmes[0]
    rule_set = replace(programme.rule_sets[0], rounds=(one, PLACEHOLDER))
    return replace(RULES, book=book, programmes=(replace(programme, rule_sets=(rule_set,)),))


def round_of(*frames: FrameInRound) -> Round:
    return replace(ROUND, frames=frames)


def asking(name: str, slug: str = "plain") -> FrameInRound:
    """The hand-made frame with a point for whoever answers yes to one more question."""
    point = replace(FRAME.rules.bonuses[0], condition=Fact(name))
    return replace(FRAME, slug=slug, rules=replace(FRAME.rules, bonuses=(point,)))


def view(of: Rules) -> CheckView:
    call, wording = checked_calls(of)[0], Wording("en", Words(INTERFACE, "en"), of.book.sources, of.book.messages)
    return check_view(call, of, Opening(None, 0), wording)


def questions(of: Rules) -> dict[str, QuestionView]:
    return {one.field.name: one for section in view(of).sections for one in section.questions}


def question(fact: FactDefinition) -> QuestionView:
    return questions(rules_of(round_of(asking(fact.name)), fact))[fact.name]


def test_only_what_a_frame_reads_is_asked() -> None:
    assert set(questions(rules_of(ROUND, EARLY))) == {"employees", "costs"}
    assert set(questions(rules_of(round_of(asking("early")), EARLY))) == {"employees", "costs", "early"}


def test_a_date_that_the_round_gives_is_not_asked() -> None:
    deadline = FactDefinition("day", Kind.DATE, "applicant", NAME, NAME, given_by_round="applications_close")
    opening = replace(deadline, given_by_round="applications_open")
    assert "day" not in questions(rules_of(round_of(asking("day")), deadline))
    assert "day" in questions(rules_of(round_of(asking("day")), opening))


def test_what_one_frame_asks_comes_last_and_leads_to_the_frame() -> None:
    sections = view(rules_of(round_of(FRAME, asking("early", "own")), EARLY)).sections
    assert [(section.name, section.frame_path) for section in sections] == [
        ("applicant", None),
        ("frame", "en/subsidy/budget/7/own/"),
    ]


def test_every_question_can_be_answered_with_i_do_not_know() -> None:
    assert {one.others[-1].value for one in questions(rules_of(ROUND)).values()} == {"unknown"}


def test_an_optional_fact_can_be_answered_with_there_is_none() -> None:
    capital = FactDefinition("capital", Kind.YEN, "applicant", NAME, NAME, optional=True, none_label=NAME)
    assert [one.value for one in question(capital).others] == ["none", "unknown"]


@pytest.mark.parametrize(
    ("kind", "at_least", "keyboard"),
    [(Kind.YEN, 0, "numeric"), (Kind.YEN, None, "text"), (Kind.PERCENT, 0, "decimal"), (Kind.PERCENT, -100, "text")],
)
def test_a_phone_shows_number_keys_unless_a_minus_may_be_needed(kind: Kind, at_least: int, keyboard: str) -> None:
    typed = FactDefinition("typed", kind, "applicant", NAME, NAME, at_least=at_least)
    assert question(typed).field.keyboard == keyboard


def test_many_choices_are_a_list_to_open_and_few_are_radio_buttons() -> None:
    few, many = (tuple(Choice(f"choice-{one}", NAME) for one in range(number)) for number in (7, 8))
    chosen = FactDefinition("chosen", Kind.CHOICE, "applicant", NAME, NAME, choices=few)
    assert question(chosen).control == "radios"
    assert question(replace(chosen, choices=many)).control == "select"


def test_a_list_of_nothing_but_choices_is_ticked() -> None:
    column = RowField("grant", Kind.CHOICE, NAME, (Choice("old", NAME),))
    grants = FactDefinition("grants", Kind.LIST, "applicant", NAME, NAME, fields=(column,))
    assert question(grants).control == "ticks"
    assert question(replace(grants, fields=(column, RowField("yen", Kind.YEN, NAME)))).control == "rows"


def test_the_newest_round_with_a_published_guideline_is_checked() -> None:
    assert [call.round.number for call in checked_calls(RULES)][:1] == [ROUND.number]
    with pytest.raises(NoRoundToCheckError):
        checked_calls(rules_of(PLACEHOLDER))


def test_a_fact_of_a_group_that_no_form_asks_for_is_not_asked() -> None:
    later = FactDefinition("later", Kind.YES_NO, "afterwards", NAME, NAME)
    of = rules_of(round_of(asking("later")), later)
    for asked in (True, False):
        groups = (*of.book.groups, FactGroup("afterwards", NAME, asked=asked))
        assert ("later" in questions(replace(of, book=replace(of.book, groups=groups)))) is asked


def test_a_record_is_asked_part_by_part_and_there_may_be_none() -> None:
    record = FactDefinition("plan", Kind.RECORD, "applicant", NAME, NAME, optional=True, none_label=NAME)
    day = FactDefinition("plan.day", Kind.DATE, "applicant", NAME, NAME, record="plan")
    kept = FactDefinition("plan.kept", Kind.YES_NO, "applicant", NAME, NAME, record="plan")
    of = rules_of(round_of(asking("plan.kept")), record, day, kept)
    assert set(questions(of)) == {"employees", "costs", "plan"}
    question = questions(of)["plan"]
    assert question.control == "record"
    assert [one.value for one in question.others] == ["none", "unknown"]
    assert [(part.field.name, part.control) for part in question.parts] == [
        ("plan.day", "text"),
        ("plan.kept", "radios"),
    ]


def test_an_optional_list_can_be_answered_with_there_is_none() -> None:
    column = RowField("yen", Kind.YEN, NAME)
    rows = FactDefinition("rows", Kind.LIST, "applicant", NAME, NAME, fields=(column,), optional=True, none_label=NAME)
    assert [one.value for one in question(rows).others] == ["none", "unknown"]
