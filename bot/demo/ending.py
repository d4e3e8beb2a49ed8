"""The end of the story: channels archived, one summary as the steering cell reads it, and a search."""

from bot.demo.stage import ARCHIVE, Stage
from bot.sandbox.client import Person, texts_of

TITLE = "The archive"
WHAT = "A day later every channel is archived. What was learned stays."
_WORDS = "chest layout"


def play(stage: Stage) -> None:
    """Stella, of the steering cell, reads a summary and searches for others like it."""
    stella = stage.cast["stella"]
    stage.pass_time(25 * 60, "a day and an hour later")
    stage.promised("every burst's channel is archived", lambda: _all_archived(stella), within=40)
    summary = next(m for m in stella.messages(ARCHIVE) if _WORDS in texts_of(m))
    stage.telling.happens("stella reads in the steering cell's archive:")
    stage.telling.message(summary)
    found = stage.command(stella, f"/burst archive {_WORDS} site:NGH", ARCHIVE)
    stage.promises.that("the search finds it", _WORDS in texts_of(found), seen=texts_of(found))
    shown = stage.command(stella, "/burst show BURST-1", ARCHIVE)
    stage.promises.that("the summary can be read again", "Where the time went" in texts_of(shown))


def _all_archived(person: Person) -> bool:
    """Whether no channel of a burst that this person can find is still open."""
    bursts = [channel for channel in person.channels() if str(channel.get("name", "")).startswith("burst-")]
    return bool(bursts) and all(channel["is_archived"] for channel in bursts)
