"""Nothing closes without proof: everything that must keep a burst open does, and says why in words."""

from datetime import timedelta

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action
from bot.taskforce.burst import Burst, Place
from bot.taskforce.closure import valid_sign_offs
from bot.taskforce.lifecycle import move_to
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import EntryKind, State
from tests.handlers.workspace import FIX, RAISER, Workspace, clinical_of, owner_of, said

HOME = "C0BURSTONE"


def refused(slack: Workspace, burst: Burst) -> str:
    """Why the owner's page "Resolve" is refused."""
    slack.press(owner_of(burst), Action.RESOLVE, burst)
    heard = slack.submit(owner_of(burst), slack.shown, FIX)
    assert slack.burst().state is not State.RESOLVED
    return heard.errors["fix"]


def prove(slack: Workspace, burst: Burst, kinds: int) -> None:
    """Give evidence of so many kinds, and two pieces of each."""
    for kind in [kind for kind, _, form in burst.evidence_kinds if form in {"text", "any"}][:kinds]:
        for words in ("Twenty studies carry the description", "So do the twenty of the other scanner"):
            slack.command(RAISER, f"evidence {burst.key} {kind} {words}")


def expose(slack: Workspace, office: Office, burst: Burst) -> None:
    """Somebody writes in the burst's channel what identifies a patient."""
    now = burst.opened_at + timedelta(seconds=30)
    if burst.place is None:
        with office.store.write() as unit:
            unit.apply(move_to(slack.burst(), Place(HOME), "", now=now), now=now)
    slack.event(
        "message",
        channel=HOME,
        channel_type="channel",
        user="U01JONAH",
        ts="1795000000.000200",
        text="Look at MRN 00451237, it hangs too",
    )


def test_without_evidence(slack: Workspace, working: Burst) -> None:
    words = refused(slack, working)

    assert words.startswith("Evidence of 2 more kinds is needed.")
    assert all(label in words for _kind, label, _form in working.evidence_kinds)


def test_with_two_pieces_of_one_kind(slack: Workspace, working: Burst) -> None:
    prove(slack, working, 1)

    assert refused(slack, working).startswith("Evidence of 1 more kind is needed.")


def test_with_the_owner_as_clinical_verifier(slack: Workspace, proven: Burst) -> None:
    owner, before = owner_of(proven), clinical_of(proven)

    heard = slack.command(before, f"pair {proven.key} clinical <@{owner}|x>")

    assert "it cannot be the owner" in heard.words
    assert slack.burst().clinical_lead == before


@pytest.mark.parametrize("fixed", ["proven", "resolved"])
def test_with_a_clinical_verifier_who_became_the_owner(
    slack: Workspace, request: pytest.FixtureRequest, fixed: str
) -> None:
    burst: Burst = request.getfixturevalue(fixed)
    owner = owner_of(burst)

    heard = slack.command(owner, f"owner {burst.key} <@{clinical_of(burst)}|x> I am away")

    assert heard.words
    assert slack.burst().owner == owner


@pytest.fixture
def grave(slack: Workspace, proven: Burst) -> Burst:
    """The same as a sev1."""
    slack.command(owner_of(proven), f"severity {proven.key} impact:1 urgency:1 a second site stands still")
    assert slack.burst().severity == "sev1"
    return slack.burst()


def test_with_the_owner_as_technical_signer_of_a_sev1(slack: Workspace, grave: Burst) -> None:
    owner, clinical = owner_of(grave), clinical_of(grave)
    slack.command(clinical, f"pair {grave.key} technical <@{owner}|x>")
    assert slack.burst().technical_lead == owner
    slack.press(owner, Action.RESOLVE, slack.burst())
    slack.submit(owner, slack.shown, FIX)
    slack.command(clinical, f"signoff {grave.key}")

    told = said(slack.press(owner, Action.SIGN_OFF, slack.burst()))

    assert "for sev1 and sev2 a technical person who is not the owner" in told
    assert slack.burst().state is State.RESOLVED


def test_with_evidence_added_after_a_sign_off(slack: Workspace, resolved: Burst) -> None:
    slack.command(clinical_of(resolved), f"signoff {resolved.key}")
    kind = next(kind for kind, _, form in resolved.evidence_kinds if form in {"text", "any"})

    slack.command(RAISER, f"evidence {resolved.key} {kind} One study lacks the description after all")

    assert valid_sign_offs(slack.burst()) == ()
    assert EntryKind.SIGN_OFF_VOIDED in {entry.kind for entry in slack.log()}
    slack.press(technical_signers(resolved)[0], Action.SIGN_OFF, resolved)
    assert slack.burst().state is State.RESOLVED


def test_with_an_open_privacy_task(slack: Workspace, office: Office, proven: Burst) -> None:
    expose(slack, office, proven)

    words = refused(slack, slack.burst())

    assert "A message may identify a patient" in words


def test_with_a_privacy_task_that_comes_after_the_fix(
    slack: Workspace, office: Office, resolved: Burst
) -> None:
    slack.press(technical_signers(resolved)[0], Action.SIGN_OFF, resolved)
    expose(slack, office, resolved)

    heard = slack.command(clinical_of(resolved), f"signoff {resolved.key}")

    assert "A message may identify a patient" in heard.words
    assert slack.burst().state is State.RESOLVED


def test_with_a_follow_up_action_that_is_not_clear(slack: Workspace, proven: Burst) -> None:
    slack.press(owner_of(proven), Action.RESOLVE, proven)

    heard = slack.submit(owner_of(proven), slack.shown, {**FIX, "follow_up": "Tell the vendor"})

    assert set(heard.errors) == {"follow_up"}
    assert slack.burst() == proven
