"""Set-up installs what is missing, nothing twice, and says what to do if it cannot; no lock file names an address."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from site_builder import set_up
from site_builder.set_up import Purpose, SetUpError, Stamp

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ("requirements.txt", "requirements-test.txt", "requirements-bench.txt", "requirements-runtime.txt")
NODE_LOCKS = (Path("package-lock.json"), set_up.BENCH_TOOLS / "package-lock.json")
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What set-up tries to run, in words; nothing is run."""
    tried: list[str] = []

    def note(root: Path, what: str, command: Sequence[str | Path]) -> None:
        tried.append(what)

    monkeypatch.setattr(set_up, "run", note)
    return tried


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with its lock files, and with nothing installed."""
    for name in (*REQUIREMENTS, *map(str, NODE_LOCKS)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    for lock in NODE_LOCKS:
        (tmp_path / lock).with_name("node_modules").mkdir()
    return tmp_path


def test_the_checkout_that_runs_these_tests_needs_no_more_set_up() -> None:
    assert set_up.missing(ROOT, Purpose.TEST) == []


def test_what_is_missing_is_told_and_nothing_touched(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "SYSTEM_PACKAGES", (set_up.SystemPackage("tea", Purpose.BUILD, lambda: False),))
    before = sorted(checkout.rglob("*"))
    assert set_up.missing(checkout, Purpose.TEST) == ["tea", "requirements-test.txt", "package-lock.json"]
    assert sorted(checkout.rglob("*")) == before


def test_what_another_checkout_has_installed_is_left_to_it(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, names = tmp_path_factory.mktemp("other"), (".venv", "node_modules")
    for name in names:
        (checkout / name).rename(other / name)
        (checkout / name).symlink_to(other / name)
    before = sorted(other.rglob("*"))

    def make_folders(root: Path, what: str, command: Sequence[str | Path]) -> None:
        for name in names:
            (root / name).mkdir(exist_ok=True)

    monkeypatch.setattr(set_up, "run", make_folders)
    set_up.install_python_packages(checkout, Purpose.BUILD)
    set_up.install_node_packages(checkout, Purpose.BUILD)
    assert sorted(other.rglob("*")) == before
    assert (checkout / ".venv" / "set-up").exists()
    assert (checkout / "node_modules" / ".set-up").exists()


def test_a_second_run_repeats_nothing(checkout: Path, commands: list[str]) -> None:
    set_up.install_python_packages(checkout, Purpose.BUILD)
    set_up.install_node_packages(checkout, Purpose.BUILD)
    first = list(commands)
    set_up.install_python_packages(checkout, Purpose.BUILD)
    set_up.install_node_packages(checkout, Purpose.BUILD)
    assert len(first) == 4
    assert commands == first


def test_what_is_set_up_to_test_can_build_but_not_the_other_way_round(checkout: Path, commands: list[str]) -> None:
    set_up.install_node_packages(checkout, Purpose.TEST)
    set_up.install_node_packages(checkout, Purpose.BUILD)
    assert len(commands) == 1
    shutil.rmtree(checkout / "node_modules")
    (checkout / "node_modules").mkdir()
    set_up.install_node_packages(checkout, Purpose.BUILD)
    set_up.install_node_packages(checkout, Purpose.TEST)
    assert len(commands) == 3


@pytest.mark.parametrize("lock_file", REQUIREMENTS[1:])
def test_a_changed_lock_file_is_installed(checkout: Path, commands: list[str], lock_file: str) -> None:
    set_up.install_python_packages(checkout, Purpose.BENCH)
    (checkout / lock_file).write_text("# nothing any more\n")
    set_up.install_python_packages(checkout, Purpose.BENCH if "bench" in lock_file else Purpose.TEST)
    assert len(commands) == 6


def test_only_measuring_installs_the_tools_of_the_bench(checkout: Path, commands: list[str]) -> None:
    set_up.install_node_packages(checkout, Purpose.TEST)
    assert commands == ["installing the packages of package-lock.json"]
    set_up.install_node_packages(checkout, Purpose.BENCH)
    set_up.install_node_packages(checkout, Purpose.TEST)
    assert commands[1:] == [f"installing the packages of {NODE_LOCKS[1]}"]
    assert "hugo" not in (ROOT / "requirements-test.txt").read_text()


def test_a_broken_off_installation_starts_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(root: Path, what: str, command: Sequence[str | Path]) -> None:
        if "requirements" in what:
            raise KeyboardInterrupt

    stamp = Stamp(checkout / ".venv" / "set-up")
    stamp.press({Purpose.BUILD: "of an older lock file"})
    monkeypatch.setattr(set_up, "run", break_off)
    with pytest.raises(KeyboardInterrupt):
        set_up.install_python_packages(checkout, Purpose.BUILD)
    assert not stamp.path.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path, commands: list[str]) -> None:
    set_up.install_python_packages(checkout, Purpose.BUILD)
    (checkout / ".venv" / "bin" / "python").unlink()
    set_up.install_python_packages(checkout, Purpose.BUILD)
    assert commands.count("making .venv") == 2


def test_building_installs_nothing_that_only_tests_need() -> None:
    for_building = [package.name for package in set_up.SYSTEM_PACKAGES if package.purpose is Purpose.BUILD]
    assert for_building == ["python3-venv"]
    assert "playwright" not in (ROOT / "requirements.txt").read_text()


def test_a_system_package_that_is_there_is_not_asked_for(checkout: Path, commands: list[str]) -> None:
    set_up.install_system_packages(checkout, Purpose.TEST)
    assert commands == []


def test_a_machine_without_browsers_gets_all_three_engines(
    commands: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".cache").mkdir()
    only_apt = tmp_path / "bin"
    only_apt.mkdir()
    (only_apt / "dpkg-query").symlink_to("/bin/true")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(only_apt))
    with pytest.raises(SetUpError, match="chromium was installed, but does not work"):
        set_up.install_system_packages(tmp_path, Purpose.TEST)
    servers = "curl, nginx, libnginx-mod-http-brotli-static, jq"
    names = f"chromium, firefox-esr, webkit2gtk-driver, xvfb, {servers}, fontconfig, fonts-noto-cjk"
    assert commands[-1] == f"installing {names}"


def test_a_broken_off_installation_of_system_packages_is_finished(
    commands: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "apt-get-unfinished").touch()
    set_up.install_system_packages(tmp_path, Purpose.BUILD)
    assert commands[-1] == "installing python3-venv"
    set_up.install_system_packages(tmp_path, Purpose.BUILD)
    assert len(commands) == 3


def test_who_may_not_install_is_told_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetUpError, match=r"hint: as root, run `apt-get update && apt-get install chromium`"):
        set_up.as_root(["chromium"])


def test_an_old_node_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, version in (("node", "v18.20.4"), ("npm", "9.2.0")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(SetUpError, match=r"node: version v18\.20\.4 is too old"):
        set_up.require_node()


def test_a_failed_command_shows_the_end_of_its_log(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    with pytest.raises(SetUpError, match=r"(?s)making tea failed.*no water"):
        set_up.run(tmp_path, "making tea", ["sh", "-c", "echo no water; exit 1"])


def test_a_long_command_gives_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".cache").mkdir()
    monkeypatch.setattr(set_up, "SECONDS_BETWEEN_SIGNS_OF_LIFE", 0.1)
    set_up.run(tmp_path, "sleeping", ["sleep", "0.3"])
    assert "sleeping: still at it" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*REQUIREMENTS, *map(str, NODE_LOCKS), "package.json", ".npmrc", "pyproject.toml"])
def test_no_file_names_an_address_to_install_from(name: str) -> None:
    words = without_funding((ROOT / name).read_text()) if "package-lock" in name else (ROOT / name).read_text()
    assert re.findall(r"https?://|file://|--(?:extra-)?index|--find-links|\"resolved\"", words) == []


def without_funding(lock: str) -> str:
    """A lock file of npm less the pages on which its packages' makers ask for money: nothing is installed from them."""
    return json.dumps(json.loads(lock, object_hook=lambda node: {key: node[key] for key in node if key != "funding"}))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_python_package_is_locked_with_hashes(name: str) -> None:
    for requirement in re.split(r"\n(?=\S)", (ROOT / name).read_text().strip()):
        if not requirement.startswith("#"):
            assert PINNED.match(requirement), requirement
            assert "--hash=sha256:" in requirement, requirement


