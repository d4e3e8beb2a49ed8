"""``burst person``: what is stored about somebody, and taking them out."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

import storage
from bot import clock
from bot.cli.environment import administrating, configuration, opened, programme_of
from bot.cli.output import in_words, json_option, print_json
from bot.operations.auditing import Deed, log_deed, take_waiting
from bot.operations.erasing_person import Erased, erase_person, foretell
from bot.operations.person_export import about, user_named
from bot.operations.person_places import find
from bot.operations.rebase_policies import administrator
from storage.terms import AuditKind


@click.group()
def person() -> None:
    """Answer people who ask what is stored about them, or that it is erased."""


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


@person.command(name="erase")
@click.argument("user")
@click.option("--dry-run", is_flag=True, help="Only say what would go; works beside a running bot.")
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@json_option
@in_words
def erase(user: str, who: str, *, dry_run: bool, as_json: bool) -> None:
    """Erase what USER, a Slack user id, wrote, their files and their name, from everything that is stored, for good.

    A label stands for them from then on, and the logs verify. Refused while a burst with them is not archived, or is
    held. On SQLite it needs the file, but for a dry run: stop the bot first.
    """
    config = configuration()
    programme = programme_of(config)
    actor, wanted = administrator(programme, who), user_named(user)
    hindrances: tuple[str, ...] = ()
    if dry_run:
        with storage.peek(config.database_url, config.data_dir) as unit:
            found = find(unit, programme, wanted, actor)
            done, hindrances = foretell(unit, found), found.hindrances
    else:
        with closing(opened(config)) as store:
            take_waiting(store, config.data_dir)
            done = erase_person(store, programme, wanted, actor, clock.now())
    if as_json:
        print_json({"dry_run": dry_run, "hindrances": list(hindrances), **asdict(done)})
    else:
        _tell(done, hindrances, dry_run=dry_run)
    if hindrances:
        raise click.exceptions.Exit(1)


def _tell(done: Erased, hindrances: Sequence[str], *, dry_run: bool) -> None:
    for number, what in (
        (done.entries, "log entries lose their text"),
        (done.names, "log entries lose the name"),
        (done.kept, "log entries of before keep the user id in their header"),
        (done.messages, "messages of transcripts lose their words"),
        (done.files, "copies of files go"),
        (done.rows, "other rows lose the name, or go"),
    ):
        click.echo(f"{number:>6}  {what}")
    click.echo(f"Bursts: {', '.join(done.bursts) or 'none'}.")
    if not (done.bursts or done.rows):
        click.echo("Nothing is stored about them: is that the right user id?")
    if hindrances:
        click.echo("It cannot be done yet:\n" + "\n".join(f"- {one}" for one in hindrances))
    elif dry_run:
        click.echo("Nothing was changed.")
    else:
        click.echo(f"{done.label} stands for them now. Slack, backups and exports are not reached.")
