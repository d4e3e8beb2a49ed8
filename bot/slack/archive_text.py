"""What follows ``/burst archive``: words, phrases and prefixes, and filters between them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Refused
from bot.slack.command_text import severity_option, take_options, take_person
from bot.taskforce.terms import Outcome
from storage.archive_filter import ArchiveFilter
from storage.sought import straight_quotes

_FILTERS = frozenset({"site", "family", "cause", "since", "until", "sev", "outcome", "owner"})
_MINE = "mine"
_QUOTED = re.compile(r'("[^"]*"\*?)')


def archive_filter(text: str, *, user: str, zone: ZoneInfo) -> ArchiveFilter:
    """What to search for; ``mine`` means ``user``, and days begin and end in ``zone``.

    What stands in quotes is never a filter. Raises ``Refused`` for a filter that cannot be read, saying what is allowed.
    """
    pieces = _QUOTED.split(straight_quotes(text))
    options, words = take_options(" ".join(pieces[::2]), _FILTERS)
    plain = words.split()
    others = [word for word in plain if word.lower() != _MINE]
    return ArchiveFilter(
        words=" ".join([*others, *pieces[1::2]]),
        site=options["site"].upper() if "site" in options else None,
        family=options.get("family"),
        cause=options.get("cause"),
        since=_start_of(options, "since", zone),
        until=_start_of(options, "until", zone, later=timedelta(days=1)),
        severity=severity_option(options),
        outcome=_outcome(options.get("outcome")),
        owner=take_person(options["owner"])[0] if "owner" in options else None,
        mine=user if len(others) < len(plain) else None,
    )


def _start_of(
    options: Mapping[str, str], name: str, zone: ZoneInfo, later: timedelta = timedelta()
) -> datetime | None:
    """When that day begins, or the one so much ``later``."""
    if name not in options:
        return None
    try:
        day = date.fromisoformat(options[name]) + later
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(
            f"bad_{name}", f"Please write `{name}:` with a day, such as `{name}:2026-03-01`."
        ) from None


def _outcome(word: str | None) -> Outcome | None:
    if word is None:
        return None
    if word not in set(Outcome):
        raise Refused("bad_outcome", f"`outcome:` takes one of these: {', '.join(Outcome)}.")
    return Outcome(word)
