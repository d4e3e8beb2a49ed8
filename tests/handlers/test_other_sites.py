"""What is the same at other sites is raised there too, filled in as far as it holds, and linked both ways."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind, State
from tests.handlers.test_opening import PAGE_1, PAGE_2
from tests.handlers.workspace import FIX, RAISER, Workspace, filled, owner_of, words_of

SAME = {**FIX, "sites_same": "same"}
THERE = {key: value for key, value in PAGE_1.items() if key not in {"family", "title"}} | {"sites": ["LKC"]}


@pytest.fixture
def described(slack: Workspace) -> Burst:
    """A burst that was raised with every answer, is worked on, and has its evidence."""
    slack.command(RAISER, "")
    page = slack.submit(RAISER, slack.shown, PAGE_1).view
    slack.submit(RAISER, page, PAGE_2)
    owner = owner_of(slack.burst())
    slack.command(owner, "accept BURST-1")
    for kind in [kind for kind, _, form in slack.burst().evidence_kinds if form in {"text", "any"}][:2]:
        slack.command(owner, f"evidence BURST-1 {kind} Twenty studies carry the description")
    slack.press(owner, Action.CHECKLIST, slack.burst())
    blocking = [str(item.number) for item in slack.burst().checklist if item.blocks_closure]
    slack.submit(owner, slack.shown, {"items_1": blocking})
    return slack.burst()


def resolved_as(slack: Workspace, burst: Burst, given: Mapping[str, object]) -> Mapping[str, Any]:
    """What the owner is shown after "Resolve"; nothing when the page is just closed."""
    slack.press(owner_of(burst), Action.RESOLVE, burst)
    return slack.submit(owner_of(burst), slack.shown, given).body


def raised_there(slack: Workspace, burst: Burst, page_1: Mapping[str, object] = THERE) -> Mapping[str, Any]:
    """Page 2 of the same blocker at another site."""
    page = resolved_as(slack, burst, SAME)["view"]
    view: Mapping[str, Any] = slack.submit(owner_of(burst), page, page_1).view
    return view


def test_the_same_elsewhere_is_offered_to_be_raised_there(slack: Workspace, described: Burst) -> None:
    page = resolved_as(slack, described, SAME)["view"]

    assert slack.burst().state is State.RESOLVED
    assert "BURST-1 is resolved" in words_of(page)
    state = filled(page, {})
    assert state["family"]["family"]["selected_option"]["value"] == "dicom_mapping"
    assert state["title"]["title"]["value"] == described.title
    sites = next(block for block in page["blocks"] if block.get("block_id") == "sites")
    assert "NGH" not in {option["value"] for option in sites["element"]["options"]}


@pytest.mark.parametrize("answer", ["different", "not_checked"])
def test_nothing_is_offered_otherwise(slack: Workspace, described: Burst, answer: str) -> None:
    assert resolved_as(slack, described, {**FIX, "sites_same": answer}) == {}


def test_nothing_is_offered_where_there_is_no_other_site(slack: Workspace) -> None:
    everywhere = ",".join(slack.office.programme().file.sites)
    slack.command(
        RAISER, f"open dicom_mapping site:{everywhere} impact:2 urgency:1 CT studies hang everywhere"
    )
    owner = owner_of(slack.burst())
    slack.command(owner, "accept BURST-1")
    for kind in [kind for kind, _, form in slack.burst().evidence_kinds if form in {"text", "any"}][:2]:
        slack.command(owner, f"evidence BURST-1 {kind} Twenty studies carry the description")
    assert resolved_as(slack, slack.burst(), SAME) == {}
    assert slack.burst().state is State.RESOLVED


def test_answers_that_may_hold_there_are_filled_in(slack: Workspace, described: Burst) -> None:
    page = raised_there(slack, described)

    assert "Filled in from BURST-1" in words_of(page)
    state = filled(page, {})
    assert state["f_symptom"]["f_symptom"]["selected_option"]["value"] == "text_differs"
    assert state["f_tag"]["f_tag"]["value"] == "(0008,1030) StudyDescription"
    assert state["f_expected"]["f_expected"]["value"] == "CT ABD PELV W"
    assert state["f_source_ae"]["f_source_ae"].get("value") is None


def test_both_bursts_know_of_each_other(slack: Workspace, described: Burst) -> None:
    page = raised_there(slack, described)

    slack.submit(
        owner_of(described),
        page,
        {"f_source_ae": "LKC_CT1", "f_destination_ae": "LKC_STORE", "workaround": "none"},
    )

    here, there = slack.burst(1), slack.burst(2)
    assert (there.sites, there.same_as, there.same_at) == (("LKC",), 1, ())
    assert (here.same_as, here.same_at) == (None, (2,))
    linked = slack.log(1)[-1]
    assert (linked.kind, (linked.body or {})["same"]) == (EntryKind.LINKED, 2)
    assert (slack.log(2)[0].body or {})["same_as"] == 1
    assert EffectKind.POST_NOTICE in {row.kind for row in slack.intents()}
    assert "The same at other sites: BURST-2" in slack.command(RAISER, "status BURST-1").words
    assert "The same as BURST-1, at another site" in slack.command(RAISER, "status BURST-2").words


def test_another_kind_of_blocker_is_not_the_same(slack: Workspace, described: Burst) -> None:
    page = raised_there(slack, described, {**THERE, "family": "user_access"})

    assert "Filled in from" not in words_of(page)


def test_closing_the_page_leaves_it_resolved(slack: Workspace, described: Burst) -> None:
    resolved_as(slack, described, SAME)

    assert slack.count() == 1
    assert slack.burst().same_at == ()
