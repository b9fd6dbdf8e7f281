"""Takes a fresh Debian 12 machine, and leaves what it takes to build the site, or to test it as well; nothing twice.

Run as a script by the system's python3, before any environment exists: only the standard library, and no import from
this package. What is installed, and why, is told in docs/set-up.md.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
    sys.exit("python3: Python 3.11 or newer is needed\n    hint: name another one with `make PYTHON=python3.11 …`")

import enum
import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: pip picks wheels for this Python, because the packing tools run inside Pyodide, not on the machine's own.
PYODIDE_PYTHON = "3.13"
#: Where the environment keeps the wheels of the packing tools, seen from its root.
RUNTIME_TOOLS = Path("share", "runtime-tools")
OLDEST_NODE = 20
#: Where Debian puts the module of nginx that sends files compressed with Brotli.
NGINX_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
#: What only `make bench` runs, with a lock file of its own: nobody who builds or tests has to wait for it.
BENCH_TOOLS = Path("tests", "bench", "tools")
#: What is there while apt installs, and stays where it was broken off.
UNFINISHED = Path(".cache", "apt-get-unfinished")
SECONDS_BETWEEN_SIGNS_OF_LIFE = 10


class SetUpError(Exception):
    """Something cannot be had: the place, a sentence, and what the reader can do about it."""

    def __init__(self, place: str, sentence: str, hint: str) -> None:
        super().__init__(f"{place}: {sentence}\n    hint: {hint}")


class Purpose(enum.Enum):
    """What the machine is set up for; testing includes building, and measuring includes testing."""

    BUILD = "build"
    TEST = "test"
    BENCH = "bench"

    @property
    def includes(self) -> tuple["Purpose", ...]:
        """This purpose and those that come with it."""
        purposes = tuple(Purpose)
        return purposes[: purposes.index(self) + 1]


#: The file with every Python package for a purpose; each holds those of the purposes it includes.
LOCKED_REQUIREMENTS = {
    Purpose.BUILD: "requirements.txt",
    Purpose.TEST: "requirements-test.txt",
    Purpose.BENCH: "requirements-bench.txt",
}


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """A Debian package, and how to see without the package manager that what it brings is there."""

    name: str
    purpose: Purpose
    is_there: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file inside an installed folder, which says for which purposes and from which locked versions it was filled.

    It is taken away before the folder is touched and written when all is done, so a broken-off set-up starts anew.
    """

    path: Path

    def says(self, purpose: Purpose, fingerprint: str) -> bool:
        """Whether the folder was completely filled for the purpose, from just these locked versions."""
        return self.path.exists() and f"{purpose.value} {fingerprint}" in self.path.read_text().splitlines()

    def lift(self) -> None:
        """Take the stamp away: from now on the folder is half-done."""
        self.path.unlink(missing_ok=True)

    def press(self, fingerprints: dict[Purpose, str]) -> None:
        """Write, in one step, for which purposes the folder is complete."""
        draft = self.path.with_suffix(".draft")
        draft.write_text("".join(f"{purpose.value} {fingerprint}\n" for purpose, fingerprint in fingerprints.items()))
        draft.replace(self.path)


def set_up(root: Path, purpose: Purpose) -> None:
    """Install whatever is missing for the purpose in the checkout at `root`.

    Raises:
        SetUpError: something is missing and cannot be installed.
    """
    with only_one_at_a_time(root):
        require_node()
        install_system_packages(root, purpose)
        install_python_packages(root, purpose)
        install_node_packages(root, purpose)


def missing(root: Path, purpose: Purpose) -> list[str]:
    """Return what `set_up` would have to install, in words; nothing is touched."""
    node = [folder for folder, purposes, _ in node_folders(purpose) if not has_node_packages(root, folder, purposes)]
    return [
        *missing_system_packages(root, purpose),
        *([] if has_python_packages(root, purpose) else [LOCKED_REQUIREMENTS[purpose]]),
        *(str(folder / "package-lock.json") for folder in node),
    ]


