"""Roles and rights, cell by cell: who may do what, and what whoever may not is told.

``RIGHTS`` is the table as people were promised it. Every cell is one delivery through Bolt: what is
allowed changes something or shows it, what is refused changes nothing and says why and who can.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from bot import clock
from bot.programme import Programme
from bot.programme import load as load_programme
from bot.slack.ids import Action, ButtonValue
from bot.taskforce.permissions import members
from bot.taskforce.terms import EntryKind
from tests.handlers import rights_stage as at
from tests.handlers.conftest import DEMO
from tests.handlers.rights_stage import FIX, NOBODY, SECRET_TITLE, Who, who
from tests.handlers.workspace import Workspace, said, words_of
from tests.store_fixtures import Database, copied

RIGHTS = """
| right                                                               | raiser | participant | owner | clinical co-lead | technical co-lead | workstream lead | steering | admin |
| open, join, update, add expertise, raise severity, escalate         | x      | x           | x     | x                | x                 | x               | x        | x     |
| accept, decline                                                     |        |             | x     |                  |                   |                 |          |       |
| hand over                                                           |        |             | x     | x                | x                 | x               | x        |       |
| lower severity, extend a clock                                      |        |             |       |                  |                   | x               | x        |       |
| ask for more                                                        |        |             |       |                  |                   | x               | x        |       |
| correct what the raiser wrote                                       | x      |             | x     | x                | x                 |                 | x        |       |
| pause, resume, resolve                                              |        |             | x     | x                | x                 |                 | x        |       |
| extend a pause                                                      |        |             |       | x                | x                 |                 | x        |       |
| sign off                                                            |        |             |       | x                | x                 |                 |          |       |
| confirm                                                             | x      |             |       |                  |                   |                 |          |       |
| cancel before acceptance                                            | x      |             | x     |                  |                   | x               | x        |       |
| cancel                                                              |        |             | x     |                  |                   | x               | x        |       |
| decide scope                                                        |        |             |       |                  |                   | x               |          |       |
| decide security, decide go-live                                     |        |             |       |                  |                   |                 | x        |       |
| answer a question of scope                                          |        |             |       |                  |                   | x               |          |       |
| reopen                                                              | x      |             | x     | x                | x                 | x               | x        |       |
| read a private burst, read its log, show its archive, search for it | x      | x           | x     | x                | x                 | x               | x        |       |
| keep open                                                           |        |             |       | x                | x                 |                 |          |       |
| send back                                                           | x      |             |       | x                | x                 |                 |          |       |
| finish a follow-up action                                           |        |             | x     | x                | x                 | x               | x        |       |
"""
# Whoever is no part of it can raise and join; guests do what they were added for, and nothing elsewhere.
OTHERS = {
    "bystander": {"open", "join"},
    "lead elsewhere": {"open", "join"},
    "guest": {"update", "escalate", "read a private burst", "read its log", "show its archive"},
    "external": {"update", "escalate", "read a private burst", "read its log", "show its archive"},
    "guest outside": set(),
    "external outside": set(),
}

HEADER, *LINES = [[cell.strip() for cell in line.strip("|").split("|")] for line in RIGHTS.split("\n")[1:-1]]
Act = Callable[[Workspace, Who], str]


def command(number: int, line: str) -> tuple[int, Act]:
    """Type a command about this burst; KEY in the line is its key."""
    text = line.replace("KEY", f"BURST-{number}")
    return number, lambda slack, one: slack.command(one.user, text, team=one.team).words


def button(number: int, action: Action, detail: str | None = None) -> tuple[int, Act]:
    """Press this burst's button."""
    return number, lambda slack, one: pressed(slack, one, number, action, detail)


def an_hour_later(number: int, action: Action) -> tuple[int, Act]:
    """Press this burst's button when that makes a difference."""

    def act(slack: Workspace, one: Who) -> str:
        with freeze_time(clock.now() + timedelta(hours=1)):
            return pressed(slack, one, number, action)

    return number, act


def page(number: int, action: Action, **given: str) -> tuple[int, Act]:
    """Press this burst's button and submit the page that it opens."""

    def act(slack: Workspace, one: Who) -> str:
        refused = pressed(slack, one, number, action)
        return refused or words_of(slack.submit(one.user, slack.shown, given, team=one.team).body)

    return number, act


def pressed(slack: Workspace, one: Who, number: int, action: Action, detail: str | None = None) -> str:
    value = ButtonValue(number, slack.burst(number).version, detail)
    told = slack.click(one.user, action, value, team=one.team)
    return "" if told is None else said(told)


