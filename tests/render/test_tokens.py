"""Design tokens: styles name them, visitors get their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.errors import GuidanceErrors
from site_builder.render.tokens import TOKENS_FILE, read_tokens, with_values


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    file = tmp_path / TOKENS_FILE
    file.parent.mkdir(parents=True)
    file.write_text(
        ":root {\n  --color-primitive-red-800: #ec0000;\n  --line-height-170: 1.7;\n"
        "  --color-semantic-error-1: var(--color-primitive-red-800);\n}\n"
    )
    return tmp_path


def test_a_token_stands_for_its_value_and_what_is_ours_stays(node_modules: Path) -> None:
    style = "p { color: var(--color-semantic-error-1); line-height: var(--line-height-170); margin: var(--gap); }"
    values = with_values(style, read_tokens(node_modules), "styles/site.css")
    assert values == "p { color: #ec0000; line-height: 1.7; margin: var(--gap); }"


def test_every_token_that_there_is_not_is_told(node_modules: Path) -> None:
    style = "p { color: var(--color-primitive-red-880); line-height: var(--line-height-171); }"
    with pytest.raises(GuidanceErrors) as caught:
        with_values(style, read_tokens(node_modules), "styles/site.css")
    assert [(error.place.path, error.code) for error in caught.value.errors] == [
        ("site_builder/theme/styles/site.css", "unknown-token")
    ] * 2
    assert caught.value.errors[0].hint == "did you mean 'color-primitive-red-800'?"


def test_a_package_that_is_not_installed_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="hint: run `make build`"):
        read_tokens(tmp_path)


def test_no_published_style_names_a_token(built_site: Path) -> None:
    styles = [path.read_text(encoding="utf-8") for path in built_site.glob("theme-*/styles/*.css")]
    assert len(styles) > 3
    assert not any("var(--color-primitive" in style or "var(--color-neutral" in style for style in styles)
