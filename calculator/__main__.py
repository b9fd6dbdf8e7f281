"""The calculator's door to other programs: cases on standard input, answers on standard output, one JSON object a line.

python -m calculator assess [--rules FILE] [--explain] [--next] [--changes] < cases.jsonl > answers.jsonl
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.codec import rule_book_from_json

LAST_BUILD = Path(__file__).resolve().parent.parent / "public" / "rules.json"
CANNOT_START = 3


def main() -> int:
    """Answer every line of standard input; return 0, or 3 when there are no rules to read."""
    parser = _parser()
    if any(one.startswith("--") and one.endswith("=--") for one in sys.argv[1:]):
        parser.error("'--' is no value of an option")  # argparse makes an empty list of it
    options = parser.parse_args()
    try:
        book = rule_book_from_json(options.rules.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{options.rules}: the rules cannot be read: {error}", file=sys.stderr)
        print("    hint: build the site first (make build), or name the published file with --rules", file=sys.stderr)
        return CANNOT_START
    assessor = Assessor(book)
    switches = Switches(explain=options.explain, next=options.next, changes=options.changes)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]  # a text stream here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    try:
        for line in sys.stdin:
            if line.strip():
                print(assessor.answer_line(line, switches), flush=True)
    except BrokenPipeError:  # whoever read the answers has read enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - so that closing it is quiet
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="calculator", description="Judge cases under the published rules.")
    commands = parser.add_subparsers(dest="command", required=True)
    assess = commands.add_parser("assess", help="read one case a line, write one answer a line")
    assess.add_argument("--rules", type=Path, default=LAST_BUILD, help="the compiled rules (default: the last build)")
    assess.add_argument("--explain", action="store_true", help="add the reasons, one for each requirement")
    assess.add_argument("--next", action="store_true", help="add the next question, and all that still matter")
    assess.add_argument("--changes", action="store_true", help="add the smallest changes that would make it eligible")
    return parser


if __name__ == "__main__":
    sys.exit(main())
