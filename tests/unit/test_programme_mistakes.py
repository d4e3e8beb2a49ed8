"""Single mistakes and gaps of a programme file, each told with what is allowed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.programme import check
from tests.unit.programme_files import save, written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

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


def _ladder(**fields: Any) -> Change:
    step = {**_step("due", "a"), **fields}
    return _set("severity", "policies", "sev2", "ladder", to=[step])


def _rules(*rules: dict[str, Any]) -> Change:
    return _set("families", "ai_routing", "owner_rules", to=[*rules, {"when": None, "role": "ii_lead"}])


def _when(field: str, op: str, value: Any) -> Change:
    return _rules({"when": {"field": field, "op": op, "value": value}, "role": "ii_lead"})


def _raising(form: str) -> dict[str, Any]:
    part = {"field": "severity", "op": "eq", "value": "sev3"}
    when = {form: part if form == "not" else [part]}
    return {"id": "raising", "when": when, "roles": ["priv"], "severity_at_least": "sev2"}


def _identifying(value: Any) -> dict[str, Any]:
    when = {"field": "tag", "op": "is_identifying_attribute", "value": value}
    return {"id": "named", "when": when, "roles": ["priv"]}


def _question(name: str) -> dict[str, Any]:
    return {"id": name, "label": name, "type": "boolean", "required": True}


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
        (
            _set("decision_rights", "x", to={"label": "X", "holder": "role:rad", "quorum": 9}),
            "decision_rights.x.quorum: found 9; 1 person holds this right as role:rad",
        ),
        (
            _set("decision_rights", "x", to={"label": "X", "holder": "steering", "quorum": 3}),
            "found 3; 2 people hold this right as steering",
        ),
        (
            _set(
                "decision_rights",
                "x",
                to={
                    "label": "X",
                    "holder": "steering",
                    "quorum": 2,
                    "holder_by_stage": {"go_live": "workstream:training"},
                },
            ),
            "found 2; 1 person holds this right as workstream:training",
        ),
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
        (_ladder(notify=["role:pacs_admn"]), "there is no role 'pacs_admn'"),
        (_ladder(notify=["ownr"]), "did you mean owner?"),
        (_ladder(bring=["pacs_admn"]), "did you mean pacs_admin?"),
        (_ladder(answer="some"), "allowed is any, all"),
        (_ladder(repeat={"every": "1m", "times": 3}), "every 5m at most often"),
        (_ladder(repeat={"every": "15m", "times": 0}), "greater than or equal to 1"),
        (_ladder(notify=[], answer="all", bring=["pacs_admin"]), "neither answered nor repeated"),
        (_ladder(answer_within=None), "'answer_within' is missing"),
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
        (_when("risk", "eq", 1), "there is no field 'risk'"),
        (_when("result_object", "contains_any", []), "'contains_any' takes a list"),
        (
            _rules({"when": {"not": {"field": "x", "op": "eq", "value": 1}}, "role": "ii_lead"}),
            "no field 'x'",
        ),
        (
            _rules({"when": {"all": [{"field": "x", "op": "eq", "value": 1}]}, "role": "ii_lead"}),
            "owner_rules[1].when.all[1].field: there is no field 'x'",
        ),
        (_rules({"when": {"any": []}, "role": "ii_lead"}), "owner_rules[1].when.any: found an empty list"),
        (
            _set("families", "dicom_mapping", "conditional", to=[_raising("not")]),
            "must not depend on the severity",
        ),
        (
            _set("families", "dicom_mapping", "conditional", to=[_raising("any"), _raising("all")]),
            "'raising' is there twice",
        ),
        (
            _set("families", "dicom_mapping", "conditional", to=[_identifying("yes")]),
            "allowed is true or false",
        ),
        (
            _set("families", "dicom_mapping", "form", to=[_question("title"), *map(_question, "abcd")]),
            "'title' is a question of every family",
        ),
        (
            _set("families", "dicom_mapping", "form", to=[_question("a")]),
            "families.dicom_mapping.form: found",
        ),
        (_set("severity", "calendars", to=None), "severity.calendars: found nothing; allowed is keys"),
        (_set("severity", "calendars", "business", to=None), "severity.calendars.business: found nothing"),
        (_set("severity", "matrix", to=[["sev1", "sev2", "sev9"]] * 3), "found 'sev9'; allowed is sev1"),
        (_set("identifying", "attributes", to=[{"tag": "0010,0010"}]), "allowed is the form"),
        (_set("people", to=["pacs"]), "people: found a list; allowed is keys and values"),
        (_set("workstreams", "Training", to={"label": "T"}), "a name of small letters"),
        (_set("organisation", "name", to=True), "found true; allowed is text"),
        (_set("organisation", "name", to=["x"]), "found a list; allowed is text"),
        (_set("organisation", "name", to={"x": 1}), "found keys and values; allowed is text"),
        (_set("archive", "keep_years", to=0), "found 0; input should be greater than"),
        (
            _set(
                "steering",
                "duty",
                to={
                    **TURNS,
                    "overrides": [
                        {"person": "chair", "from": "2026-12-03 08:00", "until": "2026-12-01 08:00"},
                    ],
                },
            ),
            "'until' must lie after 'from'",
        ),
        (_set("severity", "overrides", to=[{"terms": {"warn_at": [0.9, 0.8]}}]), "the shares must rise"),
        (
            _set("families", "mine", to={"label": "Mine", "workstream": "validation"}),
            "families.mine: 'checklist' is missing",
        ),
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sites: [NGH", "programme.yml:1: this is no YAML"),
        ("sites:\n\tNGH: {name: [}\n", "this is no YAML"),
        ("sites: \u0001", "no text that YAML allows"),
        ("sites: {NGH: {[a, b]: c}}", "a key must be a plain word"),
    ],
)
def test_what_is_no_yaml_is_told_in_words(tmp_path: Path, text: str, words: str) -> None:
    told = check(save(tmp_path, text), at=NOON)
    assert [line for line in told if words in line], told


def test_a_right_of_a_stream_without_lead_is_a_gap(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["decision_rights"] = {"x": {"label": "X", "holder": "workstream:training"}}
        del content["workstreams"]["training"]["lead"]

    assert check(written(tmp_path, change), at=NOON) == [
        "programme.yml:123: decision_rights.x.holder: gap: nobody holds this right: training has no lead"
    ]


def test_an_owner_who_is_the_only_clinical_co_lead_is_a_gap(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["people"]["technologist"]["roles"] = {}
        content["people"]["radiologist"]["roles"] = {}
        content["people"]["validation"]["roles"] = dict.fromkeys(("val", "lead_tech", "cas", "rad"), "all")

    told = check(written(tmp_path, change), at=NOON)
    assert [text for text in told if "the only clinical co-lead would be the owner" in text], told


def test_an_owner_who_would_sign_their_own_fix_is_a_gap(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        for key in ("informatics", "interfaces"):
            content["people"][key]["roles"] = {}
        content["people"]["pacs"]["roles"] = dict.fromkeys(("pacs_admin", "ii_lead", "hl7", "ris"), "all")

    told = check(written(tmp_path, change), at=NOON)
    assert [text for text in told if "the owner would always be the technical signer" in text], told
