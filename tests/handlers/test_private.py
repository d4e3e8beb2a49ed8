"""What is private looks to everybody else like what does not exist, whichever way they ask."""

from collections.abc import Iterator

import pytest

from bot.app import routes
from bot.programme import Programme, load
from bot.slack.ids import Action, ButtonValue, Metadata, PageValue, View
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import members
from tests.handlers import rights_stage as at
from tests.handlers.conftest import DEMO
from tests.handlers.rights_stage import SECRET_TITLE, who
from tests.handlers.test_opening import PAGE_1
from tests.handlers.workspace import Workspace, said, words_of
from tests.store_fixtures import Database, copied

OUTSIDERS = ["bystander", "lead elsewhere", "admin", "guest outside", "external outside"]
NOWHERE = 99
LINES = [
    "status KEY", "log KEY", "checklist KEY", "join KEY", "accept KEY", "decline KEY no", "update KEY All is well again.",
    "decide KEY So be it", "evidence KEY retest done", "owner KEY <@U01TOMAS|x>", "pair KEY clinical <@U01LENA|x>",
    "add KEY <@U01TOMAS|x>", "severity KEY impact:1 urgency:1 worse", "pause KEY awaiting_vendor until:2h ref:CHG0012345",
    "resume KEY", "escalate KEY Nobody answers", "link KEY blocks BURST-1", "link BURST-1 blocks KEY", "resolve KEY", "signoff KEY", "sendback KEY No", "cancel KEY mistake No",
    "cancel BURST-1 duplicate:KEY The same", "reopen KEY Again", "attach KEY", "show KEY",
]  # fmt: skip
PAGES = {Action.LIST_PAGE, Action.LOG_PAGE, Action.ARCHIVE_PAGE, Action.TRANSCRIPT_PAGE}
# They name no burst, and only their own person's Home changes.
HOME = {
    *(Action.HOME_WHOSE, Action.HOME_SITE, Action.HOME_SEVERITY),
    *(Action.HOME_EARLIER, Action.HOME_LATER),
}
ABOUT_NO_BURST = {View.OPEN, View.OPEN_DETAILS, View.OPEN_SIMILAR, View.LOG_MESSAGE}


@pytest.fixture(scope="module")
def acting() -> Programme:
    """The programme in which everybody has one part."""
    return at.programme_of(load(DEMO))


@pytest.fixture(scope="module")
def slack(
    sqlite_template: Database, acting: Programme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """The workspace with private bursts; outsiders change nothing of them, so one is enough."""
    database = copied(sqlite_template, tmp_path_factory.mktemp("private"))
    with at.workspace(database, acting) as workspace:
        at.play(workspace)
        yield workspace


def ask(slack: Workspace, part: str, line: str) -> str:
    one = who(part, slack.burst(at.WORKING))
    return slack.command(one.user, line, team=one.team).words


def press(slack: Workspace, part: str, action: str, value: object) -> str:
    one, shown = who(part, slack.burst(at.WORKING)), len(slack.screens.views)
    told = slack.click(one.user, action, value, team=one.team)
    assert len(slack.screens.views) == shown
    return said(told)


def without(words: str, number: int) -> str:
    return words.replace(str(number), "n")


@pytest.mark.parametrize("part", OUTSIDERS)
@pytest.mark.parametrize("number", [at.SECRET, at.SECRET_CLOSED])
def test_commands(slack: Workspace, part: str, number: int) -> None:
    for line in LINES:
        secret = ask(slack, part, line.replace("KEY", f"BURST-{number}"))
        nothing = ask(slack, part, line.replace("KEY", f"BURST-{NOWHERE}"))
        assert without(secret, number) == without(nothing, NOWHERE), line


@pytest.mark.parametrize("part", OUTSIDERS)
@pytest.mark.parametrize("number", [at.SECRET, at.SECRET_CLOSED])
def test_buttons_whose_value_was_changed(slack: Workspace, part: str, number: int) -> None:
    for action in set(routes(slack.office).clicks) - PAGES - HOME - {Action.RAISE}:
        told = press(slack, part, action, ButtonValue(number, 1))
        assert without(told, number) == without(press(slack, part, action, ButtonValue(NOWHERE, 1)), NOWHERE)
    for action in (Action.LOG_PAGE, Action.TRANSCRIPT_PAGE):
        assert f"There is no BURST-{number}" in press(slack, part, action, PageValue(1, str(number)))


@pytest.mark.parametrize("part", OUTSIDERS)
def test_pages_whose_burst_was_changed(slack: Workspace, part: str) -> None:
    one = who(part, slack.burst(at.WORKING))
    for callback in set(routes(slack.office).submissions) - ABOUT_NO_BURST:
        told = []
        for number in (at.SECRET, NOWHERE):
            page = {
                "type": "modal",
                "callback_id": callback,
                "blocks": [],
                "private_metadata": str(Metadata(burst_id=number)),
            }
            told.append(without(words_of(slack.submit(one.user, page, team=one.team).body), number))
        assert told[0] == told[1], callback


@pytest.mark.parametrize("part", OUTSIDERS)
def test_a_first_page_that_says_it_is_the_same_as_a_secret_one(slack: Workspace, part: str) -> None:
    slack.command(who("raiser", slack.burst(at.WORKING)).user, "")
    one, page, told = who(part, slack.burst(at.WORKING)), slack.shown, []
    for number in (at.SECRET, NOWHERE):
        changed = {**page, "private_metadata": str(Metadata(burst_id=number))}
        heard = slack.submit(one.user, changed, {**PAGE_1, "family": "security_review"}, team=one.team)
        told.append(without(words_of(heard.body), number))
    assert told[0] == told[1]


@pytest.mark.parametrize("part", OUTSIDERS)
@pytest.mark.parametrize(
    "line", ["list", "list all", "list family:security_review", "archive", "archive remote access"]
)
def test_lists_and_searches(slack: Workspace, part: str, line: str) -> None:
    words = ask(slack, part, line)
    assert SECRET_TITLE not in words
    assert f"BURST-{at.SECRET}" not in words
    assert f"BURST-{at.SECRET_CLOSED}" not in words


def test_whoever_is_asked_to_decide_is_let_in(
    sqlite_template: Database, acting: Programme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = copied(sqlite_template, tmp_path_factory.mktemp("asked"))
    with at.workspace(database, acting) as slack:
        at.play(slack)
        secret = slack.burst(at.SECRET)
        holder = who("workstream lead", slack.burst(at.WORKING)).user
        assert holder not in members(secret)
        slack.press(who("owner", secret).user, Action.DECIDE, secret)
        slack.submit(
            who("owner", secret).user,
            slack.shown,
            {"text": "Without remote access?", "right": "scope", **at.IMPACTS},
        )
        assert holder in members(slack.burst(at.SECRET))
        invited = [row.subject for row in slack.intents() if row.kind is EffectKind.INVITE]
        assert {"user": holder} in invited
        slack.press(holder, Action.STEERING_DECIDE, slack.burst(at.SECRET))
        slack.submit(holder, slack.shown, {"text": "Yes, without", "request": "1", "answer": "approve"})
        assert slack.burst(at.SECRET).requests[0].answer == "Yes, without"
