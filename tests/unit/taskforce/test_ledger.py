"""Where a burst's time went, who it changed hands to, and what time beyond the promise is put down to."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.attendance import late_entries
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.delay import Ground, delay_of, shared_out
from bot.taskforce.ledger import ledger_of
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Outcome, PauseReason, Seat
from tests.unit.taskforce.accounts import Erased
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
    NOON,
    OWNER,
    RAISER,
    STEERING,
    TECHNICAL,
    at,
    opening,
    policy,
)

Act = Callable[[Burst], Decision]
VENDOR, APPROVAL = PauseReason.AWAITING_VENDOR, PauseReason.AWAITING_APPROVAL
QUIET = {"policy": policy(ladder=[], first_update="99h", resolve="1h")}


def lived(*acts: Act, **fields: object) -> tuple[Burst, list[Entry]]:
    """A burst with an hour to resolve, around the clock, and its log."""
    decision = lifecycle.open_burst(opening(**{**QUIET, **fields}), now=NOON)
    log = list(decision.entries)
    for act in acts:
        decision = act(decision.after)
        log += decision.entries
    return decision.after, log


def accept(minute: float, actor: Actor = OWNER) -> Act:
    return lambda b: lifecycle.accept(b, actor, now=at(minute))


def hand_over(minute: float, user: str) -> Act:
    return lambda b: lifecycle.hand_over(b, LEAD, Candidate(user), "", now=at(minute))


def gone(minute: float, user: str) -> Act:
    return lambda b: lifecycle.vacate(b, user, "Gone", None, now=at(minute))


def update(minute: float, actor: Actor = OWNER) -> Act:
    return lambda b: lifecycle.post_update(b, actor, f"{NEWS} {minute} minutes in.", now=at(minute))


def pause(minute: float, reason: PauseReason) -> Act:
    return lambda b: lifecycle.pause(b, OWNER, reason, at(minute + 600), "REF-1", now=at(minute))


def resume(minute: float) -> Act:
    return lambda b: lifecycle.resume(b, OWNER, now=at(minute))


def seat(minute: float, which: Seat, user: str) -> Act:
    return lambda b: lifecycle.fill_seat(b, LEAD, which, user, now=at(minute))


def add(minute: float, user: str, role: str) -> Act:
    return lambda b: lifecycle.add_person(b, OWNER, user, f"role:{role}", "", now=at(minute))


def proven(minute: float) -> tuple[Act, Act]:
    """Evidence of two kinds."""

    def prove(kind: str) -> Act:
        text = f"The {kind} shows that it works."
        return lambda b: lifecycle.add_evidence(b, OWNER, kind, text, now=at(minute))

    return prove("header"), prove("queue")


def resolve(minute: float, cause: str = "technical_complexity", *also: str) -> Act:
    said = Resolution("The rule is gone.", cause, also, "", "same")
    return lambda b: lifecycle.resolve(b, OWNER, said, now=at(minute))


def send_back(minute: float) -> Act:
    return lambda b: lifecycle.send_back(b, CLINICAL, "It still hangs.", now=at(minute))


def sign_off(minute: float, actor: Actor) -> Act:
    return lambda b: lifecycle.sign_off(b, actor, now=at(minute))


def cancel(minute: float) -> Act:
    return lambda b: lifecycle.cancel(b, STEERING, Outcome.MISTAKE, "Opened twice.", now=at(minute))


def reopen(minute: float) -> Act:
    return lambda b: lifecycle.reopen(b, RAISER, "It is back.", now=at(minute))


def minutes(length: timedelta) -> float:
    return length / timedelta(minutes=1)


def told(log: Sequence[Entry], until: float) -> list[tuple[str, float, float]]:
    """Each stretch as phase (or what was waited for), from and to, in minutes after opening."""
    return [
        (one.reason or one.phase, minutes(one.since - NOON), minutes(one.until - NOON))
        for one in ledger_of(log, at(until)).stretches
    ]


SIGNED = (sign_off(80, CLINICAL), sign_off(90, TECHNICAL))


@pytest.mark.parametrize(
    ("acts", "fields", "stretches"),
    [
        pytest.param((), {"owner": None}, [("unassigned", 0, 100)], id="nobody was found"),
        pytest.param((), {}, [("unaccepted", 0, 100)], id="nobody accepted"),
        pytest.param(
            (accept(10), update(30)), {}, [("unaccepted", 0, 10), ("working", 10, 100)], id="work is one stretch"
        ),
        pytest.param(
            (accept(10), seat(40, Seat.CLINICAL_LEAD, "U_C")),
            {"clinical_lead": None},
            [("unaccepted", 0, 10), ("mobilising", 10, 40), ("working", 40, 100)],
            id="mobilising until the seats are filled",
        ),
        pytest.param(
            (accept(10), update(30)),
            {"clinical_lead": None},
            [("unaccepted", 0, 10), ("mobilising", 10, 30), ("working", 30, 100)],
            id="mobilising until somebody begins",
        ),
        pytest.param(
            (accept(10), gone(20, OWNER.user), hand_over(30, "U_B"), accept(45, Actor("U_B"))),
            {},
            [
                ("unaccepted", 0, 10), ("working", 10, 20), ("unassigned", 20, 30),
                ("unaccepted", 30, 45), ("working", 45, 100),
            ],
            id="the owner was gone and another one came",
        ),
        pytest.param(
            (accept(10), pause(20, VENDOR), resume(50), pause(60, APPROVAL), resume(70)),
            {},
            [
                ("unaccepted", 0, 10), ("working", 10, 20), (VENDOR, 20, 50),
                ("working", 50, 60), (APPROVAL, 60, 70), ("working", 70, 100),
            ],
            id="waiting by its reason",
        ),
        pytest.param(
            (accept(0), pause(20, VENDOR), hand_over(30, "U_B")),
            {},
            [("working", 0, 20), (VENDOR, 20, 100)],
            id="what it waits for goes before who owns it",
        ),
        pytest.param(
            (accept(0), *proven(40), resolve(40), send_back(50), resolve(70), *SIGNED),
            {},
            [("working", 0, 40), ("verifying", 40, 50), ("working", 50, 70), ("verifying", 70, 90)],
            id="verifying until it is sent back or signed off",
        ),
        pytest.param(
            (accept(0), pause(20, VENDOR), cancel(30), reopen(60)),
            {},
            [("working", 0, 20), (VENDOR, 20, 30), ("working", 60, 100)],
            id="closed time is no life, and ends a pause",
        ),
    ],
)  # fmt: skip
def test_every_minute_is_in_one_phase(
    acts: tuple[Act, ...], fields: dict[str, object], stretches: list[tuple[str, float, float]]
) -> None:
    _, log = lived(*acts, **fields)
    assert told(log, 100) == stretches


def erased(log: Sequence[Entry]) -> list[Entry]:
    return [Erased(entry.kind, entry.actor, entry.at) for entry in log]  # type: ignore[misc]


def test_what_was_erased_is_unknown_and_still_adds_up() -> None:
    _, log = lived(accept(10), pause(20, VENDOR), resume(50), *proven(60), resolve(60), *SIGNED)
    assert told(erased(log), 100) == [
        ("unknown", 0, 20),
        ("waiting", 20, 50),
        ("unknown", 50, 60),
        ("verifying", 60, 90),
    ]


def test_nobody_knows_whose_seat_was_emptied_once_that_is_erased() -> None:
    _, log = lived(accept(10), update(15), gone(20, CLINICAL.user))
    assert told([*log[:-1], *erased(log[-1:])], 100)[-1] == ("unknown", 20, 100)


def test_nothing_is_logged() -> None:
    assert ledger_of([], at(100)).life_for == timedelta()


def test_a_hand_off_dwells_until_the_new_owner_acts() -> None:
    b, c = Actor("U_B"), Actor("U_C")
    _, log = lived(
        accept(5), hand_over(10, "U_B"), update(14, b), accept(20, b), hand_over(30, "U_C"), accept(40, c),
        hand_over(50, "U_D"),
    )  # fmt: skip
    ledger = ledger_of(log, at(100))
    assert [(one.to, minutes(one.dwell_for), one.acted_at) for one in ledger.hand_offs] == [
        ("U_B", 4, at(14)),
        ("U_C", 10, at(40)),
        ("U_D", 50, None),
    ]
    assert ledger.median_dwell_for == timedelta(minutes=10)
    assert minutes(ledger.dwell_for) == 64


def test_what_others_do_ends_no_dwell() -> None:
    _, log = lived(accept(5), hand_over(10, "U_B"), update(14, OWNER), accept(30, Actor("U_B")))
    (one,) = ledger_of(log, at(100)).hand_offs
    assert minutes(one.dwell_for) == 20


def test_the_first_owner_is_no_hand_off() -> None:
    _, log = lived(hand_over(10, "U_B"), owner=None)
    assert ledger_of(log, at(100)).hand_offs == ()
    assert ledger_of(log, at(100)).median_dwell_for is None


def test_a_hand_off_whose_name_was_erased_ends_when_somebody_accepts() -> None:
    _, log = lived(accept(5), hand_over(10, "U_B"), accept(20, Actor("U_B")))
    (one,) = ledger_of(erased(log), at(100)).hand_offs
    assert (one.to, minutes(one.dwell_for)) == (None, 10)


def lost(burst: Burst, log: Sequence[Entry], until: float) -> list[tuple[str, str, float, float]]:
    """What the time beyond the promise is put down to, in minutes by the wall and net."""
    delay = delay_of(burst, log, ledger_of(log, at(until)), at(until))
    return [(one.cause, one.because, minutes(one.wall_for), minutes(one.net_for)) for one in delay.shares]


@pytest.mark.parametrize(
    ("acts", "fields", "shares"),
    [
        pytest.param((accept(10), *proven(60), resolve(60)), {}, [], id="in time"),
        pytest.param(
            (accept(10), *proven(100), resolve(100)),
            {},
            [("unclear_ownership", Ground.OWNERLESS, 10, 10), ("technical_complexity", Ground.CONFIRMED, 30, 30)],
            id="the confirmed cause gets what the log does not tell",
        ),
        pytest.param(
            (accept(0), *proven(100), resolve(100, "technical_complexity", "scope_change", "site_variation")),
            {},
            [
                ("technical_complexity", Ground.CONFIRMED, 20, 20),
                ("scope_change", Ground.CONFIRMED, 10, 10),
                ("site_variation", Ground.CONFIRMED, 10, 10),
            ],
            id="the main cause counts twice",
        ),
        pytest.param(
            (accept(0), pause(10, VENDOR), resume(70), *proven(100), resolve(100)),
            {},
            [("vendor_wait", VENDOR, 40, 0)],
            id="a pause is felt, and is no working time",
        ),
        pytest.param(
            (accept(0), pause(10, VENDOR), resume(40), *proven(130), resolve(130)),
            {},
            [("vendor_wait", VENDOR, 30, 0), ("technical_complexity", Ground.CONFIRMED, 40, 40)],
            id="a pause explains what was felt, and nothing of what was worked",
        ),
        pytest.param(
            (accept(20), pause(30, VENDOR), resume(90), *proven(100), resolve(100)),
            {},
            [("unclear_ownership", Ground.OWNERLESS, 10, 0), ("vendor_wait", VENDOR, 30, 0)],
            id="where more was lost than it was late, each cause gets the same part of it",
        ),
        pytest.param(
            (accept(0), add(45, "U_X", "vendor_fse"), *proven(100), resolve(100)),
            {"absent": ("vendor_fse",)},
            [
                ("late_stakeholder_entry", Ground.LATE_ENTRY, 30, 30),
                ("technical_complexity", Ground.CONFIRMED, 10, 10),
            ],
            id="without a role that came late, from a quarter of the promise on",
        ),
        pytest.param(
            (accept(0), update(10), seat(30, Seat.TECHNICAL_LEAD, "U_T"), *proven(90), resolve(90)),
            {"technical_lead": None, "invited": ()},
            [
                ("late_stakeholder_entry", Ground.EMPTY_SEAT, 10, 10),
                ("late_stakeholder_entry", Ground.LATE_ENTRY, 15, 15),
                ("technical_complexity", Ground.CONFIRMED, 5, 5),
            ],
            id="a seat that was empty, and came late",
        ),
        pytest.param(
            (accept(0),), {}, [("", Ground.UNEXPLAINED, 40, 40)], id="it goes on, and nothing tells why"
        ),
    ],
)  # fmt: skip
def test_what_was_lost_is_put_down_to(
    acts: tuple[Act, ...], fields: dict[str, object], shares: list[tuple[str, str, float, float]]
) -> None:
    burst, log = lived(*acts, **fields)
    assert lost(burst, log, 100) == shares


def test_time_between_closing_and_reopening_is_not_lost() -> None:
    burst, log = lived(accept(0), cancel(10), reopen(1010))
    assert lost(burst, log, 1090) == [("", Ground.UNEXPLAINED, 30, 30)]


@pytest.mark.parametrize(
    ("acts", "late"),
    [
        ((add(16, "U_X", "vendor_fse"),), ["vendor_fse"]),
        ((add(15, "U_X", "vendor_fse"),), []),
        ((add(16, "U_X", "network"),), []),
        ((gone(10, CLINICAL.user), seat(50, Seat.CLINICAL_LEAD, "U_C")), []),
    ],
    ids=["late", "a quarter is not late", "nobody listed it", "the seat had been filled before"],
)
def test_who_came_late(acts: tuple[Act, ...], late: list[str]) -> None:
    burst, log = lived(accept(0), *acts, absent=("vendor_fse",))
    assert [one.what for one in late_entries(burst, log)] == late


@pytest.mark.parametrize("weights", [[1], [1, 1, 1], [2, 1], [0, 7, 3]])
def test_parts_add_up(weights: list[int]) -> None:
    whole = timedelta(microseconds=100_001)
    parts = shared_out(whole, weights)
    assert sum(parts, timedelta()) == whole
    total = sum(weights)
    exact = [whole * weight / total for weight in weights]
    assert all(abs(part - one) <= timedelta(microseconds=1) for part, one in zip(parts, exact, strict=True))
