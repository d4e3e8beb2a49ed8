"""``burst serve``: run the bot until it is told to stop."""

import signal
from threading import Event
from types import FrameType

import click

from bot import logs
from bot.app import Bot
from bot.cli.environment import configuration
from bot.cli.output import in_words
from bot.config import require_tokens


@click.command()
@click.option("--upgrade", is_flag=True, help="Bring the database to this version's revision first.")
@click.option("--log-level", default="INFO", type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]))
@in_words
def serve(*, upgrade: bool, log_level: str) -> None:
    """Serve one Slack workspace, until SIGTERM or Ctrl-C."""
    logs.configure(log_level)
    config = configuration()
    require_tokens(config)
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    bot = Bot(config, upgrade=upgrade)
    bot.start()
    click.echo(f"Issue Burst is serving {bot.workspace}; health on {bot.address}/readyz", err=True)
    stopped.wait()
    bot.stop()