@contextmanager
def only_one_at_a_time(root: Path) -> Iterator[None]:
    """Hold the checkout's lock: two commands started together must not fill the same folder."""
    (root / ".cache").mkdir(exist_ok=True)
    with (root / ".cache" / "set-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up in this checkout to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unlink_what_is_shared(folder: Path) -> None:
    """Take the folder away where it is a link: what another checkout has installed is not ours to empty or to stamp."""
    if folder.is_symlink():
        folder.unlink()


# ---- Debian packages


def install_system_packages(root: Path, purpose: Purpose) -> None:
    """Install the Debian packages whose contents are missing; ask nothing of apt when none is.

    Raises:
        SetUpError: they cannot be installed.
    """
    names = missing_system_packages(root, purpose)
    if not names:
        return
    unattended = [*as_root(names), "env", "DEBIAN_FRONTEND=noninteractive"]
    unfinished = root / UNFINISHED
    unfinished.touch()  # a package that was broken off half-way can look as if it were there
    apt_install(root, unattended, names)
    for package in SYSTEM_PACKAGES:
        if package.purpose in purpose.includes and not package.is_there():
            raise SetUpError("apt-get", f"{package.name} was installed, but does not work", "see .cache/set-up.log")
    unfinished.unlink()


def missing_system_packages(root: Path, purpose: Purpose) -> list[str]:
    """Return the names of the Debian packages for the purpose whose contents are missing, or may be half there."""
    wanted = (package for package in SYSTEM_PACKAGES if package.purpose in purpose.includes)
    return [package.name for package in wanted if (root / UNFINISHED).exists() or not package.is_there()]


def apt_install(root: Path, unattended: Sequence[str], names: Sequence[str]) -> None:
    """Install Debian packages, whatever state an earlier attempt has left behind."""
    apt_get = [*unattended, "apt-get", "-o", "DPkg::Lock::Timeout=600"]  # seconds
    run(root, "finishing installations that were broken off", [*unattended, "dpkg", "--configure", "-a"])
    run(root, "reading the list of Debian packages", [*apt_get, "update"])
    install = [*apt_get, "install", "--yes", "--no-install-recommends", "--reinstall", *names, *half_unpacked()]
    run(root, f"installing {', '.join(names)}", install)


def half_unpacked() -> list[str]:
    """The Debian packages that were broken off while being unpacked: apt would pass over them in silence."""
    states = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Eflag} ${Package}\\n"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [line.split()[1] for line in states.stdout.splitlines() if line.startswith("reinstreq ")]


def as_root(missing: Sequence[str]) -> list[str]:
    """The words to put before a command that only root may run."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is not None:
        return ["sudo"]
    raise SetUpError(
        "apt-get",
        f"{', '.join(missing)} must be installed, and this user may not do it",
        f"as root, run `apt-get update && apt-get install {' '.join(missing)}`, then run this command again",
    )


def has_venv() -> bool:
    """Whether this Python can make virtual environments with pip in them, which Debian splits off."""
    return succeeds([sys.executable, "-I", "-c", "import ensurepip, venv"])


def has_command(name: str) -> Callable[[], bool]:
    """A way to see whether a command is on the path."""
    return lambda: shutil.which(name) is not None


def has_nginx_brotli() -> bool:
    """Whether nginx can send the compressed copies that a build has made."""
    return shutil.which("nginx") is not None and NGINX_BROTLI.exists()


def has_japanese_font() -> bool:
    """Whether any installed font can show Japanese."""
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=ja", "family"], capture_output=True, text=True, check=False)
    return found.stdout.strip() != ""


SYSTEM_PACKAGES = (
    SystemPackage("python3-venv", Purpose.BUILD, has_venv),
    SystemPackage("chromium", Purpose.TEST, has_command("chromium")),
    SystemPackage("firefox-esr", Purpose.TEST, has_command("firefox-esr")),
    SystemPackage("webkit2gtk-driver", Purpose.TEST, has_command("WebKitWebDriver")),
    SystemPackage("xvfb", Purpose.TEST, has_command("Xvfb")),  # WebKit's browser has no mode without a screen
    SystemPackage("curl", Purpose.TEST, has_command("curl")),  # the examples of the open data are run as printed
    SystemPackage("nginx", Purpose.TEST, has_command("nginx")),  # serves the site as docs/publishing.md says
    SystemPackage("libnginx-mod-http-brotli-static", Purpose.TEST, has_nginx_brotli),
    SystemPackage("jq", Purpose.TEST, has_command("jq")),
    SystemPackage("fontconfig", Purpose.TEST, has_command("fc-list")),
    SystemPackage("fonts-noto-cjk", Purpose.TEST, has_japanese_font),
)


# ---- Python packages


def install_python_packages(root: Path, purpose: Purpose) -> None:
    """Make `.venv` anew, unless it is complete for the purpose, with every package checked against its hash."""
    if has_python_packages(root, purpose):
        return
    environment = root / ".venv"
    unlink_what_is_shared(environment)
    stamp = Stamp(environment / "set-up")
    stamp.lift()
    run(root, "making .venv", [sys.executable, "-I", "-m", "venv", "--clear", environment])
    locked = root / LOCKED_REQUIREMENTS[purpose]
    run(root, f"installing the packages of {locked.name}", [*pip(environment, "install"), "--requirement", locked])
    run(root, "fetching Pyodide's packing tools", fetch_runtime_tools(root, environment))
    stamp.press({part: python_fingerprint(root, part) for part in purpose.includes})


def has_python_packages(root: Path, purpose: Purpose) -> bool:
    """Whether `.venv` is complete for the purpose, and its Python there."""
    environment = root / ".venv"
    is_stamped = Stamp(environment / "set-up").says(purpose, python_fingerprint(root, purpose))
    return is_stamped and succeeds([environment / "bin" / "python", "-c", ""])


def python_fingerprint(root: Path, purpose: Purpose) -> str:
    """What decides the contents of `.venv`, as a hash: the locked versions and the Python that they are for."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return fingerprint(python, root / LOCKED_REQUIREMENTS[purpose], root / "requirements-runtime.txt")


