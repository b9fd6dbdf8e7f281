"""Makes docs/errors.md of what codes mean and of the examples in tests/bad: `python -m tests.errors_document`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bad_examples import BadExample, Change, all_examples

PROJECT = Path(__file__).parents[1]
DOCUMENT = PROJECT / "docs" / "errors.md"
#: What raises errors: the last argument of these is a code.
_RAISING = frozenset(("GuidanceError", "Fault", "Pattern", "_error", "_named"))
#: Makers of readers, which are told a code among other things.
_MAKING = frozenset(("one_of", "matching"))
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_HEAD = """# Errors

Made of `tests/bad` by `python -m tests.errors_document`; a test sees that it is up to date. In the terminal,
`python -m site_builder explain CODE` shows one of these.

## Reading an error

```
rules/demo/b1/plain.yaml:18:26: '750万' is not an amount [bad-literal]
        - {to: 5人, amount: 750万}
                            ^^^^^
    hint: write it as 1,000万円, 3億円 or 500,000円
```

File, line and column come first, both counted from 1, columns in characters; then what is wrong, and its code. Below
stand the line with carets under what is meant, and what to do. A code never changes.

`python -m site_builder check` tells everything that is wrong in one run. What rests on something wrong cannot be looked
at; the last lines say what that is: `not checked, because of the above: …`. So mend what is told, and check again.

| exit code | what it means |
|---|---|
| 0 | all is in order |
| 1 | rules, content or a built site are wrong: most often the errors below |
| 2 | wrong usage: an unknown command or option |
| 3 | something is missing on this machine, or cannot be read or written |
| 130 | broken off with Ctrl-C |

## Formats

`--format text` is for people, with colours where a terminal has them; `NO_COLOR=1` takes them away, and `--quiet`
everything but the mistakes. `--format json` puts out an array with an object for each mistake (`[]` if there is none),
described by [errors.schema.json](errors.schema.json). `--format github` puts out the commands that GitHub's workflows
turn into annotations beside the lines:

```yaml
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: {node-version: 20}
      - run: make build
      - run: .venv/bin/python -m site_builder check --format github --quiet
        if: always()
```

## All codes

"""


def meanings() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the title of each group of codes, and what each of them means."""
    for group in yaml.safe_load((PROJECT / "tests" / "bad" / "codes.yaml").read_text(encoding="utf-8")):
        yield group["title"], group["codes"]


def raised_codes() -> set[str]:
    """Every code that anything in the source raises, as far as its tree tells."""
    calls = [
        node
        for path in (PROJECT / "site_builder").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    raised = {code for call in calls if _called(call) in _RAISING for code in _codes_in(call)}
    return raised | {
        str(given.value)
        for call in calls
        if _called(call) in _MAKING
        for given in call.args
        if isinstance(given, ast.Constant) and "-" in str(given.value) and _CODE.fullmatch(str(given.value))
    }


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _codes_in(node: ast.Call) -> Iterator[str]:
    """Yield the code that a call names last, be it by choice (`a if … else b`); none if it comes from elsewhere."""
    last = [*node.args, *(keyword.value for keyword in node.keywords)][-1:]
    for part in (
        choice for one in last for choice in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])
    ):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " not in part.value:
            yield part.value


def document() -> str:
    """The text of docs/errors.md."""
    text = _HEAD
    for title, codes in meanings():
        listed = ", ".join(f"[{code}](#{code})" for code in sorted(codes))
        text += f"**{title}**: {listed}.\n\n"
    for title, codes in meanings():
        text += f"## {title}\n\n"
        for code in sorted(codes):
            text += f"### {code}\n\n{codes[code]}\n\n{_shown(example_of(code))}"
    return f"{text.rstrip()}\n"


def example_of(code: str) -> BadExample:
    """The plainest example of a code."""
    shown = [one for one in all_examples() if one.name == code or one.name.startswith(f"{code}-")]
    return min((one for one in shown if f"[{code}]" in one.says), key=lambda one: len(one.name))


def _shown(example: BadExample) -> str:
    right = "".join(_block(change.right, _language(change)) for change in example.changes if change.right)
    wrong = "".join(_named(change) for change in example.changes if not change.encoding)
    parts = [
        wrong,
        f"Told:\n\n{_block(example.says, '')}",
        f"Right:\n\n{right}" if right else "",
    ]
    if not right:
        parts.append("Right: without this file, or with another name or content.\n\n")
    return "".join(parts)


def _named(change: Change) -> str:
    where = "" if change.file is None else f", in `rules/{change.file}`"
    return f"Wrong{where}:\n\n{_block(change.wrong, _language(change))}"


def _language(change: Change) -> str:
    kind = change.kind or "yaml"
    return (
        "markdown"
        if kind.split(" ")[0] in ("prose", "style", "twins", "links")
        else {"page": "html", "style-sheet": "css"}.get(kind, "yaml")
    )


def _block(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
