"""Whatever comes in from outside is answered, or told to be wrong: some inputs of each surface, the same every time.

`make fuzz` tries a hundred thousand of each.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.fuzz.cases import check_values, every_value
from tests.fuzz.surface import Surface
from tests.fuzz.surfaces import SURFACES

SEED = 20221222


@pytest.mark.parametrize("surface", [one for one in SURFACES if one.few], ids=lambda surface: surface.name)
def test_no_input_has_a_traceback_hangs_or_is_taken_for_what_it_is_not(surface: Surface[Any]) -> None:
    surface.tried(surface.few, SEED)


def test_every_fact_takes_just_the_values_of_its_kind() -> None:
    for name, value in every_value():
        check_values({name: value})