def pip(environment: Path, verb: str) -> list[str | Path]:
    """Pip's command, told to accept only locked wheels: a source package would run code that no hash covers."""
    python = environment / "bin" / "python"
    quietly = ("--disable-pip-version-check", "--no-input")
    return [python, "-m", "pip", verb, *quietly, "--require-hashes", "--only-binary=:all:"]


def fetch_runtime_tools(root: Path, environment: Path) -> list[str | Path]:
    """The command that downloads the packing tools' wheels without installing them; they are for Pyodide's Python."""
    return [
        *pip(environment, "download"),
        *("--no-deps", "--python-version", PYODIDE_PYTHON),
        *("--requirement", root / "requirements-runtime.txt", "--dest", environment / RUNTIME_TOOLS),
    ]


# ---- Node packages


def require_node() -> None:
    """See that Node and npm are there and new enough; Debian 12's own Node is too old, so apt cannot help.

    Raises:
        SetUpError: they are not.
    """
    hint = f"install Node {OLDEST_NODE} or newer with its npm, then run this command again"
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            raise SetUpError(command, "the command is not on the path", hint)
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        raise SetUpError("node", f"version {version} is too old", hint)


def install_node_packages(root: Path, purpose: Purpose) -> None:
    """Fill `node_modules` anew, unless it is complete for the purpose; for measuring, that of the bench as well."""
    for folder, purposes, options in node_folders(purpose):
        if not has_node_packages(root, folder, purposes):
            fill_node_modules(root, folder, purposes, options)


def node_folders(purpose: Purpose) -> Iterator[tuple[Path, Sequence[Purpose], Sequence[str]]]:
    """Yield the folders whose lock files are installed for the purpose, seen from the root, and npm's options.

    Between them stand the purposes for which `node_modules` is complete afterwards; the last says whether it is.
    """
    if purpose is Purpose.BUILD:
        yield Path(), (Purpose.BUILD,), ("--omit=dev",)
    else:
        yield Path(), Purpose.TEST.includes, ()
    if purpose is Purpose.BENCH:
        yield BENCH_TOOLS, (Purpose.BENCH,), ()


def has_node_packages(root: Path, folder: Path, purposes: Sequence[Purpose]) -> bool:
    """Whether the `node_modules` of `folder`, seen from `root`, is complete."""
    return Stamp(root / folder / "node_modules" / ".set-up").says(
        purposes[-1], node_fingerprint(root, folder, purposes[-1])
    )


def node_fingerprint(root: Path, folder: Path, purpose: Purpose) -> str:
    """What decides the contents of `node_modules`, as a hash."""
    return fingerprint(purpose.value, root / folder / "package-lock.json")


def fill_node_modules(root: Path, folder: Path, purposes: Sequence[Purpose], options: Sequence[str]) -> None:
    """Install what the lock file in `folder`, seen from `root`, names; npm checks each package against its hash."""
    modules = root / folder / "node_modules"
    unlink_what_is_shared(modules)
    stamp = Stamp(modules / ".set-up")
    stamp.lift()
    install: list[str | Path] = ["npm", "ci", "--ignore-scripts", "--prefix", root / folder, *options]
    run(root, f"installing the packages of {folder / 'package-lock.json'}", install)
    stamp.press({purpose: node_fingerprint(root, folder, purpose) for purpose in purposes})


# ---- commands


def run(root: Path, what: str, command: Sequence[str | Path]) -> None:
    """Run a command, saying what it does and every few seconds that it goes on; its own words go to a log.

    Raises:
        SetUpError: the command failed; the hint shows the end of its log.
    """
    say(f"{what} …")
    start = time.monotonic()
    log = root / ".cache" / "set-up.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=root)
        with process:  # even when interrupted, wait for it to end: the next run must not meet it
            while not has_ended(process):
                say(f"{what}: still at it after {time.monotonic() - start:.0f} s")
    if process.returncode != 0:
        raise SetUpError(str(command[0]), f"{what} failed", f"the log ends so:\n{end_of(log)}")
    say(f"{what}: done in {time.monotonic() - start:.0f} s")


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process ends within the time after which a sign of life is due."""
    try:
        process.wait(SECONDS_BETWEEN_SIGNS_OF_LIFE)
    except subprocess.TimeoutExpired:
        return False
    return True


def end_of(log: Path) -> str:
    """The log's last lines, indented."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"        {line}" for line in lines[-20:])


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether a command can be run, and ends without a complaint."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fingerprint(word: str, *files: Path) -> str:
    """One hash over a word and the contents of files."""
    digest = hashlib.sha256(word.encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def say(sentence: str) -> None:
    """Tell the person who waits, at once even into a pipe."""
    print(f"set-up: {sentence}", flush=True)


def main(words: Sequence[str]) -> int:
    """Set this checkout up for the purpose that is named; return the exit code."""
    try:
        set_up(Path(__file__).resolve().parent.parent, Purpose(words[0]))
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        say("broken off; the next run starts anew where it was")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
