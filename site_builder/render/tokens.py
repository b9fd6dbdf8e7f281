"""The design tokens of Japan's Digital Agency: their names in our styles go in, their values come out.

A style names a token as the agency's own style sheets do, `var(--color-primitive-blue-900)`. The build puts the value
in its place: a page uses a tenth of the tokens, so no visitor need fetch their table. What is called otherwise is ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from site_builder.errors import GuidanceError, GuidanceErrors, name_hint
from site_builder.sources.source_file import SourceFile

#: Where npm puts the tokens, from `node_modules`.
TOKENS_FILE = Path("@digital-go-jp/design-tokens/dist/tokens.css")
_DEFINED = re.compile(r"--(?P<name>[a-z0-9-]+):\s*(?P<value>[^;]+);")
_NAMED = re.compile(
    r"var\(--(?P<name>(?:color-(?:primitive|neutral|semantic)|font|line-height|border-radius|elevation)-[a-z0-9-]+)\)"
)


def read_tokens(node_modules: Path) -> Mapping[str, str]:
    """Return the value of every token by its name.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    path = node_modules / TOKENS_FILE
    if not path.is_file():
        hint = "run `make build`, which installs them"
        raise FileNotFoundError(f"{path}: the design tokens are missing\n    hint: {hint}")
    found = {match["name"]: match["value"].strip() for match in _DEFINED.finditer(path.read_text(encoding="utf-8"))}
    return {name: _NAMED.sub(lambda inner: found[inner["name"]], value) for name, value in found.items()}


def with_values(style: str, tokens: Mapping[str, str], name: str) -> str:
    """Return the style sheet `style`, which errors call `name`, with the values of the tokens that it names.

    Raises:
        GuidanceErrors: it names tokens that are not among `tokens`.
    """
    file = SourceFile(f"site_builder/theme/{name}", style)
    unknown = [match for match in _NAMED.finditer(style) if match["name"] not in tokens]
    if unknown:
        raise GuidanceErrors([_unknown(one, tokens, file) for one in unknown])
    return _NAMED.sub(lambda match: tokens[match["name"]], style)


def _unknown(match: re.Match[str], tokens: Mapping[str, str], file: SourceFile) -> GuidanceError:
    name, place = match["name"], file.place(*match.span("name"))
    hint = name_hint(name, tokens, f"the tokens stand in {TOKENS_FILE}")
    return GuidanceError(place, f"no design token is called '{name}'", hint, "unknown-token")
