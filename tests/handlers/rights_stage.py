"""A programme, a bench of people with one part each, and a burst in every state, for the tests of rights.

It is played once and its database copied for each test, so that no test sees what another one did.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from bot.programme.schema.rules import DecisionRight
from bot.slack import bolt
from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Standing
from tests.handlers.workspace import OTHER_TEAM, TEAM, UPDATE, Inline, Workspace
from tests.store_fixtures import Database

# One burst for each state in which a right is used; the numbers are their keys.
RAISED, WORKING, PAUSED, RESOLVED, CLOSED, ASKED, SECRET, SECRET_CLOSED, ELSEWHERE, SIGNED_OFF, NEXT = range(
    1, 12
)
TITLE, SECRET_TITLE = "Viewer shows the wrong layout", "Remote access waits for its review"
FIX = {
    "fix": "The layout rule is back.",
    "cause": "information_missing",
    "sites_same": "not_checked",
    "follow_up": "Check the other rooms, 3bd",
}
IMPACTS = {"clinical_impact": "Nobody reads there yet", "technical_impact": "One route less"}
NOBODY = "U01NOBODY"

_PUBLIC = f"open dicom_mapping site:NGH impact:2 urgency:1 {TITLE}"
_PRIVATE = f"open security_review site:NGH impact:2 urgency:1 {SECRET_TITLE}"
_LEADS = {"interoperability": "U01LORETTA", "cybersecurity": "U01NADIA"}
_PEOPLE = {
    "raiser": "U01RAISER",
    "participant": "U01TESS",
    "steering": "U01STELLA",
    "admin": "U01VIKTOR",
    "bystander": "U01BYSTANDER",
    "lead elsewhere": "U01KOFI",
    "guest": "U01GUEST",
    "external": "U01EXTERN",
    "guest outside": "U01LOOKER",
    "external outside": "U01PASSER",
}
_STANDING = {"guest": Standing.GUEST, "guest outside": Standing.GUEST}


@dataclass(frozen=True)
class Who:
    """A person, and the workspace that they belong to."""

    user: str
    team: str = TEAM


def programme_of(programme: Programme) -> Programme:
    """The demonstration's, in which one decides alone: an administrator has no other part, a lead the scope."""
    scope = DecisionRight(label="Change the scope", holder="workstream:interoperability")
    alone = programme.file.steering.model_copy(update={"quorum": 1})
    rights = {**programme.file.decision_rights, "scope": scope}
    return Programme(
        programme.file.model_copy(
            update={"administrators": ("viktor",), "decision_rights": rights, "steering": alone}
        )
    )


def who(part: str, burst: Burst) -> Who:
    """The person who has this part in the burst, and no other."""
    seats = {
        "owner": burst.owner,
        "clinical co-lead": burst.clinical_lead,
        "technical co-lead": burst.technical_lead,
        "workstream lead": _LEADS[burst.workstream],
    }
    user = seats.get(part) or _PEOPLE[part]
    return Who(user, OTHER_TEAM if part.startswith("external") else TEAM)


@contextmanager
def workspace(database: Database, programme: Programme) -> Iterator[Workspace]:
    """The workspace on this database; what people hear alone is in its ``told``."""
    with pytest.MonkeyPatch.context() as patch, database.opened() as store:
        patch.setattr(bolt, "ThreadPoolExecutor", Inline)
        slack = Workspace(Office(store, lambda: programme, TEAM))
        patch.setattr(bolt, "_respond", lambda _url, answer: slack.told.append(answer))
        yield slack


def play(slack: Workspace) -> None:
    """Let Slack tell who is there, and raise the bursts."""
    for part, user in _PEOPLE.items():
        slack.know(user, _STANDING.get(part, Standing.MEMBER))
    for person in slack.office.programme().file.people.values():
        if person.slack is not None:
            slack.know(person.slack, Standing.MEMBER)
    for number in (RAISED, WORKING, PAUSED, RESOLVED, CLOSED, ASKED):
        _raised(slack, number, _PUBLIC)
    for number in (SECRET, SECRET_CLOSED):
        _raised(slack, number, _PRIVATE)
    slack.command(
        "U01HUGO", "open network_provisioning site:HVM impact:3 urgency:3 The night shift has no network"
    )
    _raised(slack, SIGNED_OFF, _PUBLIC)
    for number in (WORKING, PAUSED, RESOLVED, CLOSED, ASKED, SIGNED_OFF):
        _accepted(slack, number)
    _command(slack, PAUSED, "owner", "pause", "awaiting_vendor until:2h ref:CHG0012345")
    for number in (RESOLVED, SIGNED_OFF):
        _submit(slack, number, "owner", Action.RESOLVE, FIX)
    for part in ("clinical co-lead", "technical co-lead"):
        _command(slack, SIGNED_OFF, part, "signoff")
    _submit(
        slack,
        ASKED,
        "owner",
        Action.DECIDE,
        {"text": "May we leave phase two out?", "right": "scope", **IMPACTS},
    )
    for number in (CLOSED, SECRET_CLOSED):
        _command(slack, number, "owner", "cancel", "mistake it was the wrong scanner")


def _raised(slack: Workspace, number: int, line: str) -> None:
    slack.command(_PEOPLE["raiser"], line)
    for part in ("participant", "guest", "external"):
        _command(slack, number, "raiser", "add", f"<@{_PEOPLE[part]}|x>")


def _accepted(slack: Workspace, number: int) -> None:
    _command(slack, number, "owner", "accept")
    for kind, _, _ in slack.burst(number).evidence_kinds[:2]:
        _command(slack, number, "owner", "evidence", f"{kind} Twenty studies carry it")
    _command(slack, number, "owner", "update", UPDATE)


def _command(slack: Workspace, number: int, part: str, word: str, rest: str = "") -> None:
    before = slack.burst(number)
    heard = slack.command(who(part, before).user, f"{word} BURST-{number} {rest}")
    assert slack.burst(number) != before, heard.words


def _submit(slack: Workspace, number: int, part: str, action: Action, given: dict[str, str]) -> None:
    before = slack.burst(number)
    slack.press(who(part, before).user, action, before)
    heard = slack.submit(who(part, before).user, slack.shown, given)
    assert slack.burst(number) != before, heard.body
