"""The command line: arguments go in, sentences and an exit code come out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from site_builder.build import PROJECT, Sources, build, check
from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.render.cards import CardError
from site_builder.render.search import SearchIndexError
from site_builder.runtime.packing import RuntimePackingError
from site_builder.serve import serve
from site_builder.site.public_address import PublicAddress, public_address

DONE = 0
CONTENT_ERROR = 1
USAGE_ERROR = 2
ENVIRONMENT_ERROR = 3

EXAMPLES = """examples:
  python -m site_builder build
  python -m site_builder check --rules rules --content content
  python -m site_builder serve --port 8000

exit codes: 0 done, 1 rules or content are wrong, 2 wrong usage, 3 something is missing on this machine"""


class Arguments(argparse.Namespace):
    """What can be asked for."""

    command: str
    rules: Path
    content: Path
    out: Path
    port: int | None
    works_offline: bool
    address: PublicAddress | None


def main(arguments: Sequence[str]) -> int:
    """Do what is asked, and return the exit code."""
    asked = _parser().parse_args(arguments, namespace=Arguments())
    try:
        _do(asked)
    except (RuntimePackingError, SearchIndexError, CardError, OSError) as error:
        print(error, file=sys.stderr)
        return ENVIRONMENT_ERROR
    except (GuidanceError, GuidanceErrors) as errors:
        print(errors, file=sys.stderr)
        return CONTENT_ERROR
    return DONE


def _do(asked: Arguments) -> None:
    sources = Sources(asked.rules, asked.content, getattr(asked, "address", None))
    match asked.command:
        case "build":
            build(sources, asked.out, _say, asked.works_offline)
            _say(f"the site is in {asked.out}")
        case "check":
            check(sources)
            _say("rules and content are in order")
        case "serve":
            _serve(asked.out, asked.port)


def _serve(out: Path, port: int | None) -> None:
    if not (out / "index.html").is_file():
        raise FileNotFoundError(f"{out}: there is no site in it\n    hint: run `python -m site_builder build` first")
    serve(out, port)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m site_builder",
        description="Makes the guidance site from rules/ and content/.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    building = commands.add_parser("build", help="make the site", parents=[_folders()])
    building.add_argument(
        "--without-service-worker",
        dest="works_offline",
        action="store_false",
        help="make a site that does not work offline, and ends the service workers that visitors have from before",
    )
    building.add_argument(
        "--address",
        type=_address,
        default=None,
        metavar="URL",
        help="where the site is published, in place of what content/site.yaml says",
    )
    commands.add_parser("check", help="make the site without writing it", parents=[_folders()])
    serving = commands.add_parser("serve", help="serve the site that was made", parents=[_folders()])
    serving.add_argument("--port", type=_port, default=None, help="the port to listen on (default: 8000 or a free one)")
    return parser


def _folders() -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--rules", type=Path, default=PROJECT / "rules", help="the folder of the rules")
    folders.add_argument("--content", type=Path, default=PROJECT / "content", help="the folder of the content")
    folders.add_argument("--out", type=Path, default=PROJECT / "public", help="the folder of the site")
    return folders


def _address(words: str) -> PublicAddress:
    try:
        return public_address(words, Place("--address"))
    except GuidanceError as error:
        raise argparse.ArgumentTypeError(f"{error.sentence}\n    hint: {error.hint}") from error


def _port(words: str) -> int:
    port = int(words)
    if not 0 <= port < 2**16:
        raise argparse.ArgumentTypeError(f"{words} is not a port")
    return port