ACTS: dict[str, tuple[int, Act]] = {
    "open": command(at.RAISED, "open user_access site:NGH impact:3 urgency:3 Accounts are missing"),
    "join": (at.WORKING, command(at.ELSEWHERE, "join KEY")[1]),
    "update": command(at.WORKING, "update KEY The second dump is on its way since eleven."),
    "add expertise": command(at.WORKING, f"add KEY <@{NOBODY}|x>"),
    "raise severity": command(at.WORKING, "severity KEY impact:1 urgency:1 All sites stand still"),
    "escalate": command(at.WORKING, "escalate KEY Nobody answers"),
    "accept": command(at.RAISED, "accept KEY"),
    "decline": command(at.RAISED, "decline KEY I am on leave"),
    "hand over": command(at.WORKING, "owner KEY <@U01TOMAS|x>"),
    "lower severity": command(at.WORKING, "severity KEY impact:3 urgency:3 One room only"),
    "extend a clock": page(at.WORKING, Action.STEERING_EXTEND, until="20bd", text="The part comes then"),
    "ask for more": page(at.WORKING, Action.STEERING_ASK, text="Which studies are affected?"),
    "correct what the raiser wrote": command(at.WORKING, "correct KEY 1 The layout is lost on every screen"),
    "pause": command(at.WORKING, "pause KEY awaiting_vendor until:2h ref:CHG0012345"),
    "extend a pause": command(at.PAUSED, "pause KEY awaiting_vendor until:5h ref:CHG0012345"),
    "resume": command(at.PAUSED, "resume KEY"),
    "resolve": page(at.WORKING, Action.RESOLVE, **FIX),
    "sign off": command(at.RESOLVED, "signoff KEY"),
    "confirm": button(at.RESOLVED, Action.CONFIRM),
    "cancel before acceptance": command(at.RAISED, "cancel KEY mistake it was the wrong scanner"),
    "cancel": command(at.WORKING, "cancel KEY mistake it was the wrong scanner"),
    "decide scope": page(at.WORKING, Action.DECIDE, text="Without phase two", right="scope", **at.IMPACTS),
    "decide security": page(at.WORKING, Action.STEERING_DECIDE, text="We take the risk", right="security"),
    "decide go-live": page(at.WORKING, Action.STEERING_DECIDE, text="We go live", right="go_live"),
    "answer a question of scope": page(
        at.ASKED, Action.STEERING_DECIDE, text="Yes", request="1", answer="approve"
    ),
    "reopen": command(at.CLOSED, "reopen KEY It is back"),
    "read a private burst": command(at.SECRET, "status KEY"),
    "read its log": command(at.SECRET, "log KEY"),
    "show its archive": command(at.SECRET_CLOSED, "show KEY"),
    "search for it": command(at.SECRET_CLOSED, "archive remote access"),
    "keep open": an_hour_later(at.CLOSED, Action.KEEP_OPEN),
    "finish a follow-up action": button(at.SIGNED_OFF, Action.FOLLOW_UP_DONE, "1"),
    "send back": command(at.RESOLVED, "sendback KEY The picture is upside down"),
}
# What is only looked at: what shows that it is there.
SHOWS = {
    "read a private burst": SECRET_TITLE,
    "read its log": "Log of BURST-",
    "show its archive": SECRET_TITLE,
    "search for it": SECRET_TITLE,
}
# Where a decision is another's, whoever takes part puts the question, which is logged as what it is.
QUESTIONS = {"decide scope", "decide security", "decide go-live"}
TAKING_PART = set(HEADER[1:])
ADMINISTRATION = (
    "db", "outbox", "programme", "privacy", "export", "retention", "rebase", "hold", "serve", "check", "manifest"
)  # fmt: skip
WHY = (
    r"There is no BURST-\d+ that you can see|Guests and people of other organisations can|Only full members|"
    r"Nothing in the archive matches|Only people who take part .* Join it first|That decision is somebody else's"
    r"|Only (the|a|whoever) .*(owner|co-lead|lead|steering cell|person who raised it)"
)


def cells() -> Iterator[tuple[str, str, bool]]:
    """Every cell: act, part, and whether the table allows it."""
    for rights, *marks in LINES:
        for act in rights.split(", "):
            yield from ((act, part, mark == "x") for part, mark in zip(HEADER[1:], marks, strict=True))
            yield from ((act, part, act in allowed) for part, allowed in OTHERS.items())


