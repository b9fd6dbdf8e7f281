"""`explain`: say what the code of an error, or of a finding, means."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from site_builder.commands.command import Command
from site_builder.errors import WrongUsageError, name_hint
from site_builder.examining.findings import MEANINGS
from site_builder.explanations import explanations
from site_builder.reports.terminal import Terminal

_FINDING = """# {code}

{meaning}.

`python -m site_builder examine` finds this; no build refuses it. Look it up in the document. What is as it should be
goes into `rules/accepted.yaml`, with what stands before the sentence of the finding, and its reason:

```yaml
  - code: {code}
    of: …
    because: "…"
```

docs/examining.md says more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the code."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="what stands in brackets behind a mistake or a finding; all, if none"
    )


def run(asked: argparse.Namespace) -> None:
    """Print what the code means, with a wrong and a right example, or the names of all codes.

    Raises:
        WrongUsageError: there is no such code.
        OSError: docs/errors.md cannot be read.
    """
    known, terminal = {**explanations(), **_of_findings()}, Terminal(sys.stdout)
    if asked.code is None:
        terminal.page("\n".join(f"- {code}" for code in sorted(known)))
        return
    code = asked.code.strip("[]")
    if code not in known:
        hint = name_hint(code, known, "`python -m site_builder explain` names them all")
        raise WrongUsageError(f"explain: there is no code '{asked.code}'", hint)
    terminal.page(known[code])


def _of_findings() -> Mapping[str, str]:
    """Return what is said of each code of `examine`, which docs/errors.md has not: what it finds may be meant."""
    return {
        code: _FINDING.format(code=code, meaning=f"{meaning[:1].upper()}{meaning[1:]}")
        for code, meaning in MEANINGS.items()
    }


COMMAND = Command(
    "explain",
    "say what the code of a mistake means, with a wrong and a right example; or that of a finding",
    ("python -m site_builder explain typed-figure", "python -m site_builder explain"),
    add_arguments,
    run,
)
