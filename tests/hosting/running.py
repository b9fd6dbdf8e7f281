"""Debian's nginx, really started with the configuration that `headers nginx` prints."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.hosting.nginx import nginx_configuration
from site_builder.publishing import shelf_beside
from site_builder.set_up import NGINX_BROTLI

MAIN = """\
load_module {module};
daemon off;
{user}
pid nginx.pid;
error_log stderr warn;
worker_processes 1;
worker_rlimit_nofile 4096;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {more}
    include site.conf;
}}
"""


@contextmanager
def nginx(root: Path, folder: Path, *, https: bool = False, brotli: bool = False) -> Iterator[str]:
    """Run nginx as a child on a free port of this machine while the block runs; the block gets its address."""
    port, releases = free_port(), shelf_beside(root).folder
    listen = f"127.0.0.1:{port}"
    site = nginx_configuration(str(root), str(releases), listen, "_", https=https, brotli=brotli)
    with running(folder, site, port):
        yield f"http://{listen}/"


@contextmanager
def running(folder: Path, site: str, port: int, more: str = "") -> Iterator[None]:
    """Run nginx with the configuration `site`, and `more` before it, in a new folder while the block runs."""
    folder.mkdir()
    (folder / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""  # the folders of tests are for nobody else
    (folder / "nginx.conf").write_text(MAIN.format(user=user, module=NGINX_BROTLI, more=more))
    log = folder / "log"
    with log.open("wb") as output:
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            wait_for(port, process, log)
            yield
        finally:
            process.terminate()
            process.wait()
    assert re.findall(r".*\[(?:warn|crit|alert|emerg)\].*", log.read_text()) == []  # errors tell what was not there


def free_port() -> int:
    """Return the number of a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not listen")
