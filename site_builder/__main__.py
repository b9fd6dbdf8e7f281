"""`python -m site_builder`: the one place where the program meets its arguments."""

import sys

from site_builder.cli import main

sys.exit(main(sys.argv[1:]))
