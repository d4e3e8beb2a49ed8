"""``burst serve``: run the bot until it is told to stop."""

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import logs
from bot.app import Bot
from bot.cli.environment import configuration
from bot.cli.output import in_words
from bot.cli.presence import Presence
from bot.config import Config, require_tokens
from bot.errors import BotError, SlackFault

_HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@click.command()
@click.option("--upgrade", is_flag=True, help="Bring the database to this version's revision first.")
@click.option(
    "--log-level", default="INFO", show_default=True, type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"])
)
@in_words
def serve(*, upgrade: bool, log_level: str) -> None:
    """Serve one Slack workspace, until SIGTERM or Ctrl-C. SIGHUP reads the programme file again."""
    logs.configure(log_level)
    config = configuration()
    require_tokens(config)
    with _signals_kept():
        bot = _made(config, upgrade=upgrade)
        presence = Presence(config.data_dir, bot.programme_file)
        # What is loaded by now stays: the collector need not walk through it again and again while somebody waits.
        gc.freeze()
        bot.start()
        click.echo(f"Issue Burst is serving {bot.workspace}; health on {bot.address}/readyz", err=True)
        while signal.sigwait(_HEARD) == signal.SIGHUP:
            presence.answer(bot.reload())
            bot.find_people()
        presence.leave()
        bot.stop()


def _made(config: Config, *, upgrade: bool) -> Bot:
    try:
        return Bot(config, upgrade=upgrade)
    except SlackFault as fault:
        raise BotError(
            f"Slack refused or cannot be reached: {fault}. `burst check` says what to do."
        ) from fault


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Signals wait until they are asked for.

    A handler would run between two steps of the main thread: a signal that comes just before it begins
    to wait would be heard only with the next one. Threads that are started meanwhile leave them alone too.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
