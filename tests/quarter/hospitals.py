"""Six hospitals in four time zones, as a programme file would tell of them; everything is drawn by a seed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

# From Monday 2026-09-28: every zone but Kolkata's changes its clocks within the quarter.
BEGINS = datetime(2026, 9, 28, tzinfo=UTC)
DAYS = 91
ENDS = BEGINS + timedelta(days=DAYS)

SITES: dict[str, dict[str, Any]] = {
    "NGH": {
        "name": "Northgate General",
        "zone": "Europe/London",
        "country": "GB",
        "subdivision": "ENG",
        "go_live": [{"from": "2026-10-23", "until": "2026-10-27"}],
    },
    "RCH": {
        "name": "Riverside Children's",
        "zone": "Europe/London",
        "country": "GB",
        "subdivision": "SCT",
        "hours": {"mon-thu": "08:00-12:30, 13:30-18:00", "fri": "08:00-15:00"},
    },
    "HVM": {
        "name": "Harbourview Medical",
        "zone": "America/New_York",
        "country": "US",
        "hours": {"mon-fri": "07:30-16:30"},
        "go_live": [{"from": "2026-11-14", "until": "2026-11-22"}],
    },
    "EVI": {
        "name": "Elm Valley Imaging",
        "zone": "America/New_York",
        "country": "US",
        "hours": {"mon-fri": "06:00-11:00, 11:30-14:30, 15:00-19:00", "sat": "08:00-12:00"},
        "holidays": ["2026-10-30"],
    },
    "KEM": {
        "name": "Kembla Coast",
        "zone": "Australia/Sydney",
        "country": "AU",
        "subdivision": "NSW",
        "hours": {"mon-fri": "08:30-12:15, 13:00-17:45"},
    },
    "SBN": {
        "name": "Sabarna",
        "zone": "Asia/Kolkata",
        "country": "IN",
        "hours": {"mon-sat": "09:00-18:00"},
        "go_live": [{"from": "2026-12-07", "until": "2026-12-09"}],
    },
}
# At each site one or two people for each of these; everybody else serves all sites.
LOCAL = {
    "pacs_admin": ("technical", 2),
    "lead_tech": ("clinical", 1),
    "rad": ("clinical", 2),
    "net": ("technical", 2),
    "hl7": ("technical", 1),
    "htm": ("technical", 1),
}
CENTRAL = {
    "ii_lead": ("both", 2),
    "ris": ("technical", 1),
    "iam": ("technical", 2),
    "sec": ("technical", 1),
    "priv": ("both", 1),
    "cas": ("clinical", 1),
    "euc": ("technical", 1),
    "val": ("both", 2),
    "safety": ("clinical", 1),
    "pm": ("both", 1),
}
# Nobody fills these: empty roles, on which ladders and seats must fall back.
EMPTY = {("net", "SBN"), ("hl7", "KEM"), ("lead_tech", "EVI"), ("rad", "EVI"), ("htm", "NGH")}
POSTS = (
    "manager",
    "sponsor",
    "vendor_contact",
    "raiser_1",
    "raiser_2",
    "raiser_3",
    "cell_1",
    "cell_2",
    "cell_3",
    "cell_4",
)
STREAMS = (
    "imaging_operations",
    "infrastructure",
    "interoperability",
    "cybersecurity",
    "training",
    "validation",
)


def _step(name: str, clock: str, at: str, *notify: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "trigger": {"clock": clock, "at": at},
        "notify": [*notify],
        "say": "{key} needs you.",
        **more,
    }


# A ladder with everything that a step can have; two kinds of blocker climb it.
LADDER = [
    _step("accept_owner", "accept", "due", "owner", answer_within="15m", repeat={"every": "20m", "times": 2}),
    _step("accept_pair", "accept", "due+30m", "deputy", "workstream_lead", answer="all", answer_within="30m"),
    _step("accept_duty", "accept", "unanswered 30m", "steering_duty", "role:safety", answer_within="1h"),
    _step("update_owner", "update", "due", "owner", answer_within="20m", repeat={"every": "45m", "times": 3}),
    _step("update_help", "update", "due+40m", bring=["euc", "pacs_admin"]),
    _step(
        "update_pair",
        "update",
        "unanswered 1h",
        "clinical_lead",
        "technical_lead",
        answer="all",
        answer_within="1h",
    ),
    _step("update_cell", "update", "unanswered 2h", "steering_cell", answer_within="1bd"),
    _step(
        "resolve_half",
        "resolve",
        "fraction 0.5",
        "clinical_lead",
        "technical_lead",
        answer="all",
        answer_within="1h",
        repeat={"every": "90m", "times": 4},
    ),
    _step(
        "resolve_roles", "resolve", "unanswered 1h", "role:net", "role:htm", answer_within="1h", bring=["sec"]
    ),
    _step("resolve_missed", "resolve", "due", "steering_cell", "sponsor", answer_within="1bd"),
]


def programme(seed: int) -> dict[str, Any]:
    """The programme file of the seed, to be laid over the shipped default."""
    draw = Random(f"{seed} hospitals")  # noqa: S311 - to be had again, not to be secret
    people = _people(draw)
    return {
        "organisation": {
            "name": "Example Imaging Group",
            "domains": ["core.example"],
            "quiet": "20:00-07:00",
        },
        "administrators": ["manager"],
        "programme_manager": "manager",
        "sponsor": "sponsor",
        "sites": SITES,
        "people": people,
        "workstreams": {name: _stream(name, draw) for name in STREAMS},
        "steering": {
            "members": [f"cell_{number}" for number in range(1, 5)],
            "channel": "C01STEERING",
            "duty": {
                "people": [f"cell_{number}" for number in (2, 3, 4)],
                "every": "week",
                "from": "2026-09-07",
                "at": "08:00",
                "zone": "Europe/London",
            },
        },
        "archive": {"channel": "C01ARCHIVE"},
        "stages": {"design": {"milestones": _milestones(draw)}, "build": {"milestones": _milestones(draw)}},
        "rotations": _rotations(),
        "vendors": {
            "pacs_vendor": {"name": "Lumen PACS", "escalation": "vendor_contact"},
            "modality_vendor": {"name": "Fathom Modalities"},
        },
        "contacts": [
            {"role": "vendor", "text": "support desk, 555-0171", "vendor": "pacs_vendor"},
            {"role": "fse", "text": "field service, 555-0142", "vendor": "modality_vendor"},
            {"role": "ai", "text": "product desk, 555-0133"},
        ],
        "severity": {
            "calendars": {"nights": {"hours": "00:00-03:30, 18:00-24:00", "holidays": "run"}},
            "overrides": _overrides(),
        },
    }


def _milestones(draw: Random) -> list[dict[str, Any]]:
    """Days that the stages work towards, some of them at some sites alone, in no order."""
    return [
        {
            "label": f"Gate {number}",
            "on": (BEGINS.date() + timedelta(days=draw.randrange(DAYS))).isoformat(),
            "sites": draw.choice(([], [], ["NGH", "KEM"], ["HVM"])),
        }
        for number in range(1, 7)
    ]


def _overrides() -> list[dict[str, Any]]:
    return [
        {"severities": ["sev3"], "sites": ["KEM"], "terms": {"accept": "5h", "warn_at": [0.25, 0.5, 0.75]}},
        {
            "severities": ["sev2"],
            "families": ["validation_defect"],
            "terms": {"calendar": "nights", "resolve": "12h"},
        },
        {
            "severities": ["sev2", "sev3"],
            "families": ["hl7_interface", "user_access"],
            "terms": {"ladder": LADDER},
        },
        {"stages": ["go_live"], "severities": ["sev3"], "terms": {"update_every": "4h"}},
        {"severities": ["sev2", "sev3"], "sites": ["RCH"], "terms": {"update_every_after_workaround": "2bd"}},
    ]


def _people(draw: Random) -> dict[str, dict[str, Any]]:
    people: dict[str, dict[str, Any]] = dict(_local())
    for role, (side, number) in CENTRAL.items():
        for turn in range(1, number + 1):
            people[f"{role}_{turn}"] = {"side": side, "roles": {role: "all"}}
    posts = [f"{stream}_{post}" for stream in STREAMS for post in ("lead", "deputy", "member")]
    for key in (*POSTS, *posts):
        people[key] = {"side": "both"}
    for number, (key, person) in enumerate(people.items(), start=1):
        person |= {"name": key.replace("_", " ").title(), "slack": f"U01Q{number:04}"}
    _send_on_leave(people, draw)
    return people


def _local() -> Iterator[tuple[str, dict[str, Any]]]:
    for role, (side, number) in LOCAL.items():
        for site in SITES:
            for turn in range(1, number + 1) if (role, site) not in EMPTY else ():
                yield f"{role}_{site.lower()}_{turn}", {"side": side, "roles": {role: [site]}}


def _send_on_leave(people: dict[str, dict[str, Any]], draw: Random) -> None:
    """Every second person is away for a while; for most of them one of their kind, named before them, stands in."""
    named: list[str] = []
    for key, person in people.items():
        if draw.random() < 0.2:
            person["quiet"] = draw.choice(("22:30-05:45", "13:00-14:00", "never"))
        if draw.random() < 0.5:
            person["absences"] = [*_absences(draw)]
            others = [other for other in named if other.split("_")[0] == key.split("_")[0]]
            if others and draw.random() < 0.8:
                person["stand_in"] = draw.choice(others)
        named.append(key)


def _absences(draw: Random) -> Iterator[dict[str, str]]:
    for _ in range(draw.choice((1, 1, 2))):
        first = BEGINS.date() + timedelta(days=draw.randrange(DAYS))
        last = first + timedelta(days=draw.choice((0, 1, 4, 11, 20)))
        yield {"from": first.isoformat(), "until": last.isoformat()}


def _stream(name: str, draw: Random) -> dict[str, Any]:
    posts: dict[str, Any] = {"lead": f"{name}_lead", "channel": f"C01{name[:8].upper().replace('_', '')}"}
    if draw.random() < 0.7:
        posts["deputies"] = [f"{name}_deputy"]
    if draw.random() < 0.5:
        posts["members"] = [f"{name}_member"]
    return posts


def _rotations() -> dict[str, dict[str, Any]]:
    begins = date(2026, 9, 1).isoformat()
    return {
        "net_ngh": {
            "role": "net",
            "sites": ["NGH"],
            "people": ["net_ngh_1", "net_ngh_2"],
            "every": "day",
            "from": begins,
            "at": "08:30",
            "overrides": [
                {"person": "net_rch_1", "from": "2026-10-12T20:00:00", "until": "2026-10-14T06:00:00"}
            ],
        },
        "pacs_hvm": {
            "role": "pacs_admin",
            "sites": ["HVM", "EVI"],
            "people": ["pacs_admin_evi_1", "pacs_admin_hvm_2", "pacs_admin_hvm_1"],
            "every": "week",
            "from": begins,
            "until": "2026-12-01",
        },
    }
