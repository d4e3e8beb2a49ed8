"""From accepted to closed: the acts that most scenes share."""

from collections.abc import Iterable

from bot.demo.blockers import Blocker, Evidence
from bot.demo.stage import Played, Stage
from bot.sandbox.client import Person, texts_of


def accept_when_asked(stage: Stage, owner: Person, burst: Played) -> None:
    """The owner is asked in a direct message, and accepts there."""
    asked = stage.direct(owner, f"You are the accountable owner of {burst.key}", "burst_accept")
    stage.telling.sees(str(asked["text"]))
    stage.press(owner, asked, "burst_accept")


def see_it_accepted(stage: Stage, person: Person, burst: Played, owner: Person) -> None:
    """The card says who owns the burst and accepted."""
    stage.promised(
        f"the card says that {owner.name} accepted",
        lambda: f"{owner.mention} (accepted)" in texts_of(stage.card(person, burst)),
    )


def add_evidence(stage: Stage, person: Person, burst: Played, pieces: Iterable[Evidence]) -> None:
    """Add pieces of evidence through the card."""
    for piece in pieces:
        page = stage.press(person, stage.card(person, burst, "burst_evidence"), "burst_evidence")
        stage.telling.sees(f"Add evidence: “{piece.text}”")
        stage.fill(person, page, {"kind": piece.kind, "text": piece.text})


def tick_everything(stage: Stage, person: Person, burst: Played) -> None:
    """Tick the whole checklist."""
    page = stage.press(person, stage.card(person, burst, "burst_checklist"), "burst_checklist")
    groups = [block for block in page["blocks"] if str(block.get("block_id", "")).startswith("items_")]
    ticked = {g["block_id"]: [option["value"] for option in g["element"]["options"]] for g in groups}
    stage.fill(person, page, ticked)


def resolve(stage: Stage, owner: Person, burst: Played, blocker: Blocker) -> None:
    """Say what fixed it, from the card."""
    page = stage.press(owner, stage.card(owner, burst, "burst_resolve"), "burst_resolve")
    stage.telling.sees(f"Resolve: “{blocker.fix}”")
    stage.fill(owner, page, the_fix(blocker))


def resolve_by_command(stage: Stage, owner: Person, burst: Played, blocker: Blocker) -> None:
    """Say what fixed it, without waiting for the card to offer it."""
    page = stage.command_page(owner, "/burst resolve", burst.channel)
    stage.telling.sees(f"Resolve: “{blocker.fix}”")
    stage.fill(owner, page, the_fix(blocker))


def the_fix(blocker: Blocker) -> dict[str, object]:
    """What is typed into "Resolve"."""
    return {"fix": blocker.fix, "cause": blocker.cause, "sites_same": "not_checked"}


def confirm(stage: Stage, raiser: Person, burst: Played) -> None:
    """The raiser is asked whether it works, and says so."""
    asked = stage.direct(raiser, f"{burst.key} is resolved. Does it work for you?", "burst_confirm")
    stage.press(raiser, asked, "burst_confirm")


def sign_off(stage: Stage, signers: Iterable[Person], burst: Played) -> None:
    """Each signer is asked, looks at the evidence, and signs off."""
    for signer in signers:
        asked = stage.direct(signer, f"{burst.key} is resolved. Please check the evidence", "burst_sign_off")
        stage.press(signer, asked, "burst_sign_off")


def see_it_closed(stage: Stage, member: Person, burst: Played) -> None:
    """The burst is closed, and its channel says so."""
    stage.promised(
        f"{burst.key} is closed and says so in its channel",
        lambda: any("Closed" in str(m["text"]) for m in member.messages(burst.channel)),
    )


def prove_by_commands(stage: Stage, person: Person, burst: Played, pieces: Iterable[Evidence]) -> None:
    """Add pieces of evidence with `/burst evidence` in the burst's channel."""
    for piece in pieces:
        stage.command(person, f"/burst evidence {piece.kind} {piece.text}", burst.channel)
