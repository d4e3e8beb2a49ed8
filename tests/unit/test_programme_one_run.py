"""One run over a broken programme file tells every mistake: at its line, with what is allowed."""

from datetime import UTC, datetime

import pytest

from bot.programme import check
from tests.unit.programme_files import save

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
        - {id: a, trigger: {clock: accept, at: due+20m}, notify: [owner], answer_within: 10m, say: "{key}"}
        - {id: b, trigger: {clock: accept, at: due+40m}, notify: [], answer_within: 10m, say: "{key}"}
        - {}
  overrides:
    - {families: [ai_routng], terms: {resolve: 10m}}
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
    "a duration that is none": (45, "found '15min'; not a duration; allowed is"),
    "an empty ladder": (45, "the ladder is empty"),
    "a word that nothing fills in": (49, "may be {key}, {owner}, {due}, {late} and {left}"),
    "an id that is there twice": (50, "'a' is there twice"),
    "a ladder that does not rise": (50, "does not come after the one before it"),
    "a step that tells nobody": (51, "a step says whom it notifies, or whose expertise it brings"),
    "an empty step": (52, "'trigger' is missing"),
    "a family that is not there": (54, "did you mean ai_routing?"),
    "a promise after the last one": (54, "would be due after 'resolve'"),
    "a workstream that is not there": (57, "did you mean imaging_operations?"),
    "an option that does not exist": (59, "'lost' is no option of failure"),
    "a predicate on a missing field": (60, "did you mean failure?"),
    "a bad regular expression": (61, "not a regular expression"),
    "an owner role that is mistyped": (62, "did you mean ii_lead?"),
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
    assert not [text for text in told if "' is missing" in text and "ladder[5]" not in text]
