"""Looking without touching: lists, cards, checklists and help, each to the one who asked alone."""

from bot import clock
from bot.errors import Refused
from bot.operations import reading
from bot.operations.attach import attach
from bot.operations.office import Office, Request
from bot.slack.answers import Answer, Say
from bot.slack.command_text import Line, severity_option, take_options
from bot.slack.exchange import asked, done, labels, turned
from bot.slack.ids import Action
from bot.slack.requests import Click
from bot.slack.views import lists, status
from bot.slack.views.checklist import checklist
from bot.slack.views.help import help_for
from bot.slack.views.lists import Page
from storage.finding import BurstFilter

_ALL, _MINE = "all", "mine"
_FILTERS = frozenset({"site", "family", "sev"})
_FORMS = "`mine`, `all`, `site:<code>`, `family:<id>` or `sev:<1-4>`"


def list_command(office: Office, line: Line) -> Answer:
    """``/burst list [mine|all|site:<code>|family:<id>|sev:<n>]``."""
    return _list(office, asked(line), " ".join(line.rest.split()) or _ALL, 1)


def list_click(office: Office, click: Click) -> Answer:
    """The buttons to other pages of a list."""
    value = turned(click)
    return _list(office, asked(click), value.of, value.page)


def status_command(office: Office, line: Line) -> Answer:
    """``/burst status [KEY]``."""
    burst, entries = reading.whole_log(office, asked(line), line.needs_burst_alone())
    return Say(status.status(burst, entries, labels(office, burst), now=clock.now()))


def checklist_command(office: Office, line: Line) -> Answer:
    """``/burst checklist [KEY]``."""
    burst = reading.burst(office, asked(line), line.needs_burst_alone())
    return Say(checklist(burst, labels(office, burst)))


def attach_command(office: Office, line: Line) -> Answer:
    """``/burst attach KEY``: this channel becomes the burst's."""
    command = line.command
    burst = attach(
        office, asked(line), line.needs_burst_alone(), command.channel, in_private=command.in_private
    )
    return done(burst, "This channel is its home now.")


def help_command(_office: Office, line: Line) -> Answer:
    """``/burst help [word]``."""
    return Say(help_for(line.rest))


def _list(office: Office, request: Request, words: str, page: int) -> Answer:
    wanted = _filter(office, request, words)
    found = reading.listed(office, request, wanted, page=page, per_page=lists.PER_PAGE)
    shown = Page(found.page, found.pages, found.total, words)
    return Say(lists.burst_list(found.bursts, shown, now=clock.now()))


def _filter(office: Office, request: Request, words: str) -> BurstFilter:
    """What a list is narrowed to. Raises ``Refused`` naming what is allowed."""
    options, rest = take_options(words, _FILTERS)
    programme = office.programme()
    site, family = options.get("site", "").upper() or None, options.get("family")
    if rest.lower() not in {"", _ALL, _MINE}:
        raise Refused("bad_filter", f"A list is narrowed with {_FORMS}.")
    if site is not None and programme.site(site) is None:
        raise Refused("unknown_site", f"There is no such site; there are: {', '.join(programme.sites)}.")
    if family is not None and programme.family(family) is None:
        known = ", ".join(programme.families)
        raise Refused("unknown_family", f"There is no such kind of blocker; there are: {known}.")
    return BurstFilter(
        mine=request.user if rest.lower() == _MINE else None,
        site=site,
        family=family,
        severity=severity_option(options),
    )


COMMANDS = {
    "list": list_command,
    "status": status_command,
    "checklist": checklist_command,
    "attach": attach_command,
    "help": help_command,
}
CLICKS = {Action.LIST_PAGE: list_click}
