"""Seeded mistakes in what promises are made of: clocks, the ladder, manners and votes."""

from tools.mistakes import FORCE, LIFE, Mutation

_UNIT = "tests/unit/taskforce/test_"
CLOCKS = tuple(
    f"{_UNIT}{name}.py"
    for name in (
        "clocks", "edges_ringing", "extending", "ladder", "milestones", "news", "pauses", "several_sites",
        "workaround", "edges_ladder",
    )
)  # fmt: skip
MANNERS = (f"{_UNIT}manners.py", "tests/operations/test_release.py", "tests/slack/test_news_of_an_end.py")
RETOLD = ("tests/unit/taskforce/test_retelling.py",)
VOTES = (f"{_UNIT}voting.py", f"{_UNIT}deciding.py", "tests/operations/test_deciding.py")

PROMISES = (
    Mutation(
        "several sites wait for the slowest one",
        FORCE + "clocks.py",
        "return min(((name, calendar(policy, name).add(start, length)) for name in names)",
        "return max(((name, calendar(policy, name).add(start, length)) for name in names)",
        CLOCKS,
    ),
    Mutation(
        "time for which a take-up held the ladder is lost",
        FORCE + "clocks.py",
        "held_for=clock.held_for + max(held_for, timedelta())",
        "held_for=clock.held_for",
        CLOCKS,
    ),
    Mutation(
        "an extension makes the promise no longer",
        FORCE + "targets.py",
        "total_for=clock.total_for + added_for",
        "total_for=clock.total_for",
        CLOCKS,
    ),
    Mutation(
        "a pause counts for nothing once the severity has changed",
        FORCE + "targets.py",
        "stood_for = clocks.stood_for(clock, calendar) + _untold_for(before, clock)",
        "stood_for = _untold_for(before, clock)",
        ("tests/unit/taskforce/test_due_times.py",),
    ),
    Mutation(
        "a miss is told again when its severity is back",
        FORCE + "retelling.py",
        "return burst if told is None else",
        "return burst if told is None or told.fired else",
        RETOLD,
    ),
    Mutation(
        "whoever answered what all are asked has answered for all under every ladder",
        FORCE + "targets.py",
        "tuple(answers.recounted(burst, one) for one in clock.fired)",
        "clock.fired",
        ("tests/unit/taskforce/test_answers.py",),
    ),
    Mutation(
        "whoever had not heard of a miss never hears of it",
        "bot/operations/reviving.py",
        "sorted(known.keys() - settled)",
        "sorted(known.keys() & settled)",
        ("tests/operations/test_reviving.py",),
    ),
    Mutation(
        "time given by hand is lost when a target goes on",
        FORCE + "targets.py",
        "        and stopped.promise == promise\n",
        "        and stopped.promise != promise\n",
        CLOCKS,
    ),
    Mutation(
        "a partial workaround stretches no cadence",
        FORCE + "policy.py",
        'if workaround != "none" and',
        'if workaround == "full" and',
        ("tests/unit/test_policy.py",),
    ),
    Mutation(
        "a milestone warns of days that were over when it began",
        FORCE + "milestones.py",
        "if at > clock.armed_at}",
        "if at != clock.armed_at}",
        CLOCKS,
    ),
    Mutation(
        "a workaround's target calls the owner",
        LIFE + "ringing.py",
        "return ()  # a target",
        "return (burst.owner,)  # a target",
        CLOCKS,
    ),
    Mutation(
        "of the warnings slept through the earliest is told",
        LIFE + "ringing.py",
        "at, point = passed[-1]",
        "at, point = passed[0]",
        CLOCKS,
    ),
    Mutation(
        "the end of a pause is told to the owner alone",
        LIFE + "ringing.py",
        "draft.ping(leading, Rank.REMINDER",
        "draft.ping(leading[:1], Rank.REMINDER",
        CLOCKS,
    ),
    Mutation(
        "a sev1 can be paused",
        LIFE + "pausing.py",
        "if burst.severity is Severity.SEV1:",
        "if burst.severity is Severity.SEV4:",
        CLOCKS,
    ),
    Mutation(
        "a pause may last for weeks",
        LIFE + "pausing.py",
        'LONGEST = Duration.parse("5bd")',
        'LONGEST = Duration.parse("15bd")',
        CLOCKS,
    ),
    Mutation(
        "an owner extends a pause alone",
        LIFE + "pausing.py",
        "require(Right.EXTEND_PAUSE, actor, burst)",
        "require(Right.PAUSE, actor, burst)",
        CLOCKS,
    ),
    Mutation(
        "of several pauses only the last is kept",
        LIFE + "pausing.py",
        "pauses=(*pauses, past)",
        "pauses=(past,)",
        CLOCKS,
    ),
    Mutation(
        "a nod restarts the time to the next update",
        LIFE + "activity.py",
        "SUBSTANTIVE_FROM = 20",
        "SUBSTANTIVE_FROM = 2",
        CLOCKS,
    ),
    Mutation(
        "what was said before is news again",
        LIFE + "activity.py",
        "and digest(text) not in burst.news",
        "and digest(text) not in burst.news[-1:]",
        CLOCKS,
    ),
    Mutation(
        "what is late waits for its own clock alone",
        FORCE + "ladder.py",
        "burst.clocks if late else (clock,)",
        "(clock,)",
        CLOCKS,
    ),
    Mutation(
        "an equal rank does not wait",
        FORCE + "manners.py",
        "return earlier.weight >= ping.weight and",
        "return earlier.weight > ping.weight and",
        MANNERS,
    ),
    Mutation(
        "a short promise's warning waits",
        FORCE + "manners.py",
        "    if ping.at_once:",
        "    if ping.at_once and quiet_until is None and not lately:",
        MANNERS,
    ),
    Mutation(
        "quiet hours are nobody's",
        FORCE + "manners.py",
        "    if quiet_until is not None:",
        "    if quiet_until is not None and lately:",
        MANNERS,
    ),
    Mutation(
        "a sev2 waits until the morning",
        "bot/taskforce/manners.py",
        "frozenset({Severity.SEV3, Severity.SEV4})",
        "frozenset({Severity.SEV2, Severity.SEV3, Severity.SEV4})",
        MANNERS,
    ),
    Mutation(
        "what was settled while it waited is sent",
        "bot/operations/release.py",
        "self._unit.holding.drop(over)",
        "self._unit.holding.drop(set())",
        MANNERS,
    ),
    Mutation(
        "many bursts at once are many messages",
        FORCE + "manners.py",
        "SUMMARY_FROM = 3",
        "SUMMARY_FROM = 300",
        MANNERS,
    ),
    Mutation(
        "the end of a pause is dropped as moot",
        "bot/taskforce/spoken.py",
        "case ClockKind.PAUSE if clock.state is ClockState.MET:",
        "case ClockKind.PAUSE if clock.state is ClockState.PAUSED:",
        MANNERS,
    ),
    Mutation(
        "votes that disagree make a quorum",
        LIFE + "voting.py",
        "(vote.verdict, vote.option) == (latest.verdict, latest.option)",
        "(vote.verdict, vote.option) != (None, None)",
        VOTES,
    ),
    Mutation(
        "who no longer holds the right still counts",
        LIFE + "voting.py",
        "if vote.seat in holders.seats and",
        "if",
        VOTES,
    ),
    Mutation(
        "a question is put off to the latest time",
        LIFE + "voting.py",
        "min(one.until for one in agreeing if one.until)",
        "max(one.until for one in agreeing if one.until)",
        VOTES,
    ),
    Mutation(
        "a stand-in has a voice for each of those they stand in for",
        LIFE + "voting.py",
        "if vote.seat != v.seat and vote.by != v.by",
        "if vote.seat != v.seat",
        VOTES,
    ),
    Mutation(
        "one of a quorum decides alone",
        LIFE + "decisions.py",
        "holders.needed(holders.quorum) > 1",
        "holders.needed(holders.quorum) > 9",
        VOTES,
    ),
)
