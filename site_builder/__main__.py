"""`python -m site_builder`: the one place where the program meets its arguments."""

import sys

for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a stream that has not every character

try:
    from site_builder.cli import main
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.startswith(("site_builder", "calculator")):
        raise
    print(f"{missing.name}: this package is not installed for {sys.executable}", file=sys.stderr)
    print("    hint: run `make build`, and then `.venv/bin/python -m site_builder …`", file=sys.stderr)
    sys.exit(3)

sys.exit(main(sys.argv[1:]))
