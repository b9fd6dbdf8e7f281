"""Two made-up budgets, the later a copy of the earlier one but for one change, and what is found between them."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.site.calls import programmes_in_order
from site_builder.site.differences.comparison import Comparison, compare
from site_builder.site.differences.steps import Step, steps_of

GOOD = Path(__file__).parent.parent / "good" / "rules"
LATER = "demo/b4"


def made_rules(folder: Path, *changes: tuple[str, str, str]) -> Rules:
    """Return the good rules with a budget more: a copy of demo/b1 in whose files each change replaces words."""
    rules = folder / "rules"
    shutil.copytree(GOOD, rules)
    later = rules / LATER
    shutil.copytree(rules / "demo/b1", later)
    shutil.rmtree(later / "examples")
    (later / "rounds/1.yaml").unlink()
    _without(rules / "demo/b2/basic.yaml", "follows:")  # two frames cannot follow one
    for name in ("schedule", "voluntary_members"):
        for file in (later / "rule_set.yaml", later / "special.yaml", later / "rounds/3.yaml"):
            text = file.read_text(encoding="utf-8")
            text = text.replace(f"  {name}: {{ja", f"  later_{name}: {{ja").replace(
                f"open({name})", f"open(later_{name})"
            )
            file.write_text(text.replace(f"placeholder: {name}", f"placeholder: later_{name}"), encoding="utf-8")
    _replace(later / "plain.yaml", "rounds: [1, 2]", "rounds: [2]")
    for frame in ("plain", "special"):
        with (later / f"{frame}.yaml").open("a", encoding="utf-8") as end:
            end.write(
                f"follows: {{frame: demo/b1/{frame}, citation: {{source: guideline, section: 枠, status: printed}}}}\n"
            )
    sources = rules / "sources.yaml"
    _replace(sources, "      demo/b1: [1, 2]\n", f"      demo/b1: [1, 2]\n      {LATER}: [2]\n")
    for name, old, new in changes:
        _replace(later / name, old, new)
    return read_rules(rules, {})


def step_to(rules: Rules, slug: str, number: int | None) -> Step:
    """Return the step to a round."""
    steps = (step for programme in programmes_in_order(rules) for step in steps_of(programme, rules.book))
    return next(step for step in steps if step.after.rule_set.slug == slug and step.after.round.number == number)


def made_comparison(folder: Path, *changes: tuple[str, str, str]) -> Comparison:
    """Compare the later made-up budget with the earlier one."""
    rules = made_rules(folder, *changes)
    return compare(step_to(rules, LATER, 2), rules.book)


def _without(file: Path, key: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(key)), encoding="utf-8")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} must stand once in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
