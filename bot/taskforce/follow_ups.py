"""Follow-up actions as people write them: one a line, "what, who, by when"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.calendar import Calendar
from bot.taskforce.until import ALLOWED, parse_until

MOST = 20
TEXT_LIMIT = 500
FIELD = "follow_up"
WARNED_BEFORE = "1bd"
EXAMPLE = "`Tell the vendor, @priya, 3bd`"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that is still to be done after the end: what, who does it, and until when (aware UTC)."""

    number: int
    text: str
    owner: str
    due_at: datetime
    done_at: datetime | None = None
    done_by: str | None = None


_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")


def parse(
    written: str, owner: str | None, find: Callable[[str], str | None], *, now: datetime, calendar: Calendar
) -> tuple[FollowUp, ...]:
    """The actions that the lines of ``written`` name, numbered from 1; empty lines are none.

    ``find`` gives the user whose handle or name follows an @, None when nobody has it. A line without a person
    falls to ``owner``. Times are of ``calendar``, the site's. Raises ``Refused`` at the field ``follow_up``, naming the
    line by its number and what is allowed.
    """
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Refused(
            "follow_up", f"At most {MOST} follow-up actions fit; put the others together.", field=FIELD
        )
    return tuple(
        _parsed(number, line, owner, find, now, calendar) for number, line in enumerate(lines, start=1)
    )


def warnings(calendar: Calendar, armed_at: datetime, due_at: datetime) -> dict[float | str, datetime]:
    """When whoever does it is reminded: as work begins on the business day before; none for what is due sooner."""
    at = calendar.opens_before(due_at.astimezone(calendar.zone).date(), 1)
    return {WARNED_BEFORE: at} if at > armed_at else {}


def _parsed(
    number: int,
    line: str,
    owner: str | None,
    find: Callable[[str], str | None],
    now: datetime,
    calendar: Calendar,
) -> FollowUp:
    *parts, when = (part.strip() for part in line.split(","))
    if not any(parts):
        raise _refused(number, f"write what, who and by when, such as {EXAMPLE}")
    try:
        due_at = parse_until(when, now=now, calendar=calendar)
    except Refused as refused:
        ahead = "a time that lies ahead, by at most a year" if refused.code != "bad_until" else ALLOWED
        raise _refused(number, f"it ends with by when, which is {ahead}") from None
    user = owner
    if len(parts) > 1 and parts[-1].startswith(("@", "<@")):
        user = _person(number, parts.pop(), find)
    text = ", ".join(part for part in parts if part)
    if len(text) > TEXT_LIMIT:
        raise _refused(number, f"it has more than {TEXT_LIMIT} characters; make it shorter")
    if user is None:
        raise _refused(number, f"nobody owns the burst, so name who does it, such as {EXAMPLE}")
    return FollowUp(number, text, user, due_at)


def _person(number: int, written: str, find: Callable[[str], str | None]) -> str:
    mentioned = _MENTION.fullmatch(written)
    user = mentioned[1] if mentioned else find(written.removeprefix("@").strip())
    if user is None:
        raise _refused(number, "nobody is known by that name; write @ and the name that Slack shows")
    return user


def _refused(number: int, why: str) -> Refused:
    return Refused("follow_up", f"Line {number}: {why}.", field=FIELD)
