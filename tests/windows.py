"""What every test with a real browser needs: where browsers are, and how long to bear with a busy machine."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect

#: Milliseconds after which something that should happen in a browser counts as not happening. A test that passes never
#: waits so long, and one that fails does so once; but busy cores can take half a minute to start Python, and a machine
#: that is stopped and woken up loses the time between (docs/decisions/0010-three-engines.md).
LONGEST_WAIT = 120_000
expect.set_options(timeout=LONGEST_WAIT)


def installed(command: str) -> str:
    """Where a command of a Debian package is."""
    found = shutil.which(command)
    assert found is not None, f"run `make test`, which installs {command}"
    return found


def new_context(browser: Browser, **options: Any) -> BrowserContext:  # noqa: ANN401 - what Playwright takes
    """A browser context whose actions wait as long as expectations do.

    It has no service worker unless asked for: that would get in between a test and what the page asks for.
    """
    context = browser.new_context(**{"service_workers": "block", **options})
    context.set_default_timeout(LONGEST_WAIT)
    return context
