"""The programme in force: who fills a role, who is on call, whom a ladder reaches, what is promised."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.programme import Programme, load
from bot.taskforce.burst import Burst, Contact
from bot.taskforce.covering import Cover
from bot.taskforce.terms import Notify, Severity, State
from tests.unit.imaging import demo
from tests.unit.programme_files import written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def serving(tmp_path: Path, **sections: Any) -> Programme:
    """The smallest programme with some sections merged in."""

    def change(content: dict[str, Any]) -> None:
        for name, section in sections.items():
            under = content.get(name)
            content[name] = {**under, **section} if isinstance(under, dict) else section

    return load(written(tmp_path, change))


def burst(**changes: Any) -> Burst:
    """A burst at NGH, owned by its PACS administrator."""
    plain = Burst(
        id=42,
        version=1,
        title="CT studies hang with the chest layout",
        family="dicom_mapping",
        family_label="DICOM mapping conflict",
        workstream="interoperability",
        stage="build",
        sites=("NGH",),
        impact=2,
        urgency=1,
        severity=Severity.SEV2,
        workflow_impact="Night readers re-hang every study by hand.",
        workaround="none",
        answers={},
        state=State.OPEN,
        private=False,
        raiser="U01NOOR",
        policy=demo().policy_for(Severity.SEV2, "dicom_mapping", "build", ["NGH"], NOON),
        opened_at=NOON,
        owner="U01PRIYA",
        owner_role="pacs_admin",
        clinical_lead="U01LENA",
        technical_lead="U01INES",
    )
    return replace(plain, **changes)


# --- Who fills a role


def test_a_role_is_filled_at_its_sites_alone() -> None:
    assert demo().people_for("pacs_admin", ["NGH"], NOON) == ("U01PRIYA",)
    assert demo().people_for("pacs_admin", ["HVM"], NOON) == ("U01WENDEL",)


def test_of_several_sites_the_first_comes_first_and_nobody_twice() -> None:
    assert demo().people_for("pacs_admin", ["HVM", "NGH", "EVI"], NOON) == ("U01WENDEL", "U01PRIYA")


def test_a_role_that_nobody_fills_has_nobody() -> None:
    assert demo().people_for("fse", ["NGH"], NOON) == ()


def test_a_site_that_is_gone_falls_back_to_the_first_of_the_programme() -> None:
    assert demo().people_for("pacs_admin", ["GONE"], NOON) == ("U01PRIYA",)


def test_somebody_away_is_replaced_by_their_stand_in_and_it_says_so(tmp_path: Path) -> None:
    programme = serving(tmp_path, people=on_leave(stand_in="informatics"))
    (filler,) = programme.roster("dicom_mapping", ["NGH"], NOON).of("pacs_admin")
    assert (filler.user, filler.why) == ("U01INFORMATICS", "stands in for Pacs, PACS administrator at NGH")


def test_somebody_away_without_stand_in_is_not_asked(tmp_path: Path) -> None:
    programme = serving(tmp_path, people=on_leave())
    assert programme.people_for("pacs_admin", ["NGH"], NOON) == ()


def test_an_absence_ends_with_its_last_day_at_the_site(tmp_path: Path) -> None:
    programme = serving(tmp_path, people=on_leave())
    assert programme.people_for("pacs_admin", ["NGH"], datetime(2026, 11, 27, 23, 59, tzinfo=UTC)) == ()
    assert programme.people_for("pacs_admin", ["NGH"], datetime(2026, 11, 28, tzinfo=UTC)) == ("U01PACS",)


def on_leave(**changes: Any) -> dict[str, Any]:
    """The PACS administrator, who is on leave in the week of ``NOON``."""
    return {
        "pacs": {
            "name": "Pacs",
            "slack": "U01PACS",
            "side": "technical",
            "roles": {"pacs_admin": "all"},
            "absences": [{"from": "2026-11-23", "until": "2026-11-27"}],
            **changes,
        }
    }


def test_people_by_e_mail_fill_their_roles_once_slack_knows_them(tmp_path: Path) -> None:
    by_mail = {
        "name": "Pacs",
        "email": "Pacs@ngh.example",
        "side": "technical",
        "roles": {"pacs_admin": "all"},
    }
    programme = serving(tmp_path, people={"pacs": by_mail})
    assert (programme.people_for("pacs_admin", ["NGH"], NOON), programme.people.unresolved()) == (
        (),
        ("Pacs@ngh.example",),
    )
    known = programme.with_people({"pacs@ngh.example": "U77"})
    assert (known.people_for("pacs_admin", ["NGH"], NOON), known.people.unresolved()) == (("U77",), ())


def test_a_family_that_is_gone_falls_back_to_the_programme_manager() -> None:
    last = demo().roster("gone", ["NGH"], NOON).workstream_lead
    assert last is not None
    assert (last.user, last.why) == ("U01PETRA", "programme manager")


def test_the_last_resort_is_the_workstream_s_lead() -> None:
    last = demo().roster("dicom_mapping", ["NGH"], NOON).workstream_lead
    assert last is not None
    assert (last.user, last.why) == ("U01LORETTA", "lead of Interoperability")


# --- Turns


def weekly(**changes: Any) -> dict[str, Any]:
    return {
        "on_call": {
            "role": "pacs_admin",
            "people": ["pacs", "informatics"],
            "every": "week",
            "from": "2026-03-23",  # a Monday; the clocks of London go forward on the 29th
            "at": "08:00",
            **changes,
        }
    }


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (datetime(2026, 3, 23, 7, 59, tzinfo=UTC), "U01PACS"),  # before it begins: by role alone
        (datetime(2026, 3, 23, 8, 0, tzinfo=UTC), "U01PACS"),
        (datetime(2026, 3, 30, 6, 59, tzinfo=UTC), "U01PACS"),  # 07:59 summer time
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), "U01INFORMATICS"),  # 08:00 summer time
        (datetime(2026, 4, 6, 7, 0, tzinfo=UTC), "U01PACS"),
    ],
)
def test_a_weekly_turn_hands_over_at_the_same_local_time(tmp_path: Path, at: datetime, first: str) -> None:
    programme = serving(tmp_path, rotations=weekly())
    assert programme.people_for("pacs_admin", ["NGH"], at)[0] == first


def test_a_daily_turn_hands_over_every_day(tmp_path: Path) -> None:
    programme = serving(tmp_path, rotations=weekly(every="day"))
    days = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (23, 24, 25)]
    assert [programme.people_for("pacs_admin", ["NGH"], at)[0] for at in days] == [
        "U01PACS",
        "U01INFORMATICS",
        "U01PACS",
    ]


def test_whoever_is_on_call_says_so_and_comes_before_the_others(tmp_path: Path) -> None:
    programme = serving(tmp_path, rotations=weekly())
    first, second = programme.roster("dicom_mapping", ["NGH"], datetime(2026, 3, 31, tzinfo=UTC)).of(
        "pacs_admin"
    )
    assert (first.user, first.why) == ("U01INFORMATICS", "PACS administrator on call at NGH")
    assert (second.user, second.why) == ("U01PACS", "PACS administrator at NGH")


def test_an_override_takes_the_turn_for_a_while(tmp_path: Path) -> None:
    swap = {"person": "network", "from": "2026-03-24 08:00", "until": "2026-03-25 08:00"}
    programme = serving(tmp_path, rotations=weekly(overrides=[swap]))
    assert (
        programme.people_for("pacs_admin", ["NGH"], datetime(2026, 3, 25, 7, 59, tzinfo=UTC))[0]
        == "U01NETWORK"
    )
    assert (
        programme.people_for("pacs_admin", ["NGH"], datetime(2026, 3, 25, 8, 0, tzinfo=UTC))[0] == "U01PACS"
    )


def test_a_rotation_that_has_ended_names_nobody(tmp_path: Path) -> None:
    programme = serving(tmp_path, rotations=weekly(until="2026-03-31"))
    assert programme.people_for("pacs_admin", ["NGH"], datetime(2026, 4, 1, 12, tzinfo=UTC)) == ("U01PACS",)


def test_the_steering_cell_takes_turns_on_duty(tmp_path: Path) -> None:
    duty = {"people": ["chair", "manager"], "from": "2026-11-23", "at": "08:00"}
    programme = serving(tmp_path, steering={"duty": duty})
    assert programme.duty(NOON) == "U01CHAIR"
    assert programme.duty(datetime(2026, 12, 1, tzinfo=UTC)) == "U01MANAGER"


def test_without_turns_the_first_member_present_is_on_duty(tmp_path: Path) -> None:
    away = {"name": "Chair", "slack": "U01CHAIR", "side": "both"}
    absent = {**away, "absences": [{"from": "2026-11-23", "until": "2026-11-27"}]}
    assert serving(tmp_path, people={"chair": away}).duty(NOON) == "U01CHAIR"
    assert serving(tmp_path, people={"chair": absent}).duty(NOON) == "U01MANAGER"


# --- Whom a ladder reaches


def test_each_word_of_a_ladder_means_somebody() -> None:
    assert demo().reach(burst(), NOON) == {
        Notify.OWNER: ("U01PRIYA",),
        Notify.DEPUTY: (),
        Notify.WORKSTREAM_LEAD: ("U01LORETTA",),
        Notify.CLINICAL_LEAD: ("U01LENA",),
        Notify.TECHNICAL_LEAD: ("U01INES",),
        Notify.PROGRAMME_MANAGER: ("U01PETRA",),
        Notify.STEERING_DUTY: ("U01DOMINIC",),
        Notify.VENDOR_CONTACT: (),
        Notify.STEERING_CELL: ("U01STELLA", "U01DOMINIC", "U01FARAH", "U01GARETH"),
        Notify.SPONSOR: ("U01BEATRIX",),
        Notify.SAFETY_OFFICER: ("U01SILAS",),
    }


def test_every_word_has_an_answer_even_for_an_empty_burst() -> None:
    bare = burst(owner=None, clinical_lead=None, technical_lead=None, workstream="gone", sites=("GONE",))
    assert set(demo().reach(bare, NOON)) == set(Notify)


def test_the_deputy_is_the_next_who_fills_the_owner_s_role() -> None:
    found = demo().reach(burst(owner_role="iam", owner="U01AMARA"), NOON)
    assert found[Notify.DEPUTY] == ("U01YUSUF",)


def test_a_lead_who_is_away_is_represented_by_a_deputy(tmp_path: Path) -> None:
    lead = {
        "name": "Interfaces",
        "slack": "U01INTERFACES",
        "side": "technical",
        "roles": {"hl7": "all"},
        "absences": [{"from": "2026-11-23", "until": "2026-11-27"}],
    }
    stream = {"interoperability": {"lead": "interfaces", "deputies": ["informatics"]}}
    programme = serving(tmp_path, people={"interfaces": lead}, workstreams=stream)
    assert programme.reach(burst(), NOON)[Notify.WORKSTREAM_LEAD] == ("U01INFORMATICS",)


def test_a_vendor_s_escalation_person_is_reached_when_the_burst_shows_that_vendor(tmp_path: Path) -> None:
    programme = serving(
        tmp_path,
        vendors={"acme": {"name": "Acme", "escalation": "network"}},
        contacts=[{"role": "fse", "text": "desk, 555-0142", "vendor": "acme"}],
    )
    shown = burst(contacts=(Contact("fse", "desk, 555-0142"),))
    assert programme.reach(shown, NOON)[Notify.VENDOR_CONTACT] == ("U01NETWORK",)
    assert programme.reach(burst(), NOON)[Notify.VENDOR_CONTACT] == ()


# --- What somebody may be


def test_a_lead_leads_their_stream_and_a_deputy_too() -> None:
    assert demo().actor_leads("U01LORETTA") == {"interoperability"}
    assert demo().actor_leads("U01JONAH") == {"interoperability"}
    assert demo().actor_leads("U01NOOR") == frozenset()


def test_steering_and_administrators_are_who_the_file_says() -> None:
    assert demo().is_steering("U01STELLA")
    assert not demo().is_steering("U01PETRA")
    assert demo().is_admin("U01PETRA")
    assert not demo().is_admin("U01UNKNOWN")


def test_a_decision_right_is_held_as_the_register_says(tmp_path: Path) -> None:
    programme = serving(
        tmp_path,
        decision_rights={
            "protocol": {"label": "Change a protocol", "holder": "role:rad"},
            "routing": {"label": "Change a route", "holder": "workstream:interoperability"},
        },
    )
    held = {
        name: programme.holders(name, ["NGH"], NOON)
        for name in ("protocol", "routing", "scope", "unheard of")
    }
    assert {name: (one.people, one.quorum) for name, one in held.items()} == {
        "protocol": (("U01RADIOLOGIST",), 1),
        "routing": (("U01INTERFACES",), 1),
        "scope": (("U01CHAIR", "U01MANAGER"), 2),
        "unheard of": (("U01CHAIR", "U01MANAGER"), 2),
    }
    assert [one.called for one in held.values()][:3] == [
        "whoever is Radiologist champion at NGH",
        "the lead of Interoperability or a deputy",
        "the steering cell",
    ]


def test_a_right_may_ask_for_more_voices_than_others(tmp_path: Path) -> None:
    rights = {"protocol": {"label": "Change a protocol", "holder": "steering", "quorum": 1}}
    assert serving(tmp_path, decision_rights=rights).holders("protocol", ["NGH"], NOON).quorum == 1
    assert serving(tmp_path, decision_rights=rights).holders("scope", ["NGH"], NOON).quorum == 2


def test_whoever_stands_in_for_a_member_of_the_cell_shares_their_seat(tmp_path: Path) -> None:
    cover = Cover("U01CHAIR", "U01RADIOLOGIST", NOON, NOON + timedelta(days=1), "U01CHAIR")
    held = serving(tmp_path).with_covers({"U01CHAIR": cover}).holders("scope", ["NGH"], NOON)
    assert held.seats == {"U01CHAIR": "U01RADIOLOGIST", "U01MANAGER": None}


def test_channels_are_known_by_their_use() -> None:
    channels = demo().channels
    assert (channels.steering, channels.archive) == ("C01STEERING", "C01ARCHIVE")
    assert channels.workstream("interoperability") == "C01INTEROP"
    assert channels.workstream("gone") is None


def test_a_proxy_of_the_file_is_the_way_to_what_lies_outside(tmp_path: Path) -> None:
    out = "http://proxy.ngh.example:3128"
    programme = serving(tmp_path, proxies={"https": out, "except": ["ngh.example"]})
    asked = {host: programme.proxy_for(host) for host in ("slack.com", "ngh.example", "a.ngh.example")}
    assert asked == {"slack.com": out, "ngh.example": None, "a.ngh.example": None}
    assert demo().proxy_for("slack.com") is None


# --- Who stands in, as people say it in Slack


def covering(*pairs: tuple[str, str]) -> dict[str, Cover]:
    """Covers for the day of ``NOON``, as pairs of a user and who stands in."""
    return {user: Cover(user, by, NOON - DAY / 2, NOON + DAY / 2, user) for user, by in pairs}


def test_a_cover_goes_before_an_absence_and_its_stand_in(tmp_path: Path) -> None:
    away = {"absences": [{"from": "2026-11-20", "until": "2026-11-30"}], "stand_in": "network"}
    people = {
        "pacs": {
            "name": "Pacs",
            "slack": "U01PACS",
            "side": "technical",
            "roles": {"pacs_admin": "all"},
            **away,
        }
    }
    programme = serving(tmp_path, people=people)

    assert programme.people_for("pacs_admin", ["NGH"], NOON) == ("U01NETWORK",)
    covered = programme.with_covers(covering(("U01PACS", "U01STRANGER")))
    assert covered.people_for("pacs_admin", ["NGH"], NOON) == ("U01STRANGER",)
    assert covered.people_for("pacs_admin", ["NGH"], NOON + DAY) == ("U01NETWORK",)


def test_covers_in_a_ring_reach_nobody() -> None:
    ring = demo().with_covers(covering(("U01PRIYA", "U01TOMAS"), ("U01TOMAS", "U01PRIYA")))

    assert ring.people_for("pacs_admin", ["NGH"], NOON) == ()


def test_without_covers_it_is_the_same_programme() -> None:
    assert demo().with_covers({}) is demo()