CELLS = list(cells())
REFUSED = [(act, part) for act, part, may in CELLS if not may]
ASKED = [(act, part) for act, part in REFUSED if act in QUESTIONS and part in TAKING_PART]


@pytest.fixture(scope="module")
def acting() -> Programme:
    """The programme in which everybody has one part."""
    return at.programme_of(load_programme(DEMO))


@pytest.fixture(scope="module")
def played(
    sqlite_template: Database, acting: Programme, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """The database of the stage, with a burst in every state."""
    database = copied(sqlite_template, tmp_path_factory.mktemp("played"))
    with at.workspace(database, acting) as slack:
        at.play(slack)
    return database


@pytest.fixture
def slack(played: Database, acting: Programme, tmp_path: Path) -> Iterator[Workspace]:
    """The workspace, in which something may be done."""
    with at.workspace(copied(played, tmp_path), acting) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def closed_door(
    played: Database, acting: Programme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """The workspace for what changes nothing; one for all of it."""
    with at.workspace(copied(played, tmp_path_factory.mktemp("closed")), acting) as workspace:
        yield workspace


@pytest.mark.parametrize(("act", "part"), [(act, part) for act, part, may in CELLS if may and act in SHOWS])
def test_what_is_shown(closed_door: Workspace, act: str, part: str) -> None:
    assert SHOWS[act] in attempt(closed_door, act, part)


@pytest.mark.parametrize(
    ("act", "part"), [(act, part) for act, part, may in CELLS if may and act not in SHOWS]
)
def test_what_is_allowed(slack: Workspace, act: str, part: str) -> None:
    before = picture(slack, ACTS[act][0])

    words = attempt(slack, act, part)

    assert picture(slack, ACTS[act][0]) != before, words
    assert re.search(WHY, words) is None
    assert act not in QUESTIONS or slack.log(at.WORKING)[-1].kind is EntryKind.DECISION


@pytest.mark.parametrize(("act", "part"), [cell for cell in REFUSED if cell not in ASKED])
def test_what_is_refused_says_why_and_who_can(closed_door: Workspace, act: str, part: str) -> None:
    before = picture(closed_door, ACTS[act][0])

    words = attempt(closed_door, act, part)

    assert re.search(WHY, words), words
    assert SHOWS.get(act, SECRET_TITLE) not in words
    assert picture(closed_door, ACTS[act][0]) == before


@pytest.mark.parametrize(("act", "part"), ASKED)
def test_a_decision_that_is_anothers_becomes_a_question(slack: Workspace, act: str, part: str) -> None:
    attempt(slack, act, part)

    assert slack.log(at.WORKING)[-1].kind is EntryKind.DECISION_REQUESTED


def test_every_act_is_in_the_table() -> None:
    assert {act for act, _, _ in cells()} == set(ACTS)


def test_everybody_has_one_part_only(closed_door: Workspace, acting: Programme) -> None:
    for number in (at.WORKING, at.SECRET):
        burst = closed_door.burst(number)
        users = [who(part, burst).user for part in (*HEADER[1:], *OTHERS)]
        assert len(set(users)) == len(users)
        inside = {
            "raiser",
            "participant",
            "owner",
            "clinical co-lead",
            "technical co-lead",
            "guest",
            "external",
        }
        assert {part for part in (*HEADER[1:], *OTHERS) if who(part, burst).user in members(burst)} == inside
        assert [user for user in users if acting.is_steering(user)] == [who("steering", burst).user]
        assert [user for user in users if acting.is_admin(user)] == [who("admin", burst).user]


@pytest.mark.parametrize("word", ADMINISTRATION)
def test_administration_is_the_command_lines_alone(closed_door: Workspace, word: str) -> None:
    before = picture(closed_door, at.WORKING)

    heard = closed_door.command(who("admin", closed_door.burst(at.WORKING)).user, f"{word} BURST-2 retry 1")

    assert f"“{word}” is no command of /burst" in heard.words
    assert picture(closed_door, at.WORKING) == before


def attempt(slack: Workspace, act: str, part: str) -> str:
    """Let whoever has this part try it; what they hear."""
    number, perform = ACTS[act]
    return perform(slack, who(part, slack.burst(number)))


def picture(slack: Workspace, number: int) -> list[object]:
    """What an act about this burst could change: it, the one to join, and the one that is opened."""
    with slack.office.store.read() as unit:
        return list(unit.bursts.get_many((number, at.ELSEWHERE, at.NEXT)).values())
