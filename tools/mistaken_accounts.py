"""Seeded mistakes in the account of time: phases, changes of owner, and what lost time is put down to."""

from tools.mistakes import FORCE, Mutation

LEDGER = ("tests/unit/taskforce/test_ledger.py",)
CAUSES = ("tests/unit/taskforce/test_causes.py",)
TOLD = ("tests/unit/reports/test_where_the_time_went.py",)

ACCOUNTS = (
    Mutation(
        "what is waited for counts as without an owner",
        FORCE + "ledger.py",
        "if self.paused:",
        "if self.paused and self.accepted:",
        LEDGER,
    ),
    Mutation(
        "the time after the end is life",
        FORCE + "ledger.py",
        '{"paused": False, "ended": True}',
        '{"paused": False}',
        LEDGER,
    ),
    Mutation(
        "a pause goes on after the end",
        FORCE + "ledger.py",
        '{"paused": False, "ended": True}',
        '{"ended": True}',
        LEDGER,
    ),
    Mutation(
        "nobody has begun before every seat is filled",
        FORCE + "ledger.py",
        "if self.begun or self.empty == frozenset():",
        "if self.empty == frozenset():",
        LEDGER,
    ),
    Mutation(
        "the first owner is a change of owner",
        FORCE + "ledger.py",
        "    had_owner = False\n",
        "    had_owner = True\n",
        LEDGER,
    ),
    Mutation(
        "anybody acts for a new owner",
        FORCE + "ledger.py",
        "(one.actor == to and one.kind is not EntryKind.LEFT)",
        "one.kind is not EntryKind.LEFT",
        LEDGER,
    ),
    Mutation(
        "who comes after a quarter of the time is not late",
        FORCE + "attendance.py",
        "LATE_FROM = 0.25",
        "LATE_FROM = 0.5",
        LEDGER,
    ),
    Mutation(
        "a seat that was filled before counts as late",
        FORCE + "attendance.py",
        "filled.setdefault(what, at)",
        "filled[what] = at",
        LEDGER,
    ),
    Mutation(
        "the main cause counts like the others",
        FORCE + "delay.py",
        "_MAIN_COUNTS = 2",
        "_MAIN_COUNTS = 1",
        LEDGER,
    ),
    Mutation(
        "a pause is lost working time",
        FORCE + "delay.py",
        "if stretch.phase is Phase.WAITING:",
        "if stretch.phase is Phase.VERIFYING:",
        LEDGER,
    ),
    Mutation(
        "more is explained than was lost",
        FORCE + "delay.py",
        "if explained_for > lost_for:",
        "if explained_for > 9 * lost_for:",
        LEDGER,
    ),
    Mutation(
        "parts do not add up",
        FORCE + "delay.py",
        "upto = instants * counted // total",
        "upto = done + instants * weight // total",
        LEDGER,
    ),
    Mutation(
        "ownership is unclear only after half of the life",
        FORCE + "causes.py",
        "MUCH = 0.25",
        "MUCH = 0.5",
        CAUSES,
    ),
    Mutation(
        "the answer to the last step is awaited in vain",
        FORCE + "causes.py",
        "for step in steps[:-1])",
        "for step in steps)",
        CAUSES,
    ),
    Mutation(
        "shares add up to less than a hundred",
        "bot/reports/durations.py",
        "by_loss[: 100 - sum(down)]",
        "by_loss[:0]",
        TOLD,
    ),
    Mutation(
        "another kind of blocker is the same",
        "bot/operations/drafts.py",
        "origin is not None and origin.family == family.id",
        "origin is not None",
        ("tests/handlers/test_other_sites.py",),
    ),
)
