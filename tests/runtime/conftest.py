"""A small package to pack, packed once for all tests."""

from pathlib import Path

import pytest

from site_builder.runtime import RuntimePackage, pack_runtime

ROOT = Path(__file__).parents[2]

SAMPLE_PYPROJECT = """\
[build-system]
requires = ["flit_core >=3.11,<5"]
build-backend = "flit_core.buildapi"

[project]
name = "calculator"
version = "1.2.3"
description = "A sample."

[tool.flit.module]
name = "calculator"
"""

SAMPLE_ANSWERS = """\
from fractions import Fraction
ANSWER = int(Fraction({answer}))
NAMES = frozenset({{'枠', 'frame', 'rate'}})
"""


def write_sample(project: Path, answer: int = 42) -> Path:
    """Write a project with a package of two modules, and one beside it that must not be packed; return the package."""
    package = project / "calculator"
    package.mkdir(parents=True)
    (project / "pyproject.toml").write_text(SAMPLE_PYPROJECT)
    (project / "elsewhere.py").write_text("")
    (package / "__init__.py").write_text('"""A sample."""\nfrom calculator.answers import ANSWER\n')
    (package / "answers.py").write_text(SAMPLE_ANSWERS.format(answer=answer))
    return package


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample") / "project")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def packed(sample: Path, cache: Path) -> RuntimePackage:
    return pack_runtime(sample, ROOT / "node_modules", cache)
