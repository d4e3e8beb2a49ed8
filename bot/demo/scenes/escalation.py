"""A critical blocker that nobody accepts climbs the ladder, step by step, to the steering cell."""

from datetime import timedelta
from functools import partial

from bot.demo.finishing import (
    accept_when_asked,
    add_evidence,
    confirm,
    resolve,
    see_it_accepted,
    sign_off,
    tick_everything,
)
from bot.demo.raising import raise_in_pages
from bot.demo.stage import STEERING, Shown, Stage, newest
from bot.sandbox.client import Person, texts_of

BLOCKER = "vpn-drops-large-studies"
TITLE = "The VPN to Lakeside drops large studies"
WHAT = "Nobody accepts: owner, workstream lead, duty member and steering cell hear of it in turn."


def play(stage: Stage) -> None:
    """Odile raises it. Neil does not answer; Kofi does not; Dominic, on duty, takes it up."""
    blocker = stage.blockers[BLOCKER]
    odile, neil, kofi, dominic, colm = (
        stage.cast[name] for name in ("odile", "neil", "kofi", "dominic", "colm")
    )
    opened_at = stage.backstage.time.now()
    burst = raise_in_pages(stage, odile, blocker)
    stage.direct(neil, f"You are the accountable owner of {burst.key}")
    for minutes, why, person, words in (
        (15, "a quarter of an hour, and no answer", neil, "the owner hears that the time to accept is over"),
        (25, "ten more minutes", kofi, "the workstream lead hears of it"),
        (30, "five more", dominic, "the steering cell's duty member hears of it"),
    ):
        stage.until(opened_at + timedelta(minutes=minutes), why)
        message = stage.promised(words, partial(_needed, person, burst.key))
        stage.telling.sees(f"to {person.name}: {message['text']}")
    stage.until(opened_at + timedelta(minutes=45), "and fifteen more, still without an answer")
    card = stage.promised(
        "the escalation card is in the steering cell's channel",
        lambda: next((m for m in dominic.messages(STEERING) if burst.key in texts_of(m)), None),
    )
    stage.telling.sees(str(card["text"]))
    stage.press(dominic, card, "steering_take")
    stage.promised(
        "the steering cell sees who took it up",
        lambda: any(f"Taken up by {dominic.mention}" in texts_of(m) for m in dominic.messages(STEERING)),
    )
    page = stage.press(
        dominic, stage.posted(dominic, STEERING, burst.key, "steering_reassign"), "steering_reassign"
    )
    gudrun = stage.cast["gudrun"]
    stage.fill(dominic, page, {"owner": gudrun.id, "text": "Gudrun knows the tunnel; Neil is on a train."})
    accept_when_asked(stage, gudrun, burst)
    see_it_accepted(stage, odile, burst, gudrun)
    tick_everything(stage, gudrun, burst)
    add_evidence(stage, gudrun, burst, blocker.evidence)
    resolve(stage, gudrun, burst, blocker)
    confirm(stage, odile, burst)
    sign_off(stage, (colm, stage.cast["tomas"]), burst)


def _needed(person: Person, key: str) -> Shown:
    return newest(person.dms(), f"{key} needs you")
