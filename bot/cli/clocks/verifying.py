"""``burst clocks verify``: whether response clocks are what their logs and promises make them."""

from collections.abc import Iterable, Iterator

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json
from bot.operations.verify_clocks import ClockReport, verify_clocks
from bot.taskforce.auditing.disagreement import Account, Disagreement


@click.command()
@click.argument("key", type=BurstKey(), required=False)
@json_option
@in_words
def verify(key: int | None, *, as_json: bool) -> None:
    """Say which clock is not what its log says, for every burst that is not closed or for KEY.

    Rebuilds every clock from the log alone, and works its due time out again from the promise, the
    calendars and what happened. Exits 1 when anything disagrees.
    """
    config = configuration()
    with storage.peek(config.database_url, config.data_dir) as unit:
        reports = verify_clocks(unit, clock.now(), key)
        sound = _print(reports) if as_json else _tell(reports)
    if not sound:
        raise click.exceptions.Exit(1)


class _Sums:
    """What is counted while the bursts go by, so that none of them has to be kept."""

    def __init__(self, reports: Iterable[ClockReport]) -> None:
        self._reports = reports
        self.bursts = self.clocks = self.wrong = self.unchecked = 0

    def worth_telling(self) -> Iterator[ClockReport]:
        """Those with something wrong, or something that could not be looked at."""
        for report in self._reports:
            self.bursts += 1
            self.clocks += report.clocks
            self.wrong += not report.sound
            self.unchecked += bool(report.erased or report.untold)
            if not report.sound or report.erased or report.untold:
                yield report


def _tell(reports: Iterable[ClockReport]) -> bool:
    sums = _Sums(reports)
    for report in sums.worth_telling():
        for line in _lines(report):
            click.echo(f"{report.key}: {line}.")
    click.echo(f"Bursts: {sums.bursts}, clocks: {sums.clocks}; not wholly checked: {sums.unchecked}.")
    click.echo(
        f"Not what the log says: {sums.wrong}." if sums.wrong else "Every clock checked is what the log says."
    )
    return not sums.wrong


def _lines(report: ClockReport) -> Iterator[str]:
    if not report.readable:
        yield "its log cannot be read; `burst log verify` says more"
    for one in report.disagreements:
        yield _words(one)
    if report.erased:
        yield f"not checked, for the text of {_listed('entry', 'entries', report.erased)} was erased"
    if report.untold:
        yield (
            f"{_listed('clock', 'clocks', report.untold)} not checked, "
            "for an earlier version did not log everything of them"
        )


def _words(one: Disagreement) -> str:
    by = "the log says" if one.by is Account.LOG else "the promise makes it"
    return f"clock {one.clock}: {one.field} is {one.row or 'empty'}, {by} {one.other or 'empty'}"


def _listed(one: str, many: str, numbers: tuple[int, ...]) -> str:
    return f"{one if len(numbers) == 1 else many} {', '.join(map(str, numbers))}"


def _print(reports: Iterable[ClockReport]) -> bool:
    sums = _Sums(reports)
    told = [_data(report) for report in sums.worth_telling()]
    counts = {"bursts": sums.bursts, "clocks": sums.clocks, "unchecked": sums.unchecked}
    print_json({"ok": not sums.wrong, **counts, "reports": told})
    return not sums.wrong


def _data(report: ClockReport) -> dict[str, object]:
    return {
        "burst": report.key,
        "clocks": report.clocks,
        "readable": report.readable,
        "disagreements": [
            {"clock": one.clock, "field": one.field, "row": one.row, "other": one.other, "by": one.by.value}
            for one in report.disagreements
        ],
        "erased": list(report.erased),
        "untold": list(report.untold),
    }
