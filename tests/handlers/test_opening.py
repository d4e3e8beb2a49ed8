"""Raising a blocker: one line, or two pages of a modal."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from bot.slack.ids import Action, Shortcut
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, Standing, State
from tests.handlers.workspace import (
    BYSTANDER,
    OPEN_LINE,
    OTHER_TEAM,
    RAISER,
    Workspace,
    filled,
    said,
    words_of,
)

PAGE_1: Mapping[str, object] = {
    "family": "dicom_mapping",
    "title": "CT studies hang with the chest layout",
    "sites": ["NGH"],
    "stage": "validation",
    "impact": "2",
    "urgency": "1",
    "workflow_impact": "Night readers re-hang every abdomen by hand, 40 studies a night since Monday.",
}
PAGE_2: Mapping[str, object] = {
    "f_symptom": "text_differs",
    "f_source_ae": "NGH_CT_ER1",
    "f_destination_ae": "EIPACS_STORE",
    "f_device": "Example scanner, version 20A",
    "f_tag": "(0008,1030) StudyDescription",
    "f_expected": "CT ABD PELV W",
    "f_actual": "CT Abdomen Pelvis",
    "workaround": "partial",
}


def second_page(slack: Workspace) -> Mapping[str, Any]:
    """Page 2 of a blocker whose page 1 was filled in well."""
    slack.command(RAISER, "")
    return slack.submit(RAISER, slack.shown, PAGE_1).view


class TestOneLine:
    def test_it_opens_at_once_and_asks_for_what_is_missing(self, slack: Workspace) -> None:
        heard = slack.command(RAISER, OPEN_LINE)

        burst = slack.burst()
        assert heard.words.startswith("BURST-1 is open; its channel is being made.")
        assert "tick item 1 of the checklist" in heard.words
        assert burst.raiser == RAISER
        assert burst.title == "CT studies hang with the chest layout"
        assert burst.checklist[0].source == "intake"
        assert ClockKind.INTAKE in {clock.kind for clock in burst.clocks}
        assert EffectKind.OPEN_CHANNEL in {intent.kind for intent in slack.intents()}

    def test_several_sites_are_separated_by_commas(self, slack: Workspace) -> None:
        slack.command(RAISER, OPEN_LINE.replace("site:NGH", "site:ngh,LKC,NGH"))

        assert slack.burst().sites == ("NGH", "LKC")

    @pytest.mark.parametrize(
        ("line", "lacking"),
        [
            (OPEN_LINE.replace("impact:2 ", ""), "`impact:`"),
            (OPEN_LINE.replace("urgency:1 ", ""), "`urgency:`"),
            (OPEN_LINE.replace("site:NGH ", ""), "`site:`"),
            (OPEN_LINE.replace("dicom_mapping", "dicom_maping"), "first word (`dicom_mapping`, `"),
            ("open dicom_mapping site:NGH impact:2 urgency:1", "a title"),
        ],
    )
    def test_what_it_lacks_is_named(self, slack: Workspace, line: str, lacking: str) -> None:
        heard = slack.command(RAISER, line)

        assert lacking in heard.words
        assert slack.count() == 0

    @pytest.mark.parametrize(
        ("line", "allowed"),
        [
            (OPEN_LINE.replace("site:NGH", "site:XYZ"), "NGH"),
            (OPEN_LINE.replace("impact:2", "impact:9"), "1"),
            (OPEN_LINE.replace("impact:2", "impact:high"), "1"),
        ],
    )
    def test_what_is_wrong_is_refused_with_what_is_allowed(
        self, slack: Workspace, line: str, allowed: str
    ) -> None:
        heard = slack.command(RAISER, line)

        assert heard.status == 200
        assert allowed in heard.words
        assert slack.count() == 0

    def test_an_option_given_twice_is_refused(self, slack: Workspace) -> None:
        assert "twice" in slack.command(RAISER, f"{OPEN_LINE} site:LKC").words
        assert slack.count() == 0

    def test_mentions_in_a_title_are_kept_as_words(self, slack: Workspace) -> None:
        slack.command(RAISER, OPEN_LINE.replace("chest", "<!channel> @here"))

        assert slack.burst().title == "CT studies hang with the <!channel> @here layout"

    def test_the_same_delivery_twice_opens_one_burst(self, slack: Workspace) -> None:
        slack.command(RAISER, OPEN_LINE, trigger="once")
        again = slack.command(RAISER, OPEN_LINE, trigger="once")

        assert slack.count() == 1
        assert again.status == 200


class TestTheModal:
    def test_bare_burst_opens_it(self, slack: Workspace) -> None:
        heard = slack.command(RAISER, "")

        assert (heard.status, heard.body) == (200, {})
        assert slack.shown["callback_id"] == "burst_open"

    def test_a_title_is_filled_in(self, slack: Workspace) -> None:
        slack.command(RAISER, "open Worklist is empty in the new scanner")

        state = filled(slack.shown, {})
        assert state["title"]["title"]["value"] == "Worklist is empty in the new scanner"

    def test_a_kind_of_blocker_is_chosen_already(self, slack: Workspace) -> None:
        slack.command(RAISER, "open dicom_mapping Chest layout")

        state = filled(slack.shown, {})
        assert state["family"]["family"]["selected_option"]["value"] == "dicom_mapping"
        assert state["title"]["title"]["value"] == "Chest layout"

    def test_the_global_shortcut_opens_it(self, slack: Workspace) -> None:
        slack.shortcut(RAISER, Shortcut.RAISE)

        assert slack.shown["callback_id"] == "burst_open"

    def test_the_home_tabs_button_opens_it(self, slack: Workspace) -> None:
        assert slack.click(RAISER, Action.RAISE, "home") is None

        assert slack.shown["callback_id"] == "burst_open"

    def test_a_message_becomes_what_people_cannot_do(self, slack: Workspace) -> None:
        message = {
            "ts": "1.2",
            "user": BYSTANDER,
            "text": "Nobody can read &lt;chest&gt; CTs &amp; MRs today",
        }
        slack.shortcut(RAISER, Shortcut.RAISE_MESSAGE, message, channel={"id": "C0CHAT"})

        state = filled(slack.shown, {})
        assert (
            state["workflow_impact"]["workflow_impact"]["value"] == "Nobody can read <chest> CTs & MRs today"
        )

    def test_a_message_without_text_starts_empty(self, slack: Workspace) -> None:
        slack.shortcut(RAISER, Shortcut.RAISE_MESSAGE, {"ts": "1.2", "files": []}, channel={"id": "C0CHAT"})

        assert slack.shown["callback_id"] == "burst_open"

    def test_next_shows_the_familys_questions_with_severity_and_owner(self, slack: Workspace) -> None:
        page = second_page(slack)

        assert page["callback_id"] == "burst_open_details"
        assert page["private_metadata"].startswith("draft:")
        assert "sev2" in words_of(page)
        assert filled(page, {})["owner"]["owner"]["selected_user"] == "U01PRIYA"
        assert {"f_source_ae", "f_tag", "workaround"} <= set(filled(page, {}))

    def test_every_problem_of_page_1_is_shown_where_it_stands(self, slack: Workspace) -> None:
        slack.command(RAISER, "")
        given = {**PAGE_1, "title": "CT", "workflow_impact": "Nothing works", "sites": ["XYZ"]}

        heard = slack.submit(RAISER, slack.shown, given)

        assert set(heard.errors) == {"title", "workflow_impact", "sites"}

    def test_a_kind_that_nobody_knows_is_refused_at_its_field(self, slack: Workspace) -> None:
        slack.command(RAISER, "")

        heard = slack.submit(RAISER, slack.shown, {**PAGE_1, "family": "weather"})

        assert set(heard.errors) == {"family"}

    def test_page_2_opens_the_burst_with_everything(self, slack: Workspace) -> None:
        heard = slack.submit(RAISER, second_page(slack), PAGE_2)

        burst = slack.burst()
        assert heard.view["callback_id"] == "burst_open_done"
        assert "BURST-1 is open; its channel is being made." in words_of(heard.view)
        assert burst.answers["source_ae"] == "NGH_CT_ER1"
        assert burst.workaround == "partial"
        assert burst.workflow_impact == PAGE_1["workflow_impact"]
        assert burst.state is State.OPEN

    def test_another_owner_may_be_named(self, slack: Workspace) -> None:
        slack.submit(RAISER, second_page(slack), {**PAGE_2, "owner": "U01TOMAS"})

        assert slack.burst().owner == "U01TOMAS"

    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
    def test_an_owner_who_cannot_be_one_is_refused_where_they_were_named(
        self, slack: Workspace, standing: Standing
    ) -> None:
        slack.know("U01STRANGER", standing)

        heard = slack.submit(RAISER, second_page(slack), {**PAGE_2, "owner": "U01STRANGER"})

        assert set(heard.errors) == {"owner"}
        assert slack.count() == 0

    def test_each_answer_is_refused_where_it_stands(self, slack: Workspace) -> None:
        page = second_page(slack)

        heard = slack.submit(
            RAISER, page, {**PAGE_2, "f_source_ae": "FAR_TOO_LONG_FOR_AN_AE_TITLE", "f_tag": ""}
        )

        assert set(heard.errors) == {"f_source_ae", "f_tag"}
        assert slack.count() == 0

    def test_a_refused_page_may_be_sent_again(self, slack: Workspace) -> None:
        page = second_page(slack)
        slack.submit(RAISER, page, {**PAGE_2, "f_tag": ""}, view_id="V1")

        slack.submit(RAISER, page, PAGE_2, view_id="V1")

        assert slack.count() == 1

    def test_a_page_that_comes_twice_opens_one_burst(self, slack: Workspace) -> None:
        page = second_page(slack)
        slack.submit(RAISER, page, PAGE_2, view_id="V1")

        slack.submit(RAISER, page, PAGE_2, view_id="V1")

        assert slack.count() == 1

    def test_another_persons_draft_is_nobodys_business(self, slack: Workspace) -> None:
        page = second_page(slack)

        heard = slack.submit(BYSTANDER, page, PAGE_2)

        assert "start again" in " ".join(heard.errors.values())
        assert slack.count() == 0

    def test_a_page_with_another_note_is_refused_and_keeps_its_text(self, slack: Workspace) -> None:
        page = {**second_page(slack), "private_metadata": "draft:../etc"}

        heard = slack.submit(RAISER, page, PAGE_2)

        assert len(heard.errors) == 1
        assert slack.count() == 0

    def test_a_workaround_that_is_none_is_refused_where_it_stands(self, slack: Workspace) -> None:
        page = second_page(slack)

        assert set(slack.submit(RAISER, page, {**PAGE_2, "workaround": "magic"}).errors) == {"workaround"}

    def test_a_site_that_left_the_programme_meanwhile_is_told_on_page_2(
        self, office: Office, programme: Programme
    ) -> None:
        others = {code: site for code, site in programme.sites.items() if code != "NGH"}
        smaller = Programme(programme.file.model_copy(update={"sites": others}))
        in_force = [programme]
        slack = Workspace(Office(office.store, lambda: in_force[-1], office.team))
        page = second_page(slack)
        in_force.append(smaller)

        heard = slack.submit(RAISER, page, PAGE_2)

        assert len(heard.errors) == 1
        assert "LKC" in " ".join(heard.errors.values())
        assert slack.count() == 0


class TestWhatLooksAlike:
    def raise_again(self, slack: Workspace) -> Mapping[str, Any]:
        return slack.submit(RAISER, second_page(slack), PAGE_2).view

    def test_a_burst_of_the_same_kind_at_the_same_site_is_offered(
        self, slack: Workspace, opened: Burst
    ) -> None:
        page = self.raise_again(slack)

        assert page["callback_id"] == "burst_open_similar"
        assert "Join BURST-1" in words_of(page)
        assert slack.count() == 1

    def test_it_may_be_joined(self, slack: Workspace, opened: Burst) -> None:
        page = self.raise_again(slack)

        heard = slack.submit(BYSTANDER, page, {"similar": "1"})

        assert "You joined BURST-1." in words_of(heard.view)
        assert BYSTANDER in {person.user for person in slack.burst().participants}
        assert slack.count() == 1

    def test_another_may_be_opened_anyway(self, slack: Workspace, opened: Burst) -> None:
        page = self.raise_again(slack)

        heard = slack.submit(RAISER, page, {"similar": "open_anyway"})

        assert "BURST-2 is open" in words_of(heard.view)
        assert slack.burst(2).answers["source_ae"] == "NGH_CT_ER1"

    def test_something_has_to_be_chosen(self, slack: Workspace, opened: Burst) -> None:
        page = self.raise_again(slack)

        assert set(slack.submit(RAISER, page, {"similar": "²"}).errors) == {"similar"}


class TestWhoMayNot:
    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
    def test_guests_and_strangers_cannot_raise(self, slack: Workspace, standing: Standing) -> None:
        slack.know(BYSTANDER, standing)

        assert "Only full members" in slack.command(BYSTANDER, OPEN_LINE).words
        assert "Only full members" in slack.command(BYSTANDER, "").words
        assert slack.count() == 0
        assert slack.screens.views == []

    def test_a_person_of_another_workspace_cannot_raise(self, slack: Workspace) -> None:
        assert "Only full members" in slack.command(BYSTANDER, OPEN_LINE, team=OTHER_TEAM).words
        assert slack.count() == 0

    def test_a_guest_pressing_the_button_is_told(self, slack: Workspace) -> None:
        slack.know(BYSTANDER, Standing.GUEST)

        assert "Only full members" in said(slack.click(BYSTANDER, Action.RAISE, "home"))
