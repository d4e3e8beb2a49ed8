"""The end of the story: channels archived, one summary as the steering cell reads it, and a search."""

from collections.abc import Sequence

from bot.demo.stage import ARCHIVE, Shown, Stage
from bot.sandbox.client import Person, texts_of

TITLE = "The archive"
WHAT = "A day later every channel is archived. What was learned stays."
_WORDS = "chest layout"
_WITHIN = 40.0  # Slack lets an app archive about twenty channels a minute


def play(stage: Stage) -> None:
    """Stella, of the steering cell, reads a summary and searches for others like it."""
    stella = stage.cast["stella"]
    keys = [burst.key for burst in stage.played]
    summaries = stage.promised(
        f"the steering cell has the summary of {', '.join(keys)}", lambda: _summaries(stella, keys), _WITHIN
    )
    stage.pass_time(25 * 60, "a day and an hour later")
    channels = {burst.channel for burst in stage.played}
    stage.promised("every burst's channel is archived", lambda: _archived(stella, channels), _WITHIN)
    stage.telling.happens("stella reads in the steering cell's archive:")
    stage.telling.message(summaries[0])
    found = stage.command(stella, f"/burst archive {_WORDS} site:NGH", ARCHIVE)
    stage.promises.that("the search finds it", keys[0] in texts_of(found), seen=texts_of(found))
    log = stella.click(summaries[0], "archive_log")
    stage.promises.that("“Full log” opens the log", log["outcome"] == "acknowledged", seen=log)


def _summaries(reader: Person, keys: Sequence[str]) -> list[Shown]:
    """The summaries of all these bursts, in their order; none while one is missing."""
    posted = reader.messages(ARCHIVE)
    found = [next((m for m in posted if str(m["text"]).startswith(f"{key} ·")), {}) for key in keys]
    return found if all(found) else []


def _archived(person: Person, channels: set[str]) -> bool:
    """Whether all these channels are archived."""
    return all(person.channel(channel)["is_archived"] for channel in channels)
