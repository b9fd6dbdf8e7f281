"""The commands of the command line, each a module; their order is the order of `--help`."""

from site_builder.commands import build, check, examine, graph, schemas, serve
from site_builder.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    build.COMMAND,
    check.COMMAND,
    serve.COMMAND,
    schemas.COMMAND,
    examine.COMMAND,
    graph.COMMAND,
)
