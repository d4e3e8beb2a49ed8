"""``burst clocks list``: the response clocks that run now."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import click

import storage
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json, table
from bot.errors import BotError
from bot.taskforce.burst import Burst
from bot.taskforce.clocks import RUNNING
from storage import Unit

PAGE = 200


class Running(NamedTuple):
    """One running clock; times are aware UTC. ``wakes_at`` is when the bot next has something to do about it."""

    burst: str
    severity: str
    clock: int
    kind: str
    state: str
    promise: str
    due_at: datetime
    missed_at: datetime | None
    wakes_at: datetime | None


@click.command(name="list")
@click.argument("key", type=BurstKey(), required=False)
@json_option
@in_words
def listed(key: int | None, *, as_json: bool) -> None:
    """List the running clocks of every burst that is not closed, or of KEY, the first due first."""
    config = configuration()
    with storage.peek(config.database_url, config.data_dir) as unit:
        bursts = _open(unit) if key is None else (_one(unit, key),)
        found = sorted((one for burst in bursts for one in _running(burst)), key=lambda one: one.due_at)
    if as_json:
        print_json([one._asdict() for one in found])
    elif found:
        table(Running._fields, (tuple(map(_cell, one)) for one in found))
    else:
        click.echo("No clock is running.")


def _running(burst: Burst) -> Iterator[Running]:
    for clock in burst.clocks:
        if clock.state in RUNNING:
            yield Running(
                burst.key,
                burst.severity.value,
                clock.number,
                clock.kind.value,
                clock.state.value,
                clock.promise,
                clock.due_at,
                clock.missed_at,
                clock.wake_at,
            )


def _cell(value: object) -> object:
    """To the second: what is finer is for programs."""
    return f"{value:%Y-%m-%d %H:%M:%S} UTC" if isinstance(value, datetime) else value


def _open(unit: Unit) -> Iterator[Burst]:
    last = 0
    while ids := unit.bursts.promised_after(last, PAGE):
        yield from unit.bursts.get_many(ids).values()
        last = ids[-1]


def _one(unit: Unit, number: int) -> Burst:
    burst = unit.bursts.get(number)
    if burst is None:
        raise BotError(f"There is no BURST-{number}.")
    return burst
