"""Drawing diagrams: every way through a diagram ends where its condition does, and asks in one order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest

from calculator.cells import Variable
from calculator.diagram import Node
from calculator.drawing import Drawing
from calculator.evaluation import Facts, FactValue
from calculator.expressions import AllOf, AnyOf, Compare, Comparison, Constant, Fact, Named, Not, OpenPoint
from calculator.kinds import Kind
from tests.calculator import made_forms, made_rules
from tests.calculator.brute_force import worth
from tests.calculator.made_forms import GRANTED, SETTLED, at_least
from tests.calculator.made_rules import drawn_condition

MET, EXPERT, PLEA = Fact("met"), Fact("expert"), Fact("plea")


def end_of(node: Node, cells: Sequence[int]) -> object:
    while node.children:
        node = node.children[cells[node.level]]
    return node.value


def ways(drawing: Drawing) -> Iterator[tuple[int, ...]]:
    """Yield every way of being in some cell of each variable."""
    yield from product(*(range(len(one.representatives)) for one in drawing.variables))


def stated(variables: Sequence[Variable], cells: Sequence[int]) -> Facts:
    """Return facts in these cells; each variable is a fact."""
    facts: dict[str, FactValue] = {}
    for one, cell in zip(variables, cells, strict=True):
        assert isinstance(one.subject, Fact)
        facts[one.subject.name] = one.representatives[cell]
    return facts


@pytest.mark.parametrize("seed", range(25))
def test_a_diagram_ends_where_its_condition_does(seed: int) -> None:
    condition = drawn_condition(Random(seed))
    drawing = Drawing.over([condition], made_rules.FACTS)
    node = drawing.node(condition)
    for cells in ways(drawing):
        assert end_of(node, cells) is (worth(condition, stated(drawing.variables, cells)) is True)


def test_a_condition_that_always_or_never_holds_asks_for_nothing() -> None:
    drawing = Drawing.over([], made_rules.FACTS)
    for value in (True, False, None):
        node = drawing.node(Constant(Kind.YES_NO, value))
        assert (node.children, node.value) == ((), value is True)
    assert [drawing.node(one).value for one in (AllOf(()), AnyOf(()), Not(AllOf(())))] == [True, False, False]
    assert drawing.variables == ()


def test_of_a_record_that_is_not_there_nothing_else_is_asked() -> None:
    drawing = Drawing.over([GRANTED], made_forms.FACTS)
    is_there, granted, growth = drawing.variables
    assert [one.facts for one in drawing.variables] == [
        {"certificate"},
        {"certificate.granted"},
        {"certificate.growth"},
    ]
    node = drawing.node(GRANTED)
    no, few, none = granted.representatives.index(False), 0, is_there.representatives.index(None)
    ends = {cells: end_of(node, cells) for cells in ways(drawing)}
    assert {end for (there, _, _), end in ends.items() if there == none} == {False}
    assert {cells for cells, end in ends.items() if end} == {(1 - none, 1 - no, 1 - few)}
    assert node.children[none].value is False
    assert len(growth.representatives) == 2


def test_what_holds_where_a_record_is_not_there_is_settled_by_that_alone() -> None:
    not_granted = Not(Fact("certificate.granted"))
    is_false = Compare(Comparison.EQUAL, Fact("certificate.granted"), Constant(Kind.YES_NO, False))
    for condition, without in ((not_granted, True), (is_false, False)):
        drawing = Drawing.over([condition], made_forms.FACTS)
        node = drawing.node(condition)
        none = drawing.variables[0].representatives.index(None)
        assert [end_of(node, (none, granted)) for granted in (0, 1)] == [without] * 2


def test_variables_stand_in_the_order_in_which_their_facts_are_defined() -> None:
    names = list(made_forms.FACTS)
    drawing = Drawing.over([AllOf((PLEA, SETTLED, GRANTED, MET, EXPERT))], made_forms.FACTS)
    places = [min(map(names.index, one.facts)) for one in drawing.variables if one.facts <= {*names}]
    assert places == sorted(places)
    assert [drawing.variables[level].subject for level in drawing.levels.values()] == list(drawing.levels)


def asked(drawing: Drawing, node: Node) -> list[frozenset[str]]:
    """Return the facts that are asked for one after the other on the way to where the condition holds."""
    facts = []
    while node.children:
        facts.append(drawing.variables[node.level].facts)
        node = next(child for child in node.children if child.value is not False)
    return facts


def test_a_diagram_asks_in_the_order_in_which_the_conditions_read() -> None:
    drawing = Drawing.over([PLEA, AllOf((EXPERT, MET))], made_forms.FACTS)
    assert [one.subject for one in drawing.variables] == [EXPERT, MET, PLEA]
    assert asked(drawing, drawing.node(AllOf((MET, PLEA, EXPERT)))) == [{"plea"}, {"expert"}, {"met"}]


def test_a_record_is_asked_for_before_its_parts_wherever_it_is_read() -> None:
    drawing = Drawing.over([AllOf((PLEA, GRANTED))], made_forms.FACTS)
    in_turn = [{"plea"}, {"certificate"}, {"certificate.granted"}, {"certificate.growth"}]
    assert asked(drawing, drawing.node(AllOf((GRANTED, PLEA)))) == in_turn


def test_a_name_of_a_condition_changes_nothing() -> None:
    drawing = Drawing.over([Named("known", AnyOf((MET, EXPERT)))], made_forms.FACTS)
    assert drawing.node(Named("known", AnyOf((MET, EXPERT)))) is drawing.node(AnyOf((MET, EXPERT)))


def test_the_first_case_that_holds_counts_and_the_last_always_does() -> None:
    drawing = Drawing.over([MET, EXPERT], made_forms.FACTS)
    cases = [(MET, "met"), (EXPERT, "expert"), (None, "neither")]
    node = drawing.first_of(cases)
    for cells in ways(drawing):
        facts = stated(drawing.variables, cells)
        assert end_of(node, cells) == next(value for when, value in cases if when is None or worth(when, facts) is True)
    assert drawing.first_of([(None, "always"), (MET, "met"), (None, "never")]) is drawing.first_of([(None, "always")])


@pytest.mark.parametrize("seed", range(25))
def test_diagrams_that_read_the_same_variable_are_drawn_as_one(seed: int) -> None:
    random = Random(seed)
    conditions = [drawn_condition(random, 1) for _ in range(4)]
    drawing = Drawing.over(conditions, made_rules.FACTS)
    nodes = [drawing.node(one) for one in conditions]
    apart = drawing.independent(nodes)
    assert sum(one.reads for one in apart) == reads_of(apart)
    for cells in ways(drawing):
        ends = [end_of(one, cells) for one in nodes]
        assert all(end_of(one, cells) is True for one in apart) == all(end is True for end in ends)


def reads_of(nodes: Sequence[Node]) -> int:
    reads = 0
    for one in nodes:
        reads |= one.reads
    return reads


def test_what_always_holds_is_no_hurdle_and_what_never_does_is() -> None:
    drawing = Drawing.over([MET], made_forms.FACTS)
    always, never, met = drawing.node(AllOf(())), drawing.node(AnyOf(())), drawing.node(MET)
    assert drawing.independent([always, met, always]) == (met,)
    assert drawing.independent([met, never]) == (met, never)
    assert drawing.independent([]) == ()


def test_an_open_point_stands_behind_all_facts_and_what_reads_nothing_before_them() -> None:
    one_is_one = Compare(Comparison.EQUAL, Constant(Kind.COUNT, 1), Constant(Kind.COUNT, 1))
    last = list(made_forms.FACTS)[-1]
    conditions = [OpenPoint("why"), at_least(Fact(last), Kind.YEN, 3), MET, one_is_one]
    drawing = Drawing.over(conditions, made_forms.FACTS)
    assert [one.subject for one in drawing.variables] == [one_is_one, MET, Fact(last), OpenPoint("why")]
