"""Grades the headers as MDN's HTTP Observatory does, on this machine: nginx with ours, and a host that sends none."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from site_builder.hosting.nginx import nginx_configuration
from tests.bench.real import ROOT
from tests.bench.speed import BUILT
from tests.bench.table import table
from tests.hosting.running import free_port, running

TOOL = ROOT / "tests" / "bench" / "tools" / "observatory.mjs"
#: A page of each kind that the table knows, and what they are called.
PAGES = {"/": "languages", "/ja/": "guidance", "/ja/check/": "self-diagnosis", "/ja/search/": "search"}
EMBEDDED = "/ja/embed/monozukuri/"
#: What nginx is told besides, so that it serves over https and leads there.
OVER_HTTPS = """
ssl_certificate {folder}/certificate.pem;
ssl_certificate_key {folder}/key.pem;
server {{ listen 127.0.0.1:{http}; return 301 https://localhost:{https}$request_uri; }}
"""
#: A host that can be told nothing, but does send visitors to https and keeps them there, as such hosts do.
WITHOUT_HEADERS = """\
server {{
    listen 127.0.0.1:{https} ssl;
    root "{root}";
    types {{ text/html html; text/css css; }}
    add_header Strict-Transport-Security "max-age=31556952";
}}
"""


def grades(say: Callable[[str], None]) -> str:
    """Return a table of the grade of a page of each kind, with our headers and with the policy in the page alone."""
    rows = []
    for name, with_headers in (("nginx, with the table", True), ("no headers of ours", False)):
        with _served(with_headers=with_headers) as (folder, ports):
            for path, kind in {**PAGES, EMBEDDED: "for other sites"}.items():
                say(f"{name}: {path}")
                rows.append([name, kind, *_told(_graded(path, folder, ports))])
    return table(["host", "page", "score", "grade", "passed", "what costs points"], rows)


def _told(grade: dict[str, Any]) -> list[str]:
    passed = sum(one["pass"] for one in grade["tests"])
    costs = ", ".join(f"{one['result']} ({one['score']})" for one in grade["tests"] if one["score"] < 0)
    return [str(grade["score"]), grade["grade"], f"{passed} of {grade['of']}", costs or "nothing"]


def _graded(path: str, folder: Path, ports: tuple[int, int]) -> dict[str, Any]:
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")}
    command = ["node", str(TOOL), path, *map(str, ports)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    grade: dict[str, Any] = json.loads(done.stdout)
    return grade


@contextmanager
def _served(*, with_headers: bool) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Serve the built site over http and https while the block runs; the block gets the folder and both ports."""
    with tempfile.TemporaryDirectory() as name:
        folder, (http, https) = Path(name), (free_port(), free_port())
        _make_certificate(folder)
        site = (
            nginx_configuration(str(BUILT), str(folder), f"127.0.0.1:{https} ssl", "localhost", https=True)
            if with_headers
            else WITHOUT_HEADERS.format(https=https, root=BUILT)
        )
        with running(folder / "nginx", site, https, OVER_HTTPS.format(folder=folder, http=http, https=https)):
            yield folder, (http, https)


def _make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command, *files, "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
