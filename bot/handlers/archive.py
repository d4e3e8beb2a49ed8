"""The archive: searched, paged through, and one summary at a time."""

from bot import clock
from bot.operations import reading, searching
from bot.operations.ask_for_pdf import ask_for_pdf
from bot.operations.office import Office, Request
from bot.operations.searching import Results
from bot.reports.labels import Labels
from bot.reports.summary import summarise
from bot.slack.answers import Answer, Say
from bot.slack.archive_text import archive_filter
from bot.slack.command_text import Line
from bot.slack.exchange import asked, labels, pressed, say, turned
from bot.slack.ids import Action
from bot.slack.requests import Click
from bot.slack.views import status
from bot.slack.views.archive_results import PER_PAGE, archive_results, nothing_found
from bot.slack.views.lists import Page
from bot.slack.views.summary import whole
from storage.archive_filter import ArchiveFilter


def archive_command(office: Office, line: Line) -> Answer:
    """``/burst archive [words] [filters]``, newest first."""
    wanted = archive_filter(line.rest, user=line.command.person.user, zone=office.programme().zone)
    return _found(office, searching.search(office, asked(line), wanted, per_page=PER_PAGE))


def page_click(office: Office, click: Click) -> Answer:
    """The buttons to other pages of a search."""
    value = turned(click)
    results = searching.turn(office, asked(click), value.of, page=value.page, per_page=PER_PAGE)
    return _found(office, results)


def all_click(office: Office, click: Click) -> Answer:
    """The home tab's button to everything that was archived, a page at a time."""
    return _found(office, searching.search(office, asked(click), ArchiveFilter(), per_page=PER_PAGE))


def show_command(office: Office, line: Line) -> Answer:
    """``/burst show KEY``: an archived summary."""
    return _summary(office, asked(line), line.needs_burst_alone())


def open_click(office: Office, click: Click) -> Answer:
    """The button "Open" of a search's result."""
    return _summary(office, asked(click), pressed(click).burst_id)


def log_click(office: Office, click: Click) -> Answer:
    """The button "Full log": from its beginning."""
    found = reading.log_of(
        office, asked(click), pressed(click).burst_id, page=1, per_page=status.LOG_PER_PAGE
    )
    shown = Page(found.page, found.pages, found.total, str(found.burst.id))
    actors = {entry.actor for entry in found.entries}
    return Say(status.log(found.burst, found.entries, shown, labels(office, found.burst, actors)))


def pdf_click(office: Office, click: Click) -> Answer:
    """The button "Send me the PDF": it is made and sent afterwards, since nobody waits for Slack's files."""
    burst = ask_for_pdf(office, asked(click), pressed(click).burst_id)
    return say(f"The PDF of {burst.key} comes to you by direct message.")


def _summary(office: Office, request: Request, burst_id: int) -> Answer:
    burst, entries = reading.whole_log(office, request, burst_id)
    reading.ended(burst)
    named = labels(office, burst, {entry.actor for entry in entries})
    held = reading.held_since(office, burst_id)
    return Say(whole(summarise(burst, entries, named, now=clock.now(), held_since=held)))


def _found(office: Office, results: Results) -> Answer:
    if not results.hits:
        return Say(nothing_found(results.missing, together=results.together))
    page = Page(results.page, results.pages, results.total, results.search_id)
    names = Labels.of(office.programme().file, "", {})
    return Say(
        archive_results(
            results.hits, page, names, office.programme().zone, held=results.held, more=results.more
        )
    )


COMMANDS = {"archive": archive_command, "show": show_command}
CLICKS = {
    Action.ARCHIVE_ALL: all_click,
    Action.ARCHIVE_PAGE: page_click,
    Action.ARCHIVE_OPEN: open_click,
    Action.ARCHIVE_LOG: log_click,
    Action.ARCHIVE_PDF: pdf_click,
}
