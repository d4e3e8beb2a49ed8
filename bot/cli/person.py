"""``burst person``: what is stored about somebody."""

import json
from pathlib import Path

import click

import storage
from bot import clock
from bot.cli.environment import administrating, configuration
from bot.cli.output import in_words, json_option, print_json
from bot.operations.auditing import Deed, log_deed
from bot.operations.person_export import about, user_named
from storage.terms import AuditKind


@click.group()
def person() -> None:
    """Answer people who ask what is stored about them."""


@person.command(name="export")
@click.argument("user")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="A new file.")
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@json_option
@in_words
def export_person(user: str, target: Path, who: str, *, as_json: bool) -> None:
    """Write every stored row in which USER, a Slack user id, stands, to a JSON file. Works beside a running bot.

    It is logged before anything is written.
    """
    config = configuration()
    actor, wanted = administrating(config, who), user_named(user)
    now = clock.now()
    with storage.peek(config.database_url, config.data_dir) as unit:
        found = about(unit, wanted)
    deed = Deed(AuditKind.EXPORTED, actor.user, now, {"scope": {"person": wanted}, "formats": ["json"]})
    log_deed(config.database_url, config.data_dir, deed)
    with target.open("x", encoding="utf-8") as out:
        target.chmod(0o600)  # what is in it is not for everybody on this machine
        json.dump(
            {"person": wanted, "made_at": now.isoformat(), "rows": found}, out, ensure_ascii=False, indent=1
        )
    counts = {name: len(rows) for name, rows in found.items()}
    if as_json:
        print_json({"person": wanted, "rows": counts})
    else:
        told = ", ".join(f"{name}: {count}" for name, count in counts.items())
        click.echo(f"Wrote {target}: {told or 'nothing is stored about them'}.")
