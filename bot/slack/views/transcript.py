"""What was written where a burst lived, a page at a time, to one person alone."""

from collections.abc import Sequence

from bot.reports.durations import site_zone
from bot.reports.labels import Labels
from bot.reports.transcript import Said, gap_words, said
from bot.slack.ids import Action
from bot.slack.views.fit import fitted_to
from bot.slack.views.lists import Page, paging
from bot.slack.views.parts import Rendered, context, header, inline, quote, section
from bot.slack.views.standing import named
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.transcript import Gap, Message

# So many long messages fit into one of Slack's: what a page leaves out is on no other.
PER_PAGE = 12
_TEXT_LIMIT = 420
_NOTE_LIMIT = 120
_MOST_NOTES = 2


def transcript(
    burst: Burst, messages: Sequence[Message], gaps: Sequence[Gap], page: Page, labels: Labels
) -> Rendered:
    """One page of messages, each with what became of it; what is missing is said on the first. ``page.of`` is the burst's id."""
    zone = site_zone(burst)
    count = f"{page.total} {'message' if page.total == 1 else 'messages'}"
    told = [context(inline(gap_words(gap, zone), 400)) for gap in gaps] if page.number == 1 else []
    lines = [section(_line(burst, said(message, labels, zone))) for message in messages]
    blocks = [*told, *(lines or [section("Nothing was written, or the bot heard nothing of it.")])]
    return Rendered(
        text=f"Transcript of {named(burst)}, {count}",
        blocks=[
            header(f"Transcript of {named(burst)}"),
            *fitted_to(blocks, "… more on the next page", reserve=4),
            *paging(page, Action.TRANSCRIPT_PAGE, count),
        ],
    )


def _line(burst: Burst, one: Said) -> str:
    lines = [f"{'↳ ' if one.is_reply else ''}*{inline(one.who, 80)}* {moment(one.at, site_zone(burst))}"]
    if one.text:
        lines.append(quote(one.text, _TEXT_LIMIT))
    lines += [f"_{inline(note, _NOTE_LIMIT)}_" for note in one.notes[:_MOST_NOTES]]
    return "\n".join(lines)
