"""The commands of the command line, each a module; their order is the order of `--help`."""

from site_builder.commands import (
    build,
    check,
    diff,
    examine,
    explain,
    fact_check,
    graph,
    headers,
    new_round,
    releases,
    rollback,
    schemas,
    serve,
    verify,
)
from site_builder.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    build.COMMAND,
    check.COMMAND,
    explain.COMMAND,
    serve.COMMAND,
    new_round.COMMAND,
    fact_check.COMMAND,
    examine.COMMAND,
    graph.COMMAND,
    diff.COMMAND,
    releases.COMMAND,
    rollback.COMMAND,
    verify.COMMAND,
    headers.COMMAND,
    schemas.COMMAND,
)
