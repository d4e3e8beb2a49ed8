"""What was written in a channel can be read afterwards, also what was written while the bot was away."""

from bot.demo.stage import Played, Shown, Stage, offers
from bot.sandbox.client import texts_of, wait_for
from tests.e2e.acts import PATIENCE_FOR, opened_in_a_line, read

STREAM = "stream-infrastructure"


def transcript(stage: Stage, burst: Played, words: str, gone: str = "") -> str:
    """What Petra reads behind the button of the summary, to its last page, once it has these words.

    What is ``gone`` is no longer in it by then: events that come again fill it before the history does.
    """
    petra = stage.cast["petra"]

    def shown() -> list[Shown]:
        alone = [one for one in petra.messages(STREAM) if one["is_ephemeral"]]
        return [one for one in alone if f"Transcript of {burst.key}" in texts_of(one)]

    def look() -> str:
        petra.click(stage.command(petra, f"/burst show {burst.key}", STREAM), "archive_transcript")
        for one in shown()[-1:]:
            if offers(one, "transcript_page"):
                petra.click(one, "transcript_page")
        found = "\n".join(texts_of(one) for one in shown()[-3:])
        return found if words in found and not (gone and gone in found) else ""

    return wait_for(look, PATIENCE_FOR, f"a transcript with “{words}”")


def alone(stage: Stage, burst: Played, thread: str, words: str) -> str:
    """What Petra alone is told in a thread, once it has these words."""

    def look() -> str:
        shown = stage.cast["petra"].messages(burst.channel, thread)
        return next((found for one in shown if one["is_ephemeral"] and words in (found := texts_of(one))), "")

    return wait_for(look, PATIENCE_FOR, f"an answer with “{words}”")


def test_what_was_written_while_the_bot_was_away_is_in_the_transcript(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    stage.command(neil, "/burst accept", burst.channel)
    asked = petra.say(burst.channel, "Which resolver is it?")
    wrong = petra.say(burst.channel, "It is the wrong one")
    stage.backstage.kill_bot()
    neil.say(burst.channel, "The one of the gateway", asked["ts"])
    petra.edit(asked, "Which resolver does the gateway ask?")
    petra.delete(wrong)
    stage.backstage.start_bot()
    stage.command(neil, "/burst cancel withdrawn Played to its end.", burst.channel)

    found = transcript(stage, burst, "The one of the gateway", gone="the wrong one")

    assert "Which resolver does the gateway ask?" in found


def test_what_is_marked_with_a_pushpin_is_in_the_log(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    stage.command(neil, "/burst accept", burst.channel)
    asked = petra.say(burst.channel, "Which resolver is it?")
    answer = neil.say(burst.channel, "The one of the gateway", asked["ts"])

    petra.react(answer, "pushpin")

    def log(words: str) -> str:
        def look() -> str:
            found = texts_of(stage.command(petra, "/burst log", burst.channel))
            return found if words in found else ""

        return wait_for(look, PATIENCE_FOR, f"a log with “{words}”")

    assert "logged a fact, from a message of" in log("The one of the gateway")
    assert "is in the log" in alone(stage, burst, asked["ts"], "as a fact: entry")
    petra.react(answer, "pushpin", remove=True)
    assert "takes nothing out" in alone(stage, burst, asked["ts"], "the message stays as entry")
    neil.edit(answer, "The one of the ward")
    assert "The one of the gateway" in log("since edited")


def test_a_correction_is_told_in_the_channel_and_beside_the_old_entry(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    stage.command(neil, "/burst accept", burst.channel)
    stage.command(neil, "/burst log fact The gateway asks its own resolver", burst.channel)
    read(stage, "petra", burst.channel, "logged a fact")
    shown = stage.command(neil, "/burst log facts", burst.channel)

    stage.write(neil, shown, "burst_correct", "The gateway asks the resolver of the ward")

    read(stage, "petra", burst.channel, "The gateway asks the resolver of the ward")
    found = texts_of(stage.command(petra, "/burst log facts", burst.channel))
    assert "corrected by entry" in found
    assert "The gateway asks its own resolver" in found


def test_what_a_deleted_channel_took_with_it_is_said(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    stage.command(neil, "/burst accept", burst.channel)
    petra.say(burst.channel, "The gateway is back")
    stage.command(neil, "/burst cancel withdrawn Played to its end.", burst.channel)
    read(stage, "petra", burst.channel, "Cancelled")
    petra.change_channel(burst.channel, "delete")

    found = transcript(stage, burst, "channel_not_found")

    assert "The gateway is back" in found
