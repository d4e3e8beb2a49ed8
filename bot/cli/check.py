"""``burst check``: is this installation ready to serve, and if not, what has to be done."""

import click

from bot.app import inspect
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json
from bot.config import require_tokens


@click.command()
@json_option
@in_words
def check(*, as_json: bool) -> None:
    """Verify tokens, scopes, channels and people at Slack, and the programme. Exits 1 when something is wrong."""
    config = configuration()
    require_tokens(config)
    findings = inspect(config)
    wrong = [one for one in findings if not one.fine]
    if as_json:
        print_json(
            {
                "ok": not wrong,
                "checks": [{"what": f.what, "fine": f.fine, "words": f.words} for f in findings],
            }
        )
    else:
        for one in findings:
            click.echo(f"{'ok ' if one.fine else 'FIX'} {one.what}: {one.words}")
    if wrong:
        raise click.exceptions.Exit(1)
