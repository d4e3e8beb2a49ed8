"""Every mistake of a programme file is told in one run: at its line, with what is allowed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.programme import check
from tests.unit.programme_files import save, written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

BROKEN = """\
organisation:
  name: Broken Example Group
  networks: [10.0.0.1/8]
administrators: [manager, ghost]
colour: blue
sites:
  NGH:
    name: Northgate
    zone: Europe/Londn
    country: GB
    subdivision: ENGLAND
  LKC:
    name: Lakeside
    zone: Europe/Dublin
    country: XQ
    hours: {mon-fri: "08:00-12:00, 11:00-17:00"}
  LKC:
    name: Again
    zone: Europe/Dublin
workstreams:
  interoperability: {lead: pryia, channel: C01ARCHIVE}
  imaging_operations:
\tlead: manager
people:
  manager: {name: Petra, slack: U01PETRA, side: both, roles: {pm: all, pacs_admn: [NGH]}, stand_in: priya}
  priya: {name: Priya, slack: U01PETRA, side: technical, roles: {pacs_admin: [NGX]}, stand_in: manager}
  tomas: {name: Tomas, slack: 17, side: techincal}
  ewan: {name: Ewan, side: clinical}
  away:
    {name: Away, slack: U01AWAY, side: both, absences: [{from: 2026-12-01, until: 2026-12-24}]}
rotations:
  ending: {role: pacs_admin, people: [priya], from: 2026-01-05, until: 2026-12-01}
  absent: {role: net, people: [away], from: 2026-01-05}
steering:
  members: [manager]
  channel: C01STEERING
  quorum: 3
archive: {channel: C01ARCHIVE}
stages:
  build: {milestones: [{label: Cutover, on: 2020-01-01, sites: [ZZZ]}]}
decision_rights:
  budget: {label: Budget, holder: "role:treasurer"}
severity:
  policies:
    sev1: {accept: 15min, ladder: []}
    sev2:
      ladder:
        - {id: a, trigger: {clock: accept, at: due+30m}, notify: [owner], answer_within: 10m, say: "{key}"}
        - {id: a, trigger: {clock: accept, at: due+10m}, notify: [sponsor], answer_within: 10m, say: "{who}"}
families:
  ai_routing:
    workstream: imaging_operation
    owner_rules:
      - {when: {field: failure, op: eq, value: lost}, role: ii_lead}
      - {when: {field: failur, op: eq, value: late}, role: ii_lead}
      - {when: {field: algorithm, op: matches, value: "(unclosed"}, role: ii_lead}
      - {when: null, role: ii_led}
"""

MISTAKES = {
    "a network with host bits": (3, "allowed is a network such as 10.0.0.0/8"),
    "a person who is not there": (4, "there is no person 'ghost'"),
    "an unknown key": (5, "colour: unknown key; allowed are administrators"),
    "an unknown time zone": (9, "did you mean Europe/London?"),
    "an impossible subdivision": (11, "GB has ENG, NIR, SCT, WLS"),
    "a family without owner at a site": (12, "nobody here fills val and validation has no lead"),
    "a seat that nobody can fill": (12, "no clinical co-lead for: dicom_mapping"),
    "an impossible country": (15, "found 'XQ'; allowed is a country code"),
    "overlapping hours": (16, "must not overlap"),
    "a duplicate key": (17, "the key is there twice; the first is on line 12"),
    "a lead who is mistyped": (21, "there is no person 'pryia'; defined are"),
    "an archive that everybody reads": (21, "this is the channel of the archive"),
    "a tab": (23, "a tab in the indentation; allowed are spaces only"),
    "a role that is not there": (25, "did you mean pacs_admin?"),
    "stand-ins in a circle": (25, "manager -> priya -> manager"),
    "one user twice": (26, "'U01PETRA' is manager's already"),
    "a site that is not there": (26, "there is no site 'NGX'"),
    "a wrong type": (27, "people.tomas.slack: found 17; allowed is text"),
    "a side that is mistyped": (27, "did you mean technical?"),
    "a person who cannot be found": (28, "a person needs 'slack' (a user id) or 'email'"),
    "a gap in a rotation": (32, "nobody's turn on 2026-12-02"),
    "the turn of somebody absent": (33, "on 2026-12-01 it is the turn of away"),
    "a quorum above the cell": (37, "found 3; the steering cell has 1 members"),
    "a milestone in the past": (40, "this day has passed"),
    "a milestone at no site": (40, "there is no site 'ZZZ'"),
    "a right without holder": (42, "there is no role 'treasurer'"),
    "a duration that is none": (45, "such as 15m, 4h or 3bd"),
    "an empty ladder": (45, "the ladder is empty"),
    "a word that nothing fills in": (49, "may be {key}, {owner}, {due}, {late} and {left}"),
    "a workstream that is not there": (52, "did you mean imaging_operations?"),
    "an option that does not exist": (54, "'lost' is no option of failure"),
    "a predicate on a missing field": (55, "did you mean failure?"),
    "a bad regular expression": (56, "not a regular expression"),
    "an owner role that is mistyped": (57, "did you mean ii_lead?"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What one run tells about the broken file."""
    return check(save(tmp_path_factory.mktemp("broken"), BROKEN), at=NOON)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_run_tells_each_mistake_at_its_line(mistake: str, told: list[str]) -> None:
    line, words = MISTAKES[mistake]
    assert [text for text in told if text.startswith(f"programme.yml:{line}: ") and words in text]


