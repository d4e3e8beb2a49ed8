"""Seeded mistakes, more than fifty, each of which the tests must notice: ``make mutations``.

Each is made in a copy of the tree, one at a time: a flipped comparison, a dropped effect, a wrong
role. The tests named beside it run, and must fail; without a mistake they must pass, or their failing
would say nothing. Exits 1 when a mistake survived.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tools.mistaken_accounts import ACCOUNTS
from tools.mistaken_exports import EXPORTS
from tools.mistaken_promises import PROMISES
from tools.mistakes import FORCE, LIFE, Mutation

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("bot", "storage", "tests", "pyproject.toml", "manifest.yml")
DELIVERIES = ("tests/operations/test_changes.py",)
OWNERS = ("tests/operations/test_owners.py",)
ARCHIVE = ("tests/operations/test_archive.py",)
CHANNELS = ("tests/operations/test_edges_membership.py",)
SENDER = ("tests/slack/test_sender.py", "tests/slack/test_sender_waiting.py")
FROZEN = ("tests/slack/test_life.py", "tests/slack/test_pulse.py", "tests/storage/test_several_processes.py")
SETTLEMENT = ("tests/slack/test_edges_settlement.py",)
PRIVACY = ("tests/unit/privacy/test_guard.py", "tests/unit/privacy/test_checksums.py")
DOOR = ("tests/handlers/test_door.py", "tests/handlers/test_watching.py")
ESCAPING = ("tests/checks/test_escaping.py",)
READING = ("tests/slack/test_requests.py",)
MESSAGES = ("tests/slack/test_sender_messages.py", "tests/slack/test_sender_summaries.py")


PRIVATE = "bot/privacy/"

MUTATIONS = (
    Mutation("one kind of evidence is enough", FORCE + "closure.py", "KINDS_NEEDED = 2", "KINDS_NEEDED = 1"),
    Mutation(
        "withdrawn evidence counts",
        FORCE + "closure.py",
        "for piece in burst.evidence if piece.withdrawn_at is None",
        "for piece in burst.evidence",
    ),
    Mutation(
        "sev2 needs no technical sign-off",
        FORCE + "closure.py",
        "frozenset({Severity.SEV1, Severity.SEV2})",
        "frozenset({Severity.SEV1})",
    ),
    Mutation(
        "the owner signs as clinical co-lead",
        FORCE + "closure.py",
        "clinical is not None and clinical != burst.owner",
        "clinical is not None",
    ),
    Mutation(
        "the owner signs for the technical side",
        FORCE + "permissions.py",
        "barred = {burst.owner, burst.clinical_lead}",
        "barred = {burst.clinical_lead}",
    ),
    Mutation(
        "participants may hand over",
        FORCE + "permissions.py",
        "Right.HAND_OVER: _LEADING | _ABOVE",
        "Right.HAND_OVER: _TEAM | _ABOVE",
    ),
    Mutation(
        "anybody may read a private burst",
        FORCE + "permissions.py",
        "if burst is not None and burst.private and not roles & _PRIVATE_READERS:",
        "if burst is not None and not burst.private and not roles & _PRIVATE_READERS:",
    ),
    Mutation(
        "guests may do everything",
        FORCE + "permissions.py",
        "return right in _GUEST_RIGHTS and Part.PARTICIPANT in roles",
        "return Part.PARTICIPANT in roles",
    ),
    Mutation(
        "a clock is missed only after its due time",
        LIFE + "ringing.py",
        "and now >= clock.due_at:",
        "and now > clock.due_at:",
    ),
    Mutation(
        "the owner's reminder comes as a reproach",
        LIFE + "ringing.py",
        "draft.ping(asked, Rank.REMINDER, clock=clock.number)",
        "draft.ping(asked, Rank.MISSED, clock=clock.number)",
    ),
    Mutation(
        "an answered step does not end the chain",
        FORCE + "ladder.py",
        "if before is None or before.answered_at is not None:",
        "if before is None:",
    ),
    Mutation(
        "a step that reaches nobody is waited for",
        FORCE + "ladder.py",
        "if not before.reached:",
        "if before.reached and not before.step:",
    ),
    Mutation(
        "a take-up does not hold the ladder",
        FORCE + "ladder.py",
        "ARMED or clock.held_since is not None:\n        return None\n    steps",
        "ARMED:\n        return None\n    steps",
    ),
    Mutation(
        "the needed-by date is forgotten",
        FORCE + "clocks.py",
        "return due if needed_on is None else min(due, end_of_day(policy, needed_on)[1])",
        "return due if needed_on is None else max(due, end_of_day(policy, needed_on)[1])",
    ),
    Mutation(
        "clocks run on after closing",
        LIFE + "ending.py",
        "draft.after = clocks.disarm_kinds(draft.after, *ended, now=draft.now)\n    draft.change(\n        state=State.CLOSED",
        "draft.change(\n        state=State.CLOSED",
    ),
    Mutation(
        "the summary is never posted",
        LIFE + "ending.py",
        "    draft.effect(EffectKind.POST_SUMMARY)\n",
        "",
    ),
    Mutation(
        "a channel that is not ours is archived",
        LIFE + "ending.py",
        "place is not None and place.ours and",
        "place is not None and",
    ),
    Mutation(
        "the raiser is not asked",
        LIFE + "finishing.py",
        "    ask_raiser(draft)\n    return draft.done()",
        "    return draft.done()",
    ),
    Mutation(
        "the same delivery commits twice",
        "bot/operations/office.py",
        "if not unit.inbox.remember(request.key, operation, now):",
        "if unit.inbox.remember(request.key, operation, now) is None:",
        DELIVERIES,
    ),
    Mutation(
        "the next owner may have declined before",
        "bot/operations/successors.py",
        "*_declined(unit, burst), *barred(",
        "*barred(",
        OWNERS,
    ),
    Mutation(
        "a closed burst is not filed",
        "bot/operations/filing.py",
        "if burst.state in ENDED and burst.closed_at is not None:",
        "if burst.state not in ENDED and burst.closed_at is not None:",
        ARCHIVE,
    ),
    Mutation(
        "two bursts share a channel",
        "bot/operations/attach.py",
        "taken.id != burst.id",
        "taken.id == burst.id",
        CHANNELS,
    ),
    Mutation(
        "an earlier attempt is not looked for",
        "bot/slack/delivery/posting.py",
        "thread_ts) if job.tried else None",
        "thread_ts) if not job.tried else None",
        SENDER,
    ),
    Mutation(
        "a rescued lease counts as untouched",
        "bot/slack/sender.py",
        "return row.attempt > 0 or not innocent",
        "return row.attempt > 0",
        SENDER,
    ),
    Mutation(
        "who was taken for dead sends what it had",
        "bot/slack/sending/life.py",
        "clock.monotonic() - self._shown_at < lasts and self._lives == life",
        "clock.monotonic() - self._shown_at < lasts",
        FROZEN,
    ),
    Mutation(
        "who stood still for longer than a lease sends before it looks",
        "bot/slack/sending/life.py",
        "clock.monotonic() - self._shown_at < lasts and self._lives == life",
        "self._lives == life",
        FROZEN,
    ),
    Mutation(
        "what came while the process stood still is done",
        "bot/slack/pulse.py",
        "return now - self._woke_at < SETTLES_FOR",
        "return False",
        FROZEN,
    ),
    Mutation(
        "a transaction that stands still keeps its locks",
        "storage/engine.py",
        '"idle_in_transaction_session_timeout": int(ABANDONED_AFTER * 1000),',
        "",
        FROZEN,
    ),
    Mutation(
        "a refused essential is let go like a courtesy",
        "bot/slack/sending/attempt.py",
        "if row.kind in COURTESIES and row.burst_id is not None:",
        "if row.burst_id is not None:",
        SENDER,
    ),
    Mutation(
        "whoever lost the lease records all the same",
        "bot/slack/sending/settlement.py",
        "        if held:\n",
        "        if held or settlement.facts:\n",
        SETTLEMENT,
    ),
    Mutation(
        "an owner who accepted is asked to accept",
        "bot/taskforce/moot.py",
        "burst.accepted_at is not None or burst.owner",
        "burst.accepted_at is None or burst.owner",
        MESSAGES,
    ),
    Mutation(
        "a title reaches Slack as somebody typed it",
        "bot/slack/views/lists.py",
        "{inline(burst.title, 120)}",
        "{burst.title}",
        ESCAPING,
    ),
    Mutation(
        "half a character is passed on to the database",
        "bot/slack/requests.py",
        'body = _kept(body)\n    inner = _mapping(body, "event")',
        'inner = _mapping(body, "event")',
        READING,
    ),
    Mutation(
        "any ten digits are an NHS number",
        PRIVATE + "checksums.py",
        "weighted(number, range(10, 0, -1)) % 11 == 0",
        "weighted(number, range(10, 0, -1)) >= 0",
        PRIVACY,
    ),
    Mutation(
        "a commit does not wait for the disk",
        "storage/engine.py",
        '"synchronous=FULL"',
        '"synchronous=NORMAL"',
        ("tests/faults/test_command.py",),
    ),
    Mutation(
        "a domain that ends like a known one is known",
        PRIVATE + "detectors/contacts.py",
        'domain.endswith("." + one)',
        "domain.endswith(one)",
        PRIVACY,
    ),
    Mutation(
        "the gravest category does not decide",
        PRIVATE + "terms.py",
        "next((one for one in Verdict if one in verdicts), Verdict.CLEAN)",
        "next((one for one in reversed(Verdict) if one in verdicts), Verdict.CLEAN)",
        PRIVACY,
    ),
    Mutation(
        "pages pass the privacy guard by",
        "bot/app.py",
        "{name: door.submission(handle) for name, handle in submissions.items()}",
        "submissions",
        DOOR,
    ),
    Mutation(
        "a confirmation lets in what identifies",
        "bot/operations/guarding.py",
        "    if blocked:",
        "    if blocked and not confirmed:",
        DOOR,
    ),
    Mutation(
        "a confirmation is not logged",
        "bot/operations/office.py",
        "        if request.confirmed:",
        "        if not request.confirmed:",
        DOOR,
    ),
    Mutation(
        "what is added to a message is not looked at",
        "bot/handlers/watching.py",
        '_PARTS = ("attachments", "files")',
        '_PARTS = ("attachments",)',
        DOOR,
    ),
    Mutation(
        "a privacy task does not keep the burst open",
        LIFE + "privacy.py",
        "        blocks_closure=True,",
        "        blocks_closure=False,",
    ),
    *PROMISES,
    *ACCOUNTS,
    *EXPORTS,
)


def survives(mutation: Mutation, copy: Path) -> bool:
    """Whether the tests pass in spite of the mistake. Raises ``LookupError`` unless its line is there once."""
    path = copy / mutation.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(mutation.old) != 1:
        raise LookupError(f"{mutation.what}: {mutation.file} no longer has the line, or has it twice")
    path.write_text(sound.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        return run(mutation.tests, copy) is None
    finally:
        path.write_text(sound, encoding="utf-8")


def run(tests: tuple[str, ...], copy: Path) -> str | None:
    """What the first failing test says, or None. Raises ``RuntimeError`` when they did not even run."""
    done = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise RuntimeError(done.stdout + done.stderr)
    return None if done.returncode == pytest.ExitCode.OK else done.stdout


def copied(folder: Path) -> Path:
    """The tree without what tests left behind, in ``folder``."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def main() -> int:
    """Make every mistake; 0 when all were noticed. Raises ``RuntimeError`` when tests fail without one."""
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for tests in dict.fromkeys(mutation.tests for mutation in MUTATIONS):
            failure = run(tests, copy)
            if failure is not None:
                raise RuntimeError(f"{tests[0]} fails without a mistake, too:\n{failure}")
        for mutation in MUTATIONS:
            survived = survives(mutation, copy)
            survivors += survived
            sys.stdout.write(f"{'SURVIVED' if survived else 'noticed '}  {mutation.what}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(MUTATIONS) - survivors} of {len(MUTATIONS)} noticed\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
