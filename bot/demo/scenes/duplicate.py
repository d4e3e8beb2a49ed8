"""The same blocker raised twice: the second is cancelled as a duplicate and points to the first."""

from bot.demo.finishing import (
    accept_when_asked,
    prove_by_commands,
    resolve_by_command,
    sign_off,
    tick_everything,
)
from bot.demo.raising import arrived, opened_in_pages, raise_in_pages
from bot.demo.stage import Stage
from bot.sandbox.client import texts_of

BLOCKER = "accession-cut-lakeside"
TITLE = "Accession numbers are cut at Lakeside"
WHAT = "Two people raise it. The second sees the first, opens anyway, and it is cancelled as a duplicate."


def play(stage: Stage) -> None:
    """Colm raises it, and so does Radha; Jonah owns both and keeps one."""
    blocker = stage.blockers[BLOCKER]
    colm, radha, jonah = (stage.cast[name] for name in ("colm", "radha", "jonah"))
    kept = raise_in_pages(stage, colm, blocker)
    second = arrived(stage, radha, opened_in_pages(stage, radha, blocker, open_anyway=True))
    stage.direct(jonah, f"You are the accountable owner of {second.key}")
    stage.command(jonah, f"/burst cancel {second.key} duplicate:{kept.key} Raised twice within the hour.")
    stage.promised(
        "the duplicate's channel says where it goes on",
        lambda: any(
            "duplicate" in texts_of(m) and kept.key in texts_of(m) for m in radha.messages(second.channel)
        ),
    )
    accept_when_asked(stage, jonah, kept)
    tick_everything(stage, jonah, kept)
    prove_by_commands(stage, jonah, kept, blocker.evidence)
    resolve_by_command(stage, jonah, kept, blocker)
    sign_off(stage, [colm], kept)
