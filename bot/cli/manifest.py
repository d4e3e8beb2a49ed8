"""``burst manifest``: the app as Slack has to be told of it."""

from urllib.parse import urlsplit

import click
import yaml

from bot.api.deliveries import PATH
from bot.cli.output import in_words
from bot.config import MANIFEST
from bot.errors import BotError


@click.command()
@click.option(
    "--url",
    metavar="URL",
    help=f"For http mode: where Slack is to post to, https://...{PATH} behind your TLS.",
)
@in_words
def manifest(*, url: str | None) -> None:
    """Print the app manifest, to be pasted where an app is made or changed at api.slack.com/apps."""
    text = MANIFEST.read_text(encoding="utf-8")
    click.echo(text if url is None else over_http(text, url), nl=False)


def over_http(text: str, url: str) -> str:
    """The manifest with every delivery posted to ``url`` instead of sent through a socket.

    Raises ``BotError`` for an address at which Slack could not reach the bot.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path != PATH:
        raise BotError(f"--url: found {url!r}; allowed: https://<your host>{PATH}")
    told = yaml.safe_load(text)
    for command in told["features"]["slash_commands"]:
        command["url"] = url
    settings = told["settings"]
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"]["request_url"] = url
    settings["socket_mode_enabled"] = False
    return str(yaml.safe_dump(told, sort_keys=False, allow_unicode=True))
