"""``burst sandbox``: a local Slack workspace, as strict as the real one."""

from pathlib import Path
from typing import Any

import click

from bot.cli.output import in_words
from bot.config import HIGHEST_PORT, MANIFEST
from bot.errors import BotError
from bot.sandbox.errors import Unreachable
from bot.sandbox.settings import SandboxSettings

_file = click.Path(path_type=Path, exists=True, dir_okay=False)
_USUAL = SandboxSettings(manifest=MANIFEST)


class RateLimits(click.ParamType[float | None]):
    """``on``, ``off`` or ``scale=<x>``."""

    name = "on|off|scale=x"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | None:
        """What Slack's documented rates are multiplied with; None for no limits."""
        from bot.sandbox.__main__ import rate_limits

        try:
            return rate_limits(str(value))
        except ValueError:
            self.fail(f"'{value}' is none of on, off and scale=<a number above 0>.", param, ctx)


@click.command(context_settings={"show_default": True})
@click.option("--host", default=_USUAL.host, help="A loopback address; others are refused.")
@click.option("--port", default=_USUAL.port, type=click.IntRange(0, HIGHEST_PORT), help="0 takes a free one.")
@click.option("--manifest", type=_file, help="The app in the workspace.  [default: Issue Burst's own]")
@click.option("--seed", type=_file, help="People and channels to begin with (YAML or JSON).")
@click.option("--bot-token", default=_USUAL.bot_token, help="What the app has to know.")
@click.option("--app-token", default=_USUAL.app_token, help="For Socket Mode.")
@click.option("--signing-secret", default=_USUAL.signing_secret, help="For HTTP mode.")
@click.option("--deliver-to", metavar="URL", help="HTTP mode: where deliveries go; without it, Socket Mode.")
@click.option(
    "--rate-limits", "rate_limit_scale", type=RateLimits(), default="on", help="Slack's, none, or scaled."
)
@click.option(
    "--state-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Written once it listens: its address and the app's ids, as JSON.",
)
@click.option(
    "--clock-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="BURST_CLOCK_FILE of the app: the page shows policy time, and moves it.",
)
@in_words
def sandbox(manifest: Path | None, seed: Path | None, **given: Any) -> None:
    """Run a local Slack workspace on loopback, for trying things out and for tests, until Ctrl-C."""
    # Here, so that the bot does not load it at each start.
    from bot.sandbox.server import serve

    settings = SandboxSettings(manifest=manifest or MANIFEST, seed=seed, **given)
    try:
        serve(settings, lambda address: click.echo(_introduction(settings, address), err=True))
    except Unreachable as refused:
        raise BotError(str(refused)) from refused


def _introduction(settings: SandboxSettings, address: str) -> str:
    """Where the workspace is, and what a bot has to be told to join it."""
    told = [f"SLACK_API_URL={address}/api/", f"SLACK_BOT_TOKEN={settings.bot_token}"]
    if settings.deliver_to is None:
        told.append(f"SLACK_APP_TOKEN={settings.app_token}")
    else:
        told += ["BURST_MODE=http", f"SLACK_SIGNING_SECRET={settings.signing_secret}"]
    if settings.clock_file is not None:
        told.append(f"BURST_CLOCK_FILE={settings.clock_file}")
    return (
        f"A Slack workspace: {address} in a browser, its control API at {address}/docs. For the bot:\n"
        f"export {' '.join(told)}"
    )
