"""The table in the words of nginx: one file to be included where its `http` block includes sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.hosting.headers import (
    AHEAD,
    AHEAD_FILE,
    ASK_EACH_TIME,
    CONTENT_HASHED_FOLDER,
    KEEP_FOR_A_DAY,
    KEEP_FOR_GOOD,
    KINDS,
    MEDIA_TYPES,
    OVER_HTTPS,
    READING,
    SECURITY_HEADERS,
    policy_text,
)

_UTF_8 = "; charset=utf-8"
#: Kinds of files that are compressed already.
_COMPRESSED = ("image/png", "image/vnd.microsoft.icon", "application/octet-stream")

_BEGINNING = """\
# Made by `python -m site_builder headers nginx`; made anew when the headers change. No location adds a header of its
# own: nginx would then drop all others for it. What depends on the file is looked up by its address instead.

map $uri $site_policy {
    default "@policy@";
@policies@}

map "$status $uri" $site_cache {
    default "@ask@";
    "~^(?:200|206|304) .*@hashed@" "@keep@";
    "~^(?:200|206|304) /@file@$" "@day@";
}

map $status $site_ahead {
    default "";  # of which nginx makes no header
    "~^(?:200|206|304)$" '@ahead@';
}

server {
    listen @listen@;
    server_name @server_name@;
    root "@root@";
    index index.html;
    server_tokens off;
    absolute_redirect off;  # so that a redirect is right behind a proxy and on any port

    default_type @default_type@;
    charset utf-8;
    charset_types @charset_types@;
    types {
"""
_MIDDLE = """\
    }

    gzip on;
    gzip_static on;  # takes a file's own .gz where there is one
@brotli@    gzip_vary on;
    gzip_min_length 1000;
    gzip_types @gzip_types@;

"""
_END = """\
    add_header Content-Security-Policy $site_policy always;
    add_header Cache-Control $site_cache always;
    add_header Speculation-Rules $site_ahead always;

    error_page 403 404 =404 /404.html;  # a folder without a page is not there
    location / {
        try_files $uri $uri/ @earlier;
    }
    location @earlier {  # what a page asks for that was opened before the site in place was published
        root "@releases@";
        try_files /earlier$uri =404;
    }
    location ~ "/\\.(?!well-known/)" {
        return 404;
    }
}
"""


def nginx_configuration(
    root: str, releases: str, listen: str, server_name: str, *, https: bool = False, brotli: bool = False
) -> str:
    """Return the configuration of a server for the site in the folder `root`.

    Args:
        root: the folder of the site, as nginx finds it.
        releases: the folder where earlier sites are kept, as nginx finds it.
        listen: an address and port, or a port.
        server_name: the name of the host, or `_` for any.
        https: whether the site is reached over https alone; then browsers are told to keep to it.
        brotli: whether this nginx can send a file's own .br, where there is one.
    """
    own = {
        "policy": policy_text(READING, https=https),
        "policies": "".join(
            f'    "~{kind.pattern.pattern}" "{policy_text(kind.policy, https=https)}";\n' for kind in KINDS
        ),
        "hashed": CONTENT_HASHED_FOLDER.pattern,
        "ask": ASK_EACH_TIME,
        "keep": KEEP_FOR_GOOD,
        "ahead": AHEAD,
        "file": re.escape(AHEAD_FILE),
        "day": KEEP_FOR_A_DAY,
        "brotli": "    brotli_static on;\n" if brotli else "",
        "listen": listen,
        "server_name": server_name,
        "root": root,
        "releases": releases,
        "default_type": MEDIA_TYPES[""],
        "charset_types": " ".join(sorted({one.removesuffix(_UTF_8) for one in _kinds(_UTF_8)} - {"text/html"})),
        "gzip_types": " ".join(sorted({one.removesuffix(_UTF_8) for one in _kinds("")} - {"text/html", *_COMPRESSED})),
    }
    types = "".join(f"        {kind} {' '.join(endings)};\n" for kind, endings in sorted(_endings().items()))
    fixed = {**SECURITY_HEADERS, **(OVER_HTTPS if https else {})}
    headers = "".join(f'    add_header {name} "{setting}" always;\n' for name, setting in fixed.items())
    return _filled(_BEGINNING, own) + types + _filled(_MIDDLE, own) + headers + _filled(_END, own)


def _kinds(ending: str) -> Iterator[str]:
    return (one for one in MEDIA_TYPES.values() if one.endswith(ending))


def _endings() -> Mapping[str, list[str]]:
    endings: dict[str, list[str]] = {}
    for ending, kind in MEDIA_TYPES.items():
        if ending:
            endings.setdefault(kind.removesuffix(_UTF_8), []).append(ending.removeprefix("."))
    return endings


def _filled(text: str, own: Mapping[str, str]) -> str:
    for name, words in own.items():
        text = text.replace(f"@{name}@", words)
    return text
