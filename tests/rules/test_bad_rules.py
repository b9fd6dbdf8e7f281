"""Each file under tests/bad makes one mistake in the good rules, and says exactly what is printed for it.

in demo/b1/plain.yaml      the file that is changed, under rules/ (several such blocks may follow one another)
<<<
words that stand there once, or nothing to write the whole file
===
what stands there instead
>>>
encoded as cp932           optional: how that file is saved
says
what is printed
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from site_builder.errors import GuidanceErrors
from site_builder.rules import read_rules
from site_builder.rules.proof import prove_examples

TESTS = Path(__file__).parent.parent
GOOD = TESTS / "good" / "rules"
BAD = sorted((TESTS / "bad").glob("*.txt"))

_CHANGE = re.compile(r"in (\S+)\n<<<\n(.*?)===\n(.*?)>>>\n(?:encoded as (\S+)\n)?", re.DOTALL)


def make_tree(mistake: str, folder: Path) -> Path:
    rules = folder / "rules"
    shutil.copytree(GOOD, rules)
    for name, old, new, encoding in _CHANGE.findall(mistake.split("\nsays\n", maxsplit=1)[0] + "\n"):
        file = rules / name
        text = file.read_text(encoding="utf-8") if old else ""
        assert not old or text.count(old) == 1, f"{old!r} must stand once in {name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if old else new, encoding=encoding or "utf-8")
    return rules


@pytest.mark.parametrize("mistake", BAD, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_place_a_sentence_and_a_hint(mistake: Path, tmp_path: Path) -> None:
    written = mistake.read_text(encoding="utf-8")
    rules = make_tree(written, tmp_path)
    with pytest.raises(GuidanceErrors) as raised:
        prove_examples(read_rules(rules, {}))
    assert f"{raised.value}\n" == written.split("\nsays\n")[1]


def test_every_code_of_an_error_has_a_mistake_that_shows_it() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("sources", "rules")
        for path in (TESTS.parent / "site_builder" / folder).rglob("*.py")
    )
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"\s*[,)]', source)) | {"tab"}
    shown = set(
        re.findall(r"\[([a-z-]+)\]$", "\n".join(path.read_text(encoding="utf-8") for path in BAD), re.MULTILINE)
    )
    assert codes - shown == set()
