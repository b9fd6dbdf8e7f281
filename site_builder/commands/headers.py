"""`headers`: print what a host must be told."""

from __future__ import annotations

import argparse
from pathlib import PurePosixPath

from site_builder.build import PROJECT
from site_builder.commands.command import Command
from site_builder.hosting.hosts import Host, files_for
from site_builder.hosting.nginx import nginx_configuration
from site_builder.publishing import files_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the configuration is for."""
    parser.add_argument("host", type=Host, choices=list(Host), help="where the site is published")
    add = parser.add_argument_group("of nginx").add_argument
    add("--root", default="/var/www/guide/public", help="the folder of the site on that machine (default: %(default)s)")
    add("--releases", default=None, help="where earlier sites are kept there (default: .releases/ beside the site)")
    add("--listen", default="80", help="the port, or address and port, to listen on (default: %(default)s)")
    add("--name", default="_", help="the name of the host (default: any)")
    add("--brotli", action="store_true", help="send .br files too: nginx has libnginx-mod-http-brotli-static")
    add("--https", action="store_true", help="the site is reached over https alone: browsers are told to keep to it")


def run(asked: argparse.Namespace) -> None:
    """Print the configuration, or each file that the host reads in the folder of the site."""
    if asked.host is Host.NGINX:
        root = PurePosixPath(asked.root)
        releases = asked.releases or str(root.parent / ".releases" / root.name)
        where = (str(root), releases, asked.listen, asked.name)
        print(nginx_configuration(*where, https=asked.https, brotli=asked.brotli), end="")
        return
    for name, content in files_for(asked.host, files_of(PROJECT / "public")).items():
        print(f"# {name}: `build --host {asked.host}` puts it into the site\n{content.decode()}", end="")


COMMAND = Command(
    "headers",
    "print the headers and other settings of the site for a host",
    (
        "python -m site_builder headers nginx",
        "python -m site_builder headers nginx --root /srv/guide/public --name guide.example --https",
        "python -m site_builder headers netlify",
    ),
    add_arguments,
    run,
)