def test_problems_come_in_the_order_of_the_file_and_once(told: list[str]) -> None:
    numbers = [int(text.split(":")[1]) for text in told]
    assert numbers == sorted(numbers)
    assert len(set(told)) == len(told)


def test_a_mistake_does_not_bring_forth_others_that_are_none(told: list[str]) -> None:
    assert not [
        text for text in told if "there is no site 'NGH'" in text or "there is no person 'tomas'" in text
    ]
    assert not [text for text in told if "' is missing" in text]


Change = Callable[[dict[str, Any]], None]


def _set(*path: str, to: Any) -> Change:
    def change(content: dict[str, Any]) -> None:
        place = content
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = to

    return change


def _drop(*path: str) -> Change:
    def change(content: dict[str, Any]) -> None:
        place = content
        for part in path[:-1]:
            place = place[part]
        del place[path[-1]]

    return change


STEP = {"id": "a", "trigger": {"clock": "accept", "at": "due"}, "notify": ["owner"], "answer_within": "1h"}
TURNS = {"people": ["chair"], "from": "2026-01-05"}


def _step(at: str, name: str, clock: str = "accept") -> dict[str, Any]:
    return {**STEP, "id": name, "trigger": {"clock": clock, "at": at}, "say": "{key}"}


def _rules(*rules: dict[str, Any]) -> Change:
    return _set("families", "ai_routing", "owner_rules", to=[*rules, {"when": None, "role": "ii_lead"}])


