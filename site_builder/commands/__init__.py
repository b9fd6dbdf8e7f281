"""The commands of the command line, each a module; their order is the order of `--help`."""

from site_builder.commands import build, check, explain, schemas, serve
from site_builder.commands.command import Command

COMMANDS: tuple[Command, ...] = (build.COMMAND, check.COMMAND, explain.COMMAND, serve.COMMAND, schemas.COMMAND)
