"""How mistakes are printed."""

from __future__ import annotations

import pytest

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, Place, name_hint


def error_at(path: str, line: int, column: int = 1, code: str = "tab") -> GuidanceError:
    return GuidanceError(Place(path, line, column), "a sentence", "a hint", code)


def test_an_error_is_a_place_a_sentence_a_code_carets_and_a_hint() -> None:
    place = Place("rules/a.yaml", 42, 13, 8, "      when: employes <= 20")
    error = GuidanceError(place, "no fact is called 'employes'", "did you mean 'regular_employees'?", "unknown-name")
    assert str(error) == (
        "rules/a.yaml:42:13: no fact is called 'employes' [unknown-name]\n"
        "        when: employes <= 20\n"
        "              ^^^^^^^^\n"
        "    hint: did you mean 'regular_employees'?"
    )


def test_a_full_width_character_takes_two_cells_before_and_under_the_carets() -> None:
    place = Place("a.yaml", 1, 5, 3, "売上: 資本金 <= 5")
    assert place.excerpt() == "        売上: 資本金 <= 5\n              ^^^^^^"


def test_a_place_without_a_line_prints_no_excerpt() -> None:
    assert str(error_at("a.yaml", 1)) == "a.yaml:1:1: a sentence [tab]\n    hint: a hint"


def test_errors_stand_in_the_order_of_files_lines_and_columns_each_once() -> None:
    found = [error_at("b", 1), error_at("a", 10), error_at("a", 9, 3), error_at("a", 9, 2), error_at("b", 1)]
    places = [(error.place.path, error.place.line, error.place.column) for error in GuidanceErrors(found).errors]
    assert places == [("a", 9, 2), ("a", 9, 3), ("a", 10, 1), ("b", 1, 1)]


def test_a_stage_raises_all_that_went_wrong_and_nothing_else() -> None:
    def fail() -> int:
        raise error_at("a", 1)

    errors = Gathering()
    assert errors.attempt(lambda: 1) == 1
    errors.close()
    assert errors.attempt(fail) is None
    errors.add(GuidanceErrors([error_at("a", 2), error_at("a", 3)]))
    with pytest.raises(GuidanceErrors) as raised:
        errors.close()
    assert len(raised.value.errors) == 3


def test_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        Gathering().attempt(lambda: 1 // 0)


def test_a_hint_names_the_nearest_name_or_all_of_a_few() -> None:
    assert name_hint("employes", ["capital", "employees"], "") == "did you mean 'employees'?"
    assert name_hint("x", ["capital", "employees"], "") == "one of: capital, employees"
    assert name_hint("x", [f"name{at}" for at in range(40)], "see the list") == "see the list"