def test_building_testing_and_measuring_use_the_same_versions() -> None:
    locked = [dict(PINNED.findall((ROOT / name).read_text())) for name in set_up.LOCKED_REQUIREMENTS.values()]
    for_building, for_testing, for_measuring = locked
    assert for_building.items() <= for_testing.items() <= for_measuring.items()


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=str)
def test_every_node_package_is_locked_with_a_hash(lock: Path) -> None:
    packages = json.loads((ROOT / lock).read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize("fails", ["ruff", "mypy", "pytest", "nothing"])
def test_whatever_fails_of_the_linters_and_the_tests_fails_the_command(fails: str, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$2 has run"\n[ "$2" != {fails} ]\n')
    python.chmod(0o755)
    command = ["make", f"--file={ROOT / 'Makefile'}", "test", f"IN_VENV={python}", "PYTHON=true"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is (fails == "nothing")
    ran = re.findall(r"^(\w+) has run$", done.stdout, re.MULTILINE)
    assert ran == (["ruff"] if fails == "ruff" else ["ruff", "ruff", "pytest", "mypy"])


def test_help_names_every_command() -> None:
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert re.findall(r"^  (\w+)\t", shown, re.MULTILINE) == [
        "help",
        "build",
        "serve",
        "test",
        "bench",
        "fuzz",
        "mutants",
        "coverage",
        "mutation",
        "lint",
    ]