def _when(field: str, op: str, value: Any) -> Change:
    return _rules({"when": {"field": field, "op": op, "value": value}, "role": "ii_lead"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_drop("steering"), "'steering' is missing"),
        (_drop("sites"), "'sites' is missing"),
        (_drop("sites", "NGH", "zone"), "sites.NGH: 'zone' is missing"),
        (_drop("people", "pacs", "side"), "people.pacs: 'side' is missing"),
        (_set("sites", to={}), "sites: "),
        (_set("sites", "ngh", to={"name": "N", "zone": "UTC"}), "2 to 6 capital letters or digits"),
        (_set("sites", "NGH", "hours", to={"mon-sun": "9-5"}), "allowed are hours such as"),
        (_set("sites", "NGH", "hours", to={"monday": "08:00-17:00"}), "allowed is a day"),
        (_set("sites", "NGH", "hours", to={"fri-mon": "08:00-17:00"}), "allowed is a day"),
        (_set("sites", "NGH", "hours", to={"mon-fri": "08:00-17:00", "fri": "08:00-12:00"}), "a day twice"),
        (_set("sites", "NGH", "holidays", to=["2026-02-30"]), "allowed is a date such as"),
        (_set("sites", "NGH", "subdivision", to="ENG"), "needs its 'country'"),
        (
            _set("sites", "NGH", "go_live", to=[{"from": "2026-12-02", "until": "2026-12-01"}]),
            "before 'from'",
        ),
        (_set("steering", "members", to=[]), "the steering cell is empty"),
        (_set("steering", "members", to=["chair", "chair"]), "a member is there twice"),
        (_set("steering", "channel", to="#steering"), "allowed is a Slack channel id"),
        (_set("steering", "channel", to="C01INTEROP"), "this is the channel of the steering cell"),
        (_set("steering", "duty", to={**TURNS, "until": "2025-01-01"}), "'until' lies before 'from'"),
        (_set("steering", "duty", to={**TURNS, "from": "2027-01-04"}), "the rotation has a gap"),
        (_set("steering", "duty", to={**TURNS, "at": "8am"}), "a time of day such as 08:00"),
        (
            _set(
                "steering",
                "duty",
                to={
                    **TURNS,
                    "overrides": [
                        {"person": "chair", "from": "2026-12-01 08:00", "until": "2026-12-03 08:00"},
                        {"person": "chair", "from": "2026-12-02 08:00", "until": "2026-12-04 08:00"},
                    ],
                },
            ),
            "this overlaps an override before it",
        ),
        (
            _set(
                "steering",
                "duty",
                to={
                    **TURNS,
                    "overrides": [
                        {"person": "chair", "from": "2026-12-01T08:00:00Z", "until": "2026-12-03 08:00"}
                    ],
                },
            ),
            "write no zone",
        ),
        (_set("people", "pacs", "slack", to="priya"), "allowed is a Slack user id"),
        (_set("people", "pacs", "email", to="nobody"), "allowed is an e-mail address"),
        (_set("people", "pacs", "stand_in", to="pacs"), "pacs -> pacs"),
        (_set("roles", "pacs_admin", "aliases", to=["Network engineer"]), "is pacs_admin's already"),
        (
            _set("contacts", to=[{"role": "fse", "text": "desk", "vendor": "acme"}]),
            "there is no vendor 'acme'",
        ),
        (_set("vendors", to={"acme": {"name": "Acme", "escalation": "x"}}), "there is no person 'x'"),
        (_set("decision_rights", "x", to={"label": "X", "holder": "me"}), "allowed is the form"),
        (_set("decision_rights", "x", to={"label": "X", "holder": "role:ai"}), "nobody fills the role ai"),
        (_set("severity", "policies", "sev1", "calendar", to="moon"), "there is no calendar 'moon'"),
        (_set("severity", "policies", "sev2", "warn_at", to=[0.8, 0.5]), "the shares must rise"),
        (_set("severity", "policies", "sev2", "ladder", to=[_step("unanswered 5m", "a")]), "no step of this"),
        (
            _set("severity", "policies", "sev2", "ladder", to=[_step("due+30m", "a"), _step("due+10m", "b")]),
            "does not come after",
        ),
        (
            _set(
                "severity", "policies", "sev2", "ladder", to=[_step("due", "a"), _step("fraction 0.5", "b")]
            ),
            "does not come after",
        ),
        (
            _set("severity", "policies", "sev2", "ladder", to=[_step("due", "a"), _step("due+1m", "a")]),
            "'a' is there twice",
        ),
        (_set("severity", "overrides", to=[{"terms": {"calendar": "moon"}}]), "no calendar 'moon'"),
        (_set("severity", "overrides", to=[{"terms": {}, "families": ["x"]}]), "no family 'x'"),
        (_set("severity", "overrides", to=[{"terms": {"ladder": []}}]), "the ladder is empty"),
        (_set("severity", "calendars", "business", "hours", to="often"), "allowed are hours such as"),
        (_rules({"when": None, "role": "ii_lead"}), "so the rules after it never do"),
        (
            _set(
                "families",
                "ai_routing",
                "owner_rules",
                to=[{"when": {"field": "failure", "op": "eq", "value": "late"}, "role": "ii_lead"}],
            ),
            "the last rule must have 'when: null'",
        ),
        (_when("failure", "gte", 3), "does not fit a field of type select"),
        (_when("failure", "in", "late"), "'in' takes a list"),
        (_when("failure", "eq", ["late"]), "'eq' takes one value"),
        (_when("failure", "like", "late"), "allowed is eq, ne, in"),
        (_when("impact", "eq", "1"), "the field holds a whole number"),
        (_when("stage", "eq", "lunch"), "'lunch' is no option of stage"),
        (_when("sites", "contains_any", ["XXX"]), "'XXX' is no option of sites"),
        (_when("algorithm", "matches", 3), "allowed is a regular expression"),
        (
            _set("families", "ai_routing", "label", to=7),
            "families.ai_routing.label: found 7; allowed is text",
        ),
        (
            _set("families", "ai_routing", "colour", to="red"),
            "unknown key; allowed are checklist, clinical_lead",
        ),
    ],
)
def test_a_single_mistake_is_told(tmp_path: Path, change: Change, words: str) -> None:
    told = check(written(tmp_path, change), at=NOON)
    assert [text for text in told if words in text], told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_drop("people", "safety"), "nobody here fills safety and no contact is given"),
        (_drop("sponsor"), "nobody is sponsor"),
        (_set("people", "interfaces", "roles", to={"ris": "all"}), "so the lead of interoperability owns"),
        (
            _set("people", "privacy", "absences", to=[{"from": "2026-12-01", "until": "2026-12-31"}]),
            None,
        ),
    ],
)
def test_a_gap_is_told_where_it_hurts_and_only_there(
    tmp_path: Path, change: Change, words: str | None
) -> None:
    told = check(written(tmp_path, change), at=NOON)
    if words is None:
        assert told == []
    else:
        assert [text for text in told if ": gap: " in text and words in text], told
