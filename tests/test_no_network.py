"""No test reaches another machine: not from Python, and not in Chromium."""

from __future__ import annotations

import socket
import urllib.request

import pytest
from playwright.sync_api import Browser, Error

from tests.no_network import LeavingError
from tests.windows import new_context


def test_python_reaches_no_other_machine_and_asks_for_none() -> None:
    for address in (("192.0.2.1", 80), ("::ffff:192.0.2.1", 80, 0, 0)):  # for examples only: nobody has them
        family = socket.AF_INET if len(address) == 2 else socket.AF_INET6
        with socket.socket(family) as one, pytest.raises(LeavingError, match=r"192\.0\.2\.1"):
            one.connect(address)
        with socket.socket(family) as one, pytest.raises(LeavingError):
            one.connect_ex(address)
    with pytest.raises(LeavingError, match=r"guide\.example"):
        urllib.request.urlopen("http://guide.example/")


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()


@pytest.mark.browser
def test_chromium_finds_no_other_machine(chromium: Browser) -> None:
    with new_context(chromium) as context, pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        context.new_page().goto("http://192.0.2.1/")
