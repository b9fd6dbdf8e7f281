"""The commands of the command line, each a module; their order is the order of `--help`."""

from site_builder.commands import build, check, diff, headers, releases, rollback, schemas, serve
from site_builder.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    build.COMMAND,
    check.COMMAND,
    diff.COMMAND,
    serve.COMMAND,
    releases.COMMAND,
    rollback.COMMAND,
    headers.COMMAND,
    schemas.COMMAND,
)
