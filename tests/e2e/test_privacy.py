"""Patient data in a burst's channel, and where it does not stay."""

from bot.demo.stage import Played, Stage
from bot.sandbox.client import texts_of, wait_for
from tests.e2e.acts import answered, opened_in_a_line, wait_for_card

NUMBER = "00451237"


def warnings(stage: Stage, burst: Played) -> list[str]:
    """What Petra was told alone of her messages."""
    seen = stage.cast["petra"].messages(burst.channel)
    alone = [texts_of(message) for message in seen if message.get("is_ephemeral")]
    return [words for words in alone if "Your message here may identify a patient" in words]


def test_it_is_refused_or_told_to_its_author_and_the_privacy_officer_and_kept_nowhere(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra, paloma = stage.cast["petra"], stage.cast["paloma"]

    refused = answered(stage, "petra", f"/burst update MRN {NUMBER} is affected too", burst.channel)
    petra.say(burst.channel, f"MRN {NUMBER} is affected too")
    petra.upload(burst.channel, f"MRN {NUMBER}.txt", "nothing", "the log")

    wait_for(lambda: len(warnings(stage, burst)) == 2, 15)
    asked = stage.direct(paloma, f"{burst.key} · a message in its channel may identify a patient")
    wait_for_card(stage, "petra", burst, "Privacy task")
    assert "a patient or hospital number" in refused
    assert NUMBER not in " ".join([refused, *warnings(stage, burst), texts_of(asked)])
    stage.command(stage.cast["neil"], "/burst cancel withdrawn Played to its end.", burst.channel)
    files = [file for file in stage.backstage.folder.rglob("*") if file.is_file()]
    ours = {file.name: file.read_bytes() for file in files if "sandbox" not in file.name}
    assert "bot.log" in ours
    assert [name for name, content in ours.items() if NUMBER.encode() in content] == []
