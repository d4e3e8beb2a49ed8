"""``burst``: the group that holds every command."""

import click

from bot.cli.audit import audit
from bot.cli.check import check
from bot.cli.clocks import clocks
from bot.cli.database import database
from bot.cli.demo import demo
from bot.cli.export import export
from bot.cli.hold import hold
from bot.cli.log import log
from bot.cli.manifest import manifest
from bot.cli.outbox import outbox
from bot.cli.person import person
from bot.cli.privacy import privacy
from bot.cli.programme import programme
from bot.cli.redact import redact
from bot.cli.restore import restore_export
from bot.cli.retention import retention
from bot.cli.sandbox import sandbox
from bot.cli.serve import serve
from bot.cli.show import show


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="issue-burst", prog_name="burst")
def main() -> None:
    """Issue Burst: one blocker, one accountable owner, one temporary task force, in Slack."""


_COMMANDS = (
    serve,
    demo,
    sandbox,
    manifest,
    check,
    programme,
    database,
    log,
    clocks,
    audit,
    show,
    export,
    restore_export,
    outbox,
    privacy,
    retention,
    hold,
    redact,
    person,
)
for command in _COMMANDS:
    main.add_command(command)
