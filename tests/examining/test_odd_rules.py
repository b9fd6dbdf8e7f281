"""Each file under odd/ makes the good rules odd in one way, and says exactly what is printed for it.

It is written as those of tests/bad (tests/rules/test_bad_rules.py), with `finds` in place of `says`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder.build import PROJECT
from site_builder.errors import Place
from site_builder.examining.dates import examine_dates
from site_builder.examining.examination import as_json, as_text, examine, open_findings, summary
from site_builder.examining.findings import MEANINGS, NOT_FOUND, WITHOUT_COMPANY, Finding, weighed
from site_builder.examining.subject import Subject
from site_builder.rules import read_drafts, read_rules, resolve
from site_builder.rules.proof import prove_examples
from site_builder.site.content import read_messages
from tests.bad_examples import GOOD, changes_in, make_rules

ODD = sorted((Path(__file__).parent / "odd").glob("*.txt"))
TODAY = date(2026, 11, 26)


def make_tree(changes: str, folder: Path) -> Path:
    return make_rules(changes_in(f"{changes}\n"), folder)


def found_in(rules: Path, *, is_shown: bool = False) -> tuple[Finding, ...]:
    drafts = read_drafts(rules)
    resolved = resolve(drafts, read_messages(PROJECT / "content"))
    return examine(Subject(drafts, resolved, TODAY, is_shown=is_shown, folder=rules))


def without_examples(finding: Finding) -> str:
    return as_text([finding]).partition("\n# rules/")[0].partition("\n    company: ")[0]


def unindented(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def read(odd: Path) -> tuple[str, str]:
    changes, _, finds = odd.read_text(encoding="utf-8").partition("\nfinds\n")
    return changes, finds.rstrip("\n")


@pytest.mark.parametrize("odd", ODD, ids=lambda path: path.stem)
def test_what_is_odd_is_found_at_its_place(odd: Path, tmp_path: Path) -> None:
    changes, wanted = read(odd)
    found = found_in(make_tree(changes, tmp_path))
    alike = [without_examples(one) for one in found if f"[{one.code}]" in wanted]
    assert unindented(wanted) in map(unindented, alike), "\n\n".join(alike)
    for one in found:
        assert f"company: {WITHOUT_COMPANY.get(one.code, NOT_FOUND)}" in as_text([one])


def test_every_code_has_an_odd_rule_that_shows_it() -> None:
    shown = {code for code in MEANINGS if any(f"[{code}]" in odd.read_text(encoding="utf-8") for odd in ODD)}
    assert shown == set(MEANINGS)


def paste(example: str, number: int, root: Path) -> None:
    """Put an example where its first line says, under a name of its own."""
    where, _, lines = example.partition("\n")
    file = root / where.removeprefix("# ")
    written = file.read_text(encoding="utf-8") if file.is_file() else "examples:\n"
    name, _, rest = lines.partition(":\n")
    file.write_text(f"{written.rstrip()}\n{name}-{number}:\n{rest}\n", encoding="utf-8")


def test_examples_that_are_pasted_are_accepted_by_the_build_and_end_what_they_show(tmp_path: Path) -> None:
    rules = make_tree(read(Path(__file__).parent / "odd" / "threshold-one-side.txt")[0], tmp_path)
    examples = len(read_rules(rules, {}).examples)
    before = [one for one in found_in(rules, is_shown=True) if one.example is not None]
    assert len(before) > 5
    for number, one in enumerate(before):
        paste(str(one.example), number, rules.parent)
    pasted = read_rules(rules, read_messages(PROJECT / "content"))
    prove_examples(pasted)
    assert len(pasted.examples) == examples + len(before)
    left = {(one.code, one.of) for one in found_in(rules)}
    assert not left & {(one.code, one.of) for one in before if one.code == "threshold-one-side"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("never-met", "failed: [frame.has_employees"),
        ("never-failed", "failed: [amount.below_lower_limit]"),
        ("contradiction", "failed: [frame.has_employees"),
        ("implied-requirement", "failed: [plan.growth, frame.has_employees"),
        ("suspicious-change", "failed: [plan.growth"),
        ("rate-lowered", "rate: 1/3"),
        ("rate-suspect", "failed: [plan.growth"),
        ("fact-never-asked", "missing: [growth_pct"),
    ],
)
def test_a_company_shows_what_is_odd(code: str, shown: str, tmp_path: Path) -> None:
    rules = make_tree(read(Path(__file__).parent / "odd" / f"{code}.txt")[0], tmp_path)
    found = found_in(rules, is_shown=True)
    assert not {one.code for one in found if one.example is not None} & set(WITHOUT_COMPANY)
    example = next(one.example for one in found if one.code == code)
    assert shown in str(example)
    paste(str(example), 1, rules.parent)
    pasted = read_rules(rules, read_messages(PROJECT / "content"))
    own = [one for one in pasted.examples if one.place.source.strip().endswith("-1:")]  # others may not fit any more
    assert len(own) == 1
    prove_examples(replace(pasted, examples=tuple(own)))


def test_what_is_accepted_is_told_as_such_and_counts_no_more(tmp_path: Path) -> None:
    changes = read(Path(__file__).parent / "odd" / "unused-figure.txt")[0]
    rules = make_tree(changes, tmp_path)
    left = open_findings(found_in(rules))
    accepted = "accepted:\n  - {code: unused-figure, of: demo/b1/special forgotten, because: it is for later}\n"
    (rules / "accepted.yaml").write_text(accepted, encoding="utf-8")
    found = found_in(rules)
    assert len(open_findings(found)) == len(left) - 1
    assert "accepted: it is for later" in as_text(found)
    assert summary(found) == f"{len(left) - 1} findings about the rules, 1 accepted"


def test_numbers_in_words_are_found_on_pages_too(tmp_path: Path) -> None:
    rules, content = make_tree("", tmp_path), tmp_path / "content"
    content.mkdir()
    (content / "size.ja.md").write_text("# 規模\n\n補助率は三分の二です。\n", encoding="utf-8")
    drafts = read_drafts(rules)
    subject = Subject(drafts, resolve(drafts, read_messages(PROJECT / "content")), TODAY, content, is_shown=False)
    (found,) = [one for one in examine(subject) if one.code == "figure-in-words"]
    assert (found.place.path, found.place.line, found.place.column) == ("content/size.ja.md", 3, 5)
    assert found.of == "content/size.ja.md 三分の二"


def test_findings_are_objects_for_programs(tmp_path: Path) -> None:
    rules = make_tree(read(Path(__file__).parent / "odd" / "never-met.txt")[0], tmp_path)
    (found,) = [one for one in json.loads(as_json(found_in(rules, is_shown=True))) if one["code"] == "never-met"]
    assert (found["path"], found["line"], found["column"]) == ("rules/demo/b1/special.yaml", 13, 11)
    assert found["meaning"] == "no company meets the requirement"
    assert "frame.has_employees" in found["example"]


def test_the_real_rules_are_as_they_should_be() -> None:
    drafts = read_drafts(PROJECT / "rules")
    resolved = resolve(drafts, read_messages(PROJECT / "content"))
    subject = Subject(drafts, resolved, TODAY, PROJECT / "content", is_shown=False, folder=PROJECT / "rules")
    found = examine(subject)
    assert as_text(open_findings(found)) == ""


def test_what_one_place_makes_odd_in_several_frames_is_told_once_with_their_names() -> None:
    place, other = Place("a.yaml", 3, 1, 2), Place("a.yaml", 4, 1, 2)
    found = [
        Finding("suspicious-change", place, "b/x rate.1", "half of 2/3 of c/x", "", rounds=(1,)),
        Finding("suspicious-change", place, "b/y rate.1", "half of 2/3 of c/y", "", "example", rounds=(2,)),
        Finding("suspicious-change", other, "b/z rate.1", "half of 2/3 of c/x", ""),
        Finding("threshold-one-side", place, "b 5 at", "none stands at 5", ""),
        Finding("threshold-one-side", place, "b 5 below", "none stands below 5", ""),
    ]
    told = {(one.of, one.also, one.rounds, one.example) for one in weighed(found, ())}
    assert told == {
        ("b/x rate.1", ("b/y rate.1",), (1, 2), "example"),
        ("b/z rate.1", (), (), None),
        ("b 5 at", (), (), None),
        ("b 5 below", (), (), None),
    }
    assert "(rounds 1, 2); the same of b/y rate.1 [suspicious-change]" in as_text(weighed(found, ()))


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("news.yaml", "- name: search\n  date: 2026-11-{}\n", 2),
        ("accessibility.yaml", "stated: 2026-11-{}\n", 1),
    ],
)
def test_what_the_site_says_was_done_is_not_dated_ahead(file: str, text: str, line: int, tmp_path: Path) -> None:
    def found(day: str) -> list[Place]:
        (tmp_path / file).write_text(text.format(day), encoding="utf-8")
        drafts = read_drafts(GOOD)
        subject = Subject(drafts, resolve(drafts, {}), TODAY, tmp_path, is_shown=False)
        return [one.place for one in examine_dates(subject) if one.code == "dated-in-future"]

    assert [place.line for place in found("27")] == [line]
    assert found("26") == found("31") == []
