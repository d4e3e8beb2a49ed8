"""What people say about an item of the checklist, and which piece of evidence proves one."""

import pytest

from bot.slack.ids import Action
from bot.taskforce.burst import Burst, ChecklistItem
from tests.handlers.workspace import RAISER, Heard, Workspace, owner_of

DOES_NOT_APPLY = {"applies": ["not_applicable"]}


@pytest.fixture
def burst(working: Burst) -> Burst:
    """A burst whose first item, the intake, has to be done."""
    assert [one.source == "intake" for one in working.checklist[:2]] == [True, False]
    return working


def save(slack: Workspace, burst: Burst, **given: object) -> Heard:
    """Open the page "Checklist" and send it with this."""
    slack.press(RAISER, Action.CHECKLIST, burst)
    return slack.submit(RAISER, slack.shown, given)


def second(slack: Workspace) -> ChecklistItem:
    return slack.burst().checklist[1]


def test_a_note_stands_beside_its_item_which_stays_open(slack: Workspace, burst: Burst) -> None:
    save(slack, burst, item="2", note="The vendor has the form")

    assert (second(slack).note, second(slack).done_at) == ("The vendor has the form", None)


def test_a_note_stays_when_the_item_is_ticked_later(slack: Workspace, burst: Burst) -> None:
    save(slack, burst, item="2", note="The vendor has the form")
    save(slack, slack.burst(), items_1=["2"])

    assert second(slack).note == "The vendor has the form"
    assert second(slack).done_at is not None


def test_what_does_not_apply_is_done_and_says_why(slack: Workspace, burst: Burst) -> None:
    save(slack, burst, item="2", note="There is no second scanner", **DOES_NOT_APPLY)

    assert second(slack).done_by == RAISER
    assert (second(slack).applies, second(slack).note) == (False, "There is no second scanner")


def test_what_does_not_apply_can_be_opened_again(slack: Workspace, burst: Burst) -> None:
    save(slack, burst, item="2", note="There is no second scanner", **DOES_NOT_APPLY)
    save(slack, slack.burst(), items_1=[])

    assert (second(slack).applies, second(slack).done_at) == (True, None)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"note": "About what?"}, "item", "Choose the item"),
        (DOES_NOT_APPLY, "item", "Choose the item"),
        ({"item": "2"}, "note", "The note needs some text"),
        ({"item": "2", **DOES_NOT_APPLY}, "note", "Say why it does not apply"),
    ],
)
def test_what_is_missing_is_refused_where_it_is_missing(
    slack: Workspace, burst: Burst, given: dict[str, object], field: str, why: str
) -> None:
    heard = save(slack, burst, **given)

    assert set(heard.errors) == {field}
    assert heard.errors[field].startswith(why)
    assert slack.burst() == burst


def test_evidence_proves_an_item(slack: Workspace, burst: Burst) -> None:
    kind = next(kind for kind, _, form in burst.evidence_kinds if form in {"text", "any"})
    slack.press(owner_of(burst), Action.EVIDENCE, burst)

    slack.submit(
        owner_of(burst),
        slack.shown,
        {"kind": kind, "text": "Twenty studies carry the description", "item": "2"},
    )

    assert second(slack).done_by == owner_of(burst)
    assert second(slack).note == f"Evidence {slack.burst().evidence[-1].number}"


def test_evidence_that_is_refused_ticks_nothing(slack: Workspace, burst: Burst) -> None:
    kind = next(kind for kind, _, form in burst.evidence_kinds if form == "text")
    slack.press(owner_of(burst), Action.EVIDENCE, burst)

    slack.submit(owner_of(burst), slack.shown, {"kind": kind, "item": "2"})

    assert slack.burst() == burst
