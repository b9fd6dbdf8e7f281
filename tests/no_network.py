"""Keeps tests on this machine: whoever wants to connect elsewhere, or asks for the address of another, is refused."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

#: What Chromium is started with, so that it finds no other machine either.
CHROMIUM = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


class LeavingError(BaseException):
    """A test has tried to leave this machine. No handler of ordinary exceptions may swallow that."""


def stay_on_this_machine() -> None:
    """Refuse, for the rest of this process, every connection and question that would leave this machine."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def connected(own: socket.socket, address: Any) -> None:  # noqa: ANN401 - it depends on the family
        refuse_elsewhere(own.family, address)
        connect(own, address)

    def connected_ex(own: socket.socket, address: Any) -> int:  # noqa: ANN401
        refuse_elsewhere(own.family, address)
        return connect_ex(own, address)

    def found(host: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401
        refuse_name(host)
        return getaddrinfo(host, *more, **named)

    setattr(socket.socket, "connect", connected)  # noqa: B010 - a method of a class, changed for good
    setattr(socket.socket, "connect_ex", connected_ex)  # noqa: B010
    setattr(socket, "getaddrinfo", found)  # noqa: B010


def refuse_elsewhere(family: int, address: Any) -> None:  # noqa: ANN401
    """Raise a LeavingError for an address of another machine; a socket in the file system is on this one."""
    if family in (socket.AF_INET, socket.AF_INET6):
        refuse_name(address[0])


def refuse_name(host: str | bytes | None) -> None:
    """Raise a LeavingError for the name or number of another machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        is_here = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise LeavingError(f"a test must not leave this machine, and wants to reach {name}")
