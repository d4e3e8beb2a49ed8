"""``burst clocks rebase``: the programme's present policy for bursts that were opened under an earlier one."""

from collections.abc import Iterator, Sequence
from contextlib import closing

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration, opened
from bot.cli.output import in_words, json_option, print_json
from bot.config import Config
from bot.errors import BotError
from bot.operations.current import with_known_people
from bot.operations.rebase_policies import Rebased, administrator, chosen
from bot.operations.rebase_policies import rebase as give
from bot.programme import Programme, load
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import Severity
from storage import Unit

_SEVERITY = click.Choice([one.value for one in Severity])


@click.command()
@click.argument("key", type=BurstKey(), required=False)
@click.option("--all", "everything", is_flag=True, help="Every burst that is not closed.")
@click.option("--severity", "severities", type=_SEVERITY, multiple=True, help="With --all: only of this one.")
@click.option("--as", "who", help="The administrator who answers for it: user id or person.  [required]")
@click.option("--why", help="The reason; it is logged and shown in the channel.  [required]")
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@json_option
@in_words
def rebase(
    key: int | None,
    severities: Sequence[str],
    who: str | None,
    why: str | None,
    *,
    everything: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Give KEY, or --all, the policy that it would be opened with now. Elapsed time counts.

    On SQLite it needs the file, but for a dry run: stop the bot first.
    """
    if key is not None and everything:
        raise click.UsageError("Name a burst or --all, not both.")
    if (key is None and not everything) or who is None or why is None:
        raise click.UsageError(_missing(key is None and not everything, who, why))
    config = configuration()
    if config.programme is None:
        raise BotError("BURST_PROGRAMME: name the programme file")
    programme, wanted = load(config.programme), frozenset(Severity(one) for one in severities)
    with storage.peek(config.database_url, config.data_dir) as unit:
        programme = with_known_people(programme, unit)
        actor, numbers = administrator(programme, who), chosen(unit, key, wanted)
        results = [_given(unit, programme, n, actor, why, dry_run=True) for n in numbers] if dry_run else []
    if not dry_run:
        results = list(_written(config, programme, numbers, actor, why))
    if as_json:
        print_json({"dry_run": dry_run, "bursts": [_data(one) for one in results]})
    else:
        _tell(results, dry_run=dry_run)


def _missing(bursts: bool, who: str | None, why: str | None) -> str:  # noqa: FBT001 - one of three things
    """Everything that was left out, so that nobody learns of it one by one."""
    wanted = {
        "a burst such as BURST-42, or --all": bursts,
        "--as with the administrator who answers for it": who is None,
        "--why with the reason": why is None,
    }
    return f"Missing: {'; '.join(words for words, missing in wanted.items() if missing)}."


def _written(
    config: Config, programme: Programme, numbers: Sequence[int], actor: Actor, why: str
) -> Iterator[Rebased]:
    """One transaction for each burst: a bot on the same PostgreSQL is not kept waiting."""
    with closing(opened(config)) as store:
        for number in numbers:
            with store.write() as unit:
                yield _given(unit, programme, number, actor, why, dry_run=False)


def _given(
    unit: Unit, programme: Programme, number: int, actor: Actor, why: str, *, dry_run: bool
) -> Rebased:
    return give(unit, programme, number, actor, why, clock.now(), dry_run=dry_run)


def _tell(results: Sequence[Rebased], *, dry_run: bool) -> None:
    for one in results:
        if one.refused:
            click.echo(one.refused)
        elif not one.moved:
            click.echo(f"{one.key}: no clock moves.")
        for old, new in one.moved:
            click.echo(f"{one.key}: {new.kind} {_from(old)} -> {new.due_at:%Y-%m-%d %H:%M} UTC")
    given = sum(not one.refused for one in results)
    click.echo(f"{'Would be given' if dry_run else 'Given'} the present policy: {given} of {len(results)}.")


def _from(old: ResponseClock | None) -> str:
    return "new" if old is None else f"{old.due_at:%Y-%m-%d %H:%M}"


def _data(one: Rebased) -> dict[str, object]:
    moved = [
        {
            "clock": new.number,
            "kind": new.kind.value,
            "from": old.due_at if old is not None else None,
            "to": new.due_at,
        }
        for old, new in one.moved
    ]
    return {"burst": one.key, "refused": one.refused, "moved": moved}
