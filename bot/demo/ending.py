"""The end of the story: channels archived, one summary as the steering cell reads it, and a search."""

from collections.abc import Iterable, Sequence
from functools import partial

from bot.demo.stage import ARCHIVE, Played, Shown, Stage
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
    closed = partial(_say_that_they_are_closed, stage.cast["petra"], stage.played)
    stage.promised("every burst's channel says that it is closed", closed, _WITHIN)
    stage.pass_time(25 * 60, "a day and an hour later")
    archived = partial(_archived, stella, stage.played)
    stage.promised("every burst's channel is archived", archived, _WITHIN)
    stage.telling.happens("stella reads in the steering cell's archive:")
    stage.telling.message(summaries[0])
    found = stage.command(stella, f"/burst archive {_WORDS} site:NGH", ARCHIVE)
    stage.promises.that("the search finds it", keys[0] in texts_of(found), seen=texts_of(found))
    log = stella.click(summaries[0], "archive_log")
    stage.promises.that("“Full log” opens the log", log["outcome"] == "acknowledged", seen=log)
    stage.promised(
        "its PDF, with the whole log, is in its thread",
        lambda: any(m.get("files") for m in stella.messages(ARCHIVE, summaries[0]["ts"])),
    )


def _summaries(reader: Person, keys: Sequence[str]) -> list[Shown]:
    """The summaries of all these bursts, in their order; none while one is missing."""
    posted = reader.messages(ARCHIVE)
    found = [next((m for m in posted if str(m["text"]).startswith(f"{key} ·")), {}) for key in keys]
    return found if all(found) else []


def _say_that_they_are_closed(reader: Person, bursts: Iterable[Played]) -> bool:
    """Whether each channel has heard that its burst is closed or cancelled."""
    return all(
        any(str(m["text"]).endswith(("· Closed", "· Cancelled")) for m in reader.messages(burst.channel))
        for burst in bursts
    )


def _archived(reader: Person, bursts: Iterable[Played]) -> bool:
    """Whether all these channels are archived."""
    return all(reader.channel(burst.channel)["is_archived"] for burst in bursts)
