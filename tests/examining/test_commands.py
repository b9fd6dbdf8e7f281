"""The commands that examine and draw rules: what they print and how they end."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from site_builder.build import PROJECT
from site_builder.cli import CONTENT_ERROR, DONE, USAGE_ERROR, main
from site_builder.examining import counting
from site_builder.examining.counting import counted

GOOD = Path(__file__).parents[1] / "good" / "rules"
SOURCES = [f"--rules={GOOD}", f"--content={PROJECT / 'content'}"]


def test_findings_are_printed_and_end_well_unless_they_must_not_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examine", "demo/c1", *SOURCES]) == DONE
    printed = capsys.readouterr().out
    assert printed.endswith(" findings about the rules\n")
    assert "rules/demo/c1/" in printed
    assert "rules/demo/b1/" not in printed
    assert main(["examine", "demo/c1", *SOURCES, "--strict"]) == CONTENT_ERROR
    assert "--strict" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "hint"),
    [(["demo/b3"], "did you mean 'demo/b2'?"), (["demo/b1", "9"], "its rounds are 1, 2, 3")],
)
def test_a_rule_set_or_round_that_is_not_there_is_told(
    asked: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["examine", *asked, *SOURCES]) == USAGE_ERROR
    assert hint in capsys.readouterr().err


def test_a_round_is_a_number() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["examine", "demo/b1", "last", *SOURCES])
    assert ended.value.code == USAGE_ERROR


def test_the_picture_of_a_round_is_written(tmp_path: Path) -> None:
    out = tmp_path / "round.html"
    assert main(["graph", "demo/b1", "2", *SOURCES, f"--out={out}"]) == DONE
    assert "<title>Rules and worked examples: demo/b1, round 2</title>" in out.read_text(encoding="utf-8")


def test_a_build_counts_findings_once_for_the_same_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, kept, today = tmp_path / "rules", tmp_path / "kept", date(2026, 11, 26)
    shutil.copytree(GOOD, rules)
    first = counted(rules, PROJECT / "content", today, kept)
    assert first.endswith("findings about the rules")
    with monkeypatch.context() as patched:
        patched.setattr(counting, "examine", None)  # it must not be needed
        assert counted(rules, PROJECT / "content", today, kept) == first
    tags = rules / "tags.yaml"
    tags.write_text(
        tags.read_text(encoding="utf-8") + "      forgotten_tag: {ja: 忘れられた札, en: Forgotten}\n", encoding="utf-8"
    )
    count = int(first.partition(" ")[0])
    assert counted(rules, PROJECT / "content", today, kept) == f"{count + 1} findings about the rules"
    assert len(list(kept.iterdir())) == 1
