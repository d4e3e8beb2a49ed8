"""Somebody answers what a ladder step asked of them: kept with the step, and said where they were asked."""

from bot.taskforce import answers
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft


def answered(draft: Draft, user: str) -> None:
    """``user`` did something substantive: the steps that reached them are answered, their pings settled."""
    before = draft.after
    draft.after = answers.recorded(before, user, draft.now)
    settle_answered(draft, before)


def settle_answered(draft: Draft, before: Burst) -> None:
    """Settle the ping of everybody who has answered a step since ``before``; those of others stay."""
    for number, step, answer in answers.new(before, draft.after):
        draft.cell(EffectKind.SETTLE_PINGS, clock=number, step=step, user=answer.user)
