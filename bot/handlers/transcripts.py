"""What was written where a burst lived, to whoever may read the burst."""

from bot.operations import reading
from bot.operations.office import Office, Request
from bot.slack.answers import Answer, Say
from bot.slack.exchange import asked, labels, pressed, turned
from bot.slack.ids import Action, parse_number
from bot.slack.requests import Click, Malformed
from bot.slack.views.lists import Page
from bot.slack.views.transcript import PER_PAGE, transcript


def transcript_click(office: Office, click: Click) -> Answer:
    """The button "Transcript" of a summary: from its beginning."""
    return _transcript(office, asked(click), pressed(click).burst_id, 1)


def page_click(office: Office, click: Click) -> Answer:
    """The buttons to other pages of a transcript."""
    value = turned(click)
    burst_id = parse_number(value.of)
    if burst_id is None:
        raise Malformed("actions.value")
    return _transcript(office, asked(click), burst_id, value.page)


def _transcript(office: Office, request: Request, burst_id: int, page: int) -> Answer:
    found = reading.transcript_of(office, request, burst_id, page=page, per_page=PER_PAGE)
    shown = Page(found.page, found.pages, found.total, str(found.burst.id))
    authors = {one.author for one in found.messages}
    named = labels(office, found.burst, authors)
    return Say(transcript(found.burst, found.messages, found.gaps, shown, named))


CLICKS = {Action.ARCHIVE_TRANSCRIPT: transcript_click, Action.TRANSCRIPT_PAGE: page_click}
