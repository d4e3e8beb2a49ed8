"""Ways to raise a blocker: in one line, or with the modal from a command, a shortcut, a message, the home tab."""

from collections.abc import Sequence
from html import unescape

from bot.errors import Refused
from bot.operations import reading
from bot.operations.office import Office
from bot.operations.open_burst import Intake, open_burst
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, take_options
from bot.slack.exchange import asked, say
from bot.slack.ids import NEW_DRAFT, Action, Shortcut
from bot.slack.permalinks import carried
from bot.slack.requests import Click
from bot.slack.requests import Shortcut as Used
from bot.slack.views.modals.choices import open_choices
from bot.slack.views.modals.open_blocker import Header, open_blocker
from bot.slack.views.parts import ViewDict
from bot.slack.views.standing import opened_at_once

_OPTIONS = frozenset({"site", "impact", "urgency", "drill"})
_DRILL = {"yes": True, "no": False}


def open_command(office: Office, line: Line) -> Answer:
    """``/burst open``: with site, impact and urgency at once, else the modal with what was given."""
    request = asked(line)
    options, words = take_options(line.rest, _OPTIONS)
    first, _, rest = words.partition(" ")
    known = first if office.programme().family(first) is not None else None
    if options:
        kinds = tuple(office.programme().families)
        intake = _one_line(known, options, rest, kinds, confirmed=bool(line.command.confirmed))
        burst = open_burst(office, request, intake)
        return say(opened_at_once(burst))
    reading.may_open(office, request)
    return Show(_first_page(office, Header(family=known, title=rest if known else words)))


def raise_shortcut(office: Office, shortcut: Used) -> Answer:
    """The global shortcut "Raise a blocker"."""
    reading.may_open(office, asked(shortcut))
    return Show(_first_page(office, Header()))


def raise_message_shortcut(office: Office, shortcut: Used) -> Answer:
    """The message shortcut "Raise this as a blocker": the message tells what people cannot do."""
    reading.may_open(office, asked(shortcut))
    text = shortcut.message.get("text")
    written = unescape(text) if isinstance(text, str) else ""
    return Show(_first_page(office, Header(workflow_impact=written), carried(shortcut)))


def raise_click(office: Office, click: Click) -> Answer:
    """The home tab's "Raise a blocker"."""
    reading.may_open(office, asked(click))
    return Show(_first_page(office, Header()))


def _one_line(
    family: str | None, options: dict[str, str], title: str, kinds: Sequence[str], *, confirmed: bool
) -> Intake:
    lacking = [f"`{name}:`" for name in ("site", "impact", "urgency") if name not in options]
    if family is None:
        lacking.insert(0, f"the kind of blocker as the first word ({', '.join(f'`{one}`' for one in kinds)})")
    if not title:
        lacking.append("a title at the end")
    if family is None or lacking:
        raise Refused(
            "one_line_incomplete",
            f"To open at once, please also give {', '.join(lacking)}: "
            "`/burst open <family> site:<code> impact:<1-3> urgency:<1-3> <title>`. "
            "`/burst open` alone asks for everything.",
        )
    drill = options.get("drill", "no").lower()
    if drill not in _DRILL:
        raise Refused("bad_drill", "A drill is opened with `drill:yes`; leave it out for a real blocker.")
    return Intake(
        family=family,
        title=title,
        sites=tuple(dict.fromkeys(options["site"].upper().split(","))),
        impact=_number(options["impact"]),
        urgency=_number(options["urgency"]),
        missing_allowed=True,
        confirmed=confirmed,
        drill=_DRILL[drill],
    )


def _number(text: str) -> int | str:
    """A level as a number; anything else stays text, which the intake refuses in its own words."""
    return int(text) if text in {"1", "2", "3"} else text


def _first_page(office: Office, header: Header, note: str | None = None) -> ViewDict:
    return open_blocker(NEW_DRAFT, open_choices(office.programme().file), header, note=note)


COMMANDS = {"open": open_command}
CLICKS = {Action.RAISE: raise_click}
SHORTCUTS = {Shortcut.RAISE: raise_shortcut, Shortcut.RAISE_MESSAGE: raise_message_shortcut}
