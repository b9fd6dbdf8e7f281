"""Two calls compared that are not neighbours: what was dropped on the way from one to the other."""

from __future__ import annotations

import pytest

from calculator.rulebook import Citation
from site_builder.build import PROJECT
from site_builder.comparing.calls import State, compare_calls
from site_builder.rules import read_rules
from site_builder.site.content import read_messages
from site_builder.site.differences.comparison import Difference, Manner
from tests.rules.test_carried_rounds import FIFTH, PLACE, PRINTED, ROUND, made
from tests.site.test_new_round import texts

#: Round 4 drops a rule and a frame of round 2, whose rules it takes over; round 5 has something otherwise itself.
IN_ROUND_4 = f"""frames: {{dropped: [special], {PLACE}}}
requirements: {{dropped: [plan.growth], {PLACE}}}
awards: [{{frames: [plain], dropped: [lower_limit], {PLACE}}}]
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    folder = tmp_path_factory.mktemp("calls")
    made(folder, IN_ROUND_4)
    rounds = folder / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    (rounds / "6.yaml").write_text(ROUND.replace("4", "6") + "carried_from: 2\n", encoding="utf-8")
    return State.of(read_rules(folder / "rules", read_messages(PROJECT / "content")))


def differences(state: State, before: int, after: int) -> tuple[Difference, ...]:
    one, other = (state.call(f"demo/b1/{number}") for number in (before, after))
    return compare_calls(one, other, texts(), state, state).changed.comparison.differences


def gone(state: State, before: int, after: int) -> dict[str, tuple[Manner, Citation | None]]:
    """Return what the later call does not have, by its name, and where that it is gone is shown."""
    found = (one for one in differences(state, before, after) if one.before and not one.after)
    return {one.name or one.topic.value: (one.manner, one.dropped) for one in found}


@pytest.mark.parametrize("after", [4, 5])
def test_what_was_dropped_on_the_way_is_told_to_be_dropped_with_its_place(state: State, after: int) -> None:
    dropped = (Manner.DROPPED, PRINTED)
    assert gone(state, 2, after) == {"special": dropped, "plan.growth": dropped, "lower_limit": dropped}


def test_what_was_dropped_before_or_elsewhere_is_no_difference(state: State) -> None:
    assert gone(state, 4, 5) == {}
    assert gone(state, 2, 6) == {}
