"""The home tab: what somebody chooses there stays chosen, and it shows what they did elsewhere."""

from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.operations.office import Office
from bot.slack.ids import EVERY, MINE, Action, ButtonValue, PageValue
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import Severity
from storage.homes import HomeList, Outlook
from tests.handlers.workspace import BYSTANDER, TEAM, Workspace, fresh, owner_of

DIRECT = "D01DIRECT"


def opens_home(slack: Workspace, user: str, **event: Any) -> None:
    slack.event("app_home_opened", user=user, tab="home", **event)


def chooses(slack: Workspace, user: str, action: Action, value: str) -> None:
    """From a menu of the tab."""
    slack.interact(pressed_there(user, {"action_id": action, "selected_option": {"value": value}}))


def pressed_there(user: str, action: dict[str, object]) -> dict[str, object]:
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": fresh("trigger"),
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "home", "id": "V1"},
        "actions": [{"type": "static_select", "block_id": "b", **action}],
    }


def outlook(office: Office, user: str) -> Outlook:
    with office.store.read() as unit:
        home = unit.homes.get(user)
    assert home is not None
    return home.outlook


def published(office: Office) -> list[str]:
    """Whose tabs are to be published; afterwards all of them are, with some digest."""
    with office.store.write() as unit:
        wanted = [row for row in unit.outbox.claim("test", 100, 4e9) if row.kind is EffectKind.PUBLISH_HOME]
        for row in wanted:
            assert unit.outbox.complete(row.id, row.fence)
            unit.homes.draw(str(row.subject["user"]), "shown")
        return [str(row.subject["user"]) for row in wanted]


class TestWhatIsChosen:
    def test_it_stays_when_the_tab_is_opened_again(self, slack: Workspace, office: Office) -> None:
        opens_home(slack, BYSTANDER)
        chooses(slack, BYSTANDER, Action.HOME_SITE, "NGH")
        chooses(slack, BYSTANDER, Action.HOME_SEVERITY, "sev2")
        chooses(slack, BYSTANDER, Action.HOME_WHOSE, MINE)
        opens_home(slack, BYSTANDER)

        assert outlook(office, BYSTANDER) == Outlook(mine=True, site="NGH", severity=Severity.SEV2)
        assert published(office) == [BYSTANDER]

    def test_every_one_is_all_again(self, slack: Workspace, office: Office) -> None:
        for action, value in (
            (Action.HOME_SITE, "NGH"),
            (Action.HOME_SEVERITY, "sev2"),
            (Action.HOME_WHOSE, MINE),
        ):
            chooses(slack, BYSTANDER, action, value)
            chooses(slack, BYSTANDER, action, EVERY)

        assert outlook(office, BYSTANDER) == Outlook()

    def test_each_list_has_a_page_of_its_own_until_it_is_narrowed(
        self, slack: Workspace, office: Office
    ) -> None:
        slack.interact(pressed_there(BYSTANDER, turning(3, HomeList.OTHERS)))
        slack.interact(pressed_there(BYSTANDER, turning(2, HomeList.MINE)))
        assert outlook(office, BYSTANDER).pages == {HomeList.OTHERS: 3, HomeList.MINE: 2}

        chooses(slack, BYSTANDER, Action.HOME_SEVERITY, "sev1")
        assert outlook(office, BYSTANDER).pages == {}

    def test_a_site_that_is_gone_is_refused_in_words(self, slack: Workspace) -> None:
        chooses(slack, BYSTANDER, Action.HOME_SITE, "GONE")

        assert "not in the programme any more" in str(slack.shown)

    @pytest.mark.parametrize(
        "action",
        [
            {"action_id": Action.HOME_SEVERITY, "selected_option": {"value": "sev9"}},
            {"action_id": Action.HOME_LATER, "value": "2:nothing"},
            {"action_id": Action.HOME_LATER, "value": "next"},
        ],
    )
    def test_what_we_never_offered_changes_nothing(
        self, slack: Workspace, office: Office, action: dict[str, object]
    ) -> None:
        slack.interact(pressed_there(BYSTANDER, action))

        assert published(office) == []


class TestWhatWasDoneElsewhere:
    def test_a_button_in_a_direct_message_shows_on_the_tab(
        self, slack: Workspace, office: Office, opened: Burst
    ) -> None:
        owner = at_home(slack, office, opened)
        press_in_direct(slack, owner, Action.ACCEPT, opened)

        assert slack.burst().accepted_at is not None
        assert published(office) == [owner]

    def test_a_page_that_was_sent_off_shows_on_the_tab(
        self, slack: Workspace, office: Office, opened: Burst
    ) -> None:
        owner = at_home(slack, office, opened)
        slack.press(owner, Action.DECLINE, opened)
        assert published(office) == []

        slack.submit(owner, slack.shown, {"text": "I am away this week."})
        assert published(office) == [owner]

    def test_a_page_that_was_refused_shows_nothing_new(
        self, slack: Workspace, office: Office, opened: Burst
    ) -> None:
        owner = at_home(slack, office, opened)
        slack.press(owner, Action.DECLINE, opened)
        assert slack.submit(owner, slack.shown, {"text": " "}).errors
        assert published(office) == []

        slack.submit(owner, slack.shown, {"text": "I am away this week."}, view_id="V_SAME")
        assert published(office) == [owner]

    def test_a_tab_that_nobody_opened_for_long_waits_until_it_is(
        self, slack: Workspace, office: Office, opened: Burst, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        owner = at_home(slack, office, opened)
        later = clock.now() + timedelta(hours=13)
        monkeypatch.setattr(clock, "now", lambda: later)
        press_in_direct(slack, owner, Action.ACCEPT, opened)

        assert published(office) == []

    def test_whoever_never_opened_it_is_sent_none(
        self, slack: Workspace, office: Office, opened: Burst
    ) -> None:
        press_in_direct(slack, owner_of(opened), Action.ACCEPT, opened)

        assert published(office) == []


class TestWhatSlackShows:
    """Slack sends the tab along when it shows one."""

    def test_a_tab_that_slack_shows_keeps_its_digest(self, slack: Workspace, office: Office) -> None:
        opens_home(slack, BYSTANDER)
        published(office)
        opens_home(slack, BYSTANDER, view={"type": "home", "id": "V1"})

        assert drawn(office, BYSTANDER) == "shown"

    def test_a_tab_that_slack_has_lost_is_blank(self, slack: Workspace, office: Office) -> None:
        opens_home(slack, BYSTANDER)
        published(office)
        opens_home(slack, BYSTANDER)

        assert drawn(office, BYSTANDER) is None


def turning(page: int, of: HomeList) -> dict[str, object]:
    return {"action_id": Action.HOME_LATER, "value": str(PageValue(page, of))}


def at_home(slack: Workspace, office: Office, burst: Burst) -> str:
    """The burst's owner, who has just looked at their tab."""
    owner = owner_of(burst)
    opens_home(slack, owner)
    assert owner in published(office)
    return owner


def press_in_direct(slack: Workspace, user: str, action: Action, burst: Burst) -> None:
    slack.interact(
        {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": fresh("trigger"),
            "container": {"type": "message", "channel_id": DIRECT, "message_ts": "1.000001"},
            "response_url": "https://hooks.slack.example/respond",
            "actions": [
                {
                    "type": "button",
                    "action_id": action,
                    "block_id": "b",
                    "value": str(ButtonValue(burst.id, burst.version)),
                }
            ],
        }
    )


def drawn(office: Office, user: str) -> str | None:
    with office.store.read() as unit:
        home = unit.homes.get(user)
    assert home is not None
    return home.drawn
