"""What people do in the quarter: a plan that is drawn by a seed before anything happens.

An act names whoever does it by what they are to the burst then (``owner``, ``clinical``, ``duty`` ...) or by
their Slack user. Whether it is possible at that moment is for the bot, and for the oracle, to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.quarter.hospitals import BEGINS, DAYS, ENDS, SITES

FAMILIES = (
    "dicom_mapping",
    "network_provisioning",
    "user_access",
    "hl7_interface",
    "security_review",
    "data_migration",
    "ai_routing",
    "validation_defect",
)
# How long a person takes for things, by severity: about the time that the policy gives to accept.
PACE = {
    "sev1": timedelta(minutes=15),
    "sev2": timedelta(minutes=45),
    "sev3": timedelta(hours=7),
    "sev4": timedelta(hours=30),
}
LEVELS = {"sev1": (1, 1), "sev2": (2, 1), "sev3": (2, 2), "sev4": (3, 3)}
NEWS = "The cause is narrowed down, the next step is under way: number {}."
NOD = "Still on it."
# Acts happen on this grid, so that every share of every promise is a whole number of seconds.
GRID_SECONDS = 20
WORKAROUNDS = ("none", "partial", "full")


@dataclass(frozen=True)
class Intake:
    """With what a burst is raised."""

    family: str
    sites: tuple[str, ...]
    stage: str
    impact: int
    urgency: int
    needed_on: date | None
    workaround: str


@dataclass(frozen=True)
class Act:
    """``who`` does ``verb`` to the burst with that number at ``at``; ``told`` is what else it takes."""

    at: datetime
    burst: int
    verb: str
    who: str
    told: dict[str, Any] = field(default_factory=dict)


def plan(seed: int, bursts: int, days: int = DAYS) -> list[Act]:
    """Everything that happens, in order. Bursts are numbered as they are opened."""
    draw = Random(f"{seed} acts")  # noqa: S311 - to be had again, not to be secret
    opened = sorted(_moment(draw, days) for _ in range(bursts))
    acts = [act for number, at in enumerate(opened, start=1) for act in Life(draw, number, at).acts()]
    acts = [replace(act, at=on_grid(act.at, draw)) if act.verb != "open" else act for act in acts]
    acts = [act for act in acts if act.verb == "open" or act.at > opened[act.burst - 1]]
    acts = [*_one_at_a_time(acts), *_covers(draw, max(1, bursts // 20), days)]
    return sorted((act for act in acts if act.at < ENDS), key=lambda act: (act.at, act.burst))


def _one_at_a_time(acts: list[Act]) -> Iterator[Act]:
    """The same acts, no two of them about one burst in one second."""
    taken: set[tuple[int, datetime]] = set()
    for act in sorted(acts, key=lambda act: act.at):
        at = act.at
        while (act.burst, at) in taken:
            at += timedelta(seconds=GRID_SECONDS)
        taken.add((act.burst, at))
        yield replace(act, at=at)


def _moment(draw: Random, days: int) -> datetime:
    """Some moment of the quarter, day or night."""
    return on_grid(BEGINS + timedelta(minutes=draw.randrange(20, days * 24 * 60 - 60)), draw)


def on_grid(at: datetime, draw: Random) -> datetime:
    """A moment about then: on the grid, and for every fourth on a full quarter of an hour, where promises are due."""
    step = 900 if draw.random() < 0.25 else GRID_SECONDS
    return BEGINS + timedelta(seconds=round((at - BEGINS).total_seconds() / step) * step)


def _covers(draw: Random, number: int, days: int) -> Iterator[Act]:
    """People say who stands in for them; whoever is in the file has the user id that the file gives them."""
    for _ in range(number):
        at = _moment(draw, days)
        yield Act(
            at, 0, "cover", _somebody(draw), {"by": _somebody(draw), "hours": draw.choice((2, 9, 30, 100))}
        )


class Life:
    """One burst as people live it, from its opening on; acts may come too early, too late or twice."""

    def __init__(self, draw: Random, number: int, at: datetime) -> None:
        self._draw = draw
        self._number = number
        self._opened = at
        self._severity = draw.choices(tuple(PACE), (2, 3, 4, 2))[0]
        self._pace = PACE[self._severity]
        self._news = 0

    def acts(self) -> Iterator[Act]:
        """The acts, in any order."""
        yield self._open()
        yield from self._answer()
        yield from self._work()
        yield from self._trouble()
        yield from self._end(self._after(3, 22))

    def _happens(self, odds: float) -> bool:
        return self._draw.random() < odds

    def _after(self, least: float, most: float) -> datetime:
        return self._opened + self._pace * self._draw.uniform(least, most)

    def _act(self, at: datetime, verb: str, *who: str, **told: Any) -> Act:
        not_before = self._opened + timedelta(minutes=1)
        return Act(max(at, not_before), self._number, verb, self._draw.choice(who), told)

    def _open(self) -> Act:
        draw = self._draw
        sites = draw.sample(tuple(SITES), draw.choices((1, 2, 3), (75, 20, 5))[0])
        days = draw.choice((None, None, None, None, 1, 2, 5, 12))
        intake = Intake(
            family=draw.choice(FAMILIES),
            sites=tuple(sites),
            stage=draw.choice(("initiation", "design", "build", "validation", "go_live")),
            impact=LEVELS[self._severity][0],
            urgency=LEVELS[self._severity][1],
            needed_on=self._opened.date() + timedelta(days=days) if days else None,
            workaround=draw.choices(("none", "partial", "full"), (8, 1, 1))[0],
        )
        return Act(self._opened, self._number, "open", _somebody(draw), {"intake": intake})

    def _answer(self) -> Iterator[Act]:
        how = self._draw.choices(("early", "late", "never", "declines"), (60, 20, 8, 12))[0]
        if how == "declines":
            yield self._act(self._after(0.1, 1.2), "decline", "owner")
            yield self._act(self._after(1.3, 3), "accept", "owner")
        elif how != "never":
            yield self._act(
                self._after(0.05, 0.9) if how == "early" else self._after(1, 6), "accept", "owner"
            )
        if self._happens(0.7):
            yield self._act(self._after(0.2, 2), "intake", "raiser")

    def _work(self) -> Iterator[Act]:
        for _ in range(self._draw.randrange(8)):
            who = ("owner", "owner", "owner", "clinical", "technical", "duty", "lead")
            yield self._act(self._after(0.5, 20), "update", *who, **self._words())
        if self._happens(0.3):
            yield self._act(self._after(1, 15), "decide", "owner", "technical", text=self._fresh())

    def _words(self) -> dict[str, Any]:
        kind = self._draw.choices(("news", "nod", "repeat"), (75, 12, 13))[0]
        text = {"nod": NOD, "repeat": NEWS.format(self._news)}.get(kind) or self._fresh()
        return {"text": text, "workaround": self._draw.choice(WORKAROUNDS) if self._happens(0.2) else None}

    def _fresh(self) -> str:
        self._news += 1
        return NEWS.format(self._news)

    def _trouble(self) -> Iterator[Act]:
        if self._happens(0.3):
            yield from self._pauses()
        if self._happens(0.2):
            at, level = self._after(0.3, 12), self._draw.choice(tuple(LEVELS.values()))
            yield self._act(at, "severity", "lead", "cell_2", "owner", level=level)
            if self._happens(0.5):  # it was not so after all
                at, level = at + self._pace * self._draw.uniform(0.01, 1), LEVELS[self._severity]
                yield self._act(at, "severity", "lead", "cell_2", level=level)
        if self._happens(0.2):
            yield self._act(self._after(0.3, 15), "escalate", "owner", "clinical", "raiser")
        if self._happens(0.08):
            yield self._act(
                self._after(1, 9), "hand_over", "owner", "clinical", "lead", to=_somebody(self._draw)
            )
        for _ in range(self._draw.choice((0, 0, 1, 2, 3))):
            yield self._act(self._after(1, 25), "take_up", "duty", "lead", "cell_1", "deputy")

    def _pauses(self) -> Iterator[Act]:
        at = self._after(1, 12)
        for _ in range(self._draw.choice((1, 1, 2))):
            lasts = self._pace * self._draw.uniform(0.3, 6)
            until = on_grid(at + lasts, self._draw)
            yield self._act(at, "pause", "owner", "technical", "cell_3", until=until)
            if self._happens(0.3):
                longer = {"until": on_grid(until + lasts * self._draw.uniform(0, 1), self._draw)}
                yield self._act(at + lasts / 2, "pause", "owner", "clinical", "cell_3", **longer)
            if self._happens(0.4):
                yield self._act(at + lasts * self._draw.uniform(0.1, 0.9), "resume", "owner", "clinical")
            at = until + self._pace * self._draw.uniform(0.1, 2)

    def _end(self, at: datetime) -> Iterator[Act]:
        """Most are resolved, some of them twice; some are cancelled, and some never end."""
        how = self._draw.choices(("resolved", "cancelled", "never"), (80, 8, 12))[0]
        if how == "cancelled":
            yield self._act(at, "cancel", "owner", "lead", "raiser")
        elif how == "resolved":
            yield from self._resolve(at)
            after = at + self._pace * self._draw.uniform(0.2, 2)
            if self._happens(0.2):
                yield self._act(after, "send_back", "clinical", "raiser")
                at = after + self._pace * self._draw.uniform(0.5, 6)
                yield from self._resolve(at)
            if self._happens(0.9):
                yield from self._sign(at)

    def _resolve(self, at: datetime) -> Iterator[Act]:
        for second, kind in enumerate((0, 1)):
            shift = timedelta(seconds=second * GRID_SECONDS)
            yield self._act(at + shift, "evidence", "owner", "technical", kind=kind, text=self._fresh())
        yield self._act(at + timedelta(minutes=2), "resolve", "owner", "owner", "technical", "cell_4")

    def _sign(self, at: datetime) -> Iterator[Act]:
        if self._happens(0.4):
            yield self._act(at + self._pace * self._draw.uniform(0.1, 3), "confirm", "raiser")
        if self._happens(0.1):
            more = {"kind": 1, "text": self._fresh()}
            yield self._act(at + self._pace * self._draw.uniform(0.3, 2), "evidence", "clinical", **more)
        for who in ("clinical", "checker"):
            yield self._act(at + self._pace * self._draw.uniform(0.2, 4), "sign_off", who)
        if self._happens(0.08):
            reopened = at + self._pace * 4 + timedelta(hours=self._draw.uniform(1, 20))
            yield self._act(reopened, "reopen", "raiser", "owner", "lead")


def _somebody(draw: Random) -> str:
    return f"U01Q{draw.randrange(1, 86):04}"
