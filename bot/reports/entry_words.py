"""What an entry of the log says in words: one plain headline, and what the person wrote.

Nothing here is escaped: these are plain words for documents; whoever shows them in Slack escapes them.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.privacy import Category
from bot.privacy.wording import called
from bot.reports.decision_words import DECISIONS
from bot.reports.durations import local_time, site_zone
from bot.reports.entries import Body, LoggedEntry, moments_in
from bot.reports.extensions import ended_words
from bot.reports.labels import Labels
from bot.reports.told_entry import Reading, Told, corrected
from bot.reports.words import CLOCK, ENTRY, OUTCOME, PAUSE, RIGHT_OF, WORKAROUND
from bot.taskforce.burst import Burst
from bot.taskforce.corrections import latest
from bot.taskforce.durations import Duration
from bot.taskforce.forgetting import ERASED
from bot.taskforce.terms import ClockKind, EntryKind, Outcome, PauseReason


def told(burst: Burst, entry: LoggedEntry, labels: Labels) -> Told:
    """The entry in words; one that was corrected says by which."""
    words = replace(_told(burst, entry, labels), moments=tuple(moments_in(entry.body or {})))
    return replace(words, headline=corrected(words.headline, latest(burst.corrections).get(entry.number)))


def _told(burst: Burst, entry: LoggedEntry, labels: Labels) -> Told:
    if entry.body is None:
        return Told(ENTRY[entry.kind], ERASED)
    word = _WORDS.get(entry.kind, _other)
    return word(Reading(burst, entry, labels))


def _other(read: Reading) -> Told:
    return Told(f"{ENTRY[read.entry.kind]} · {read.who}", read.body.text("text") or read.body.text("reason"))


def _opened(read: Reading) -> Told:
    return Told(f"{read.who} raised it as {read.body.text('severity')}", read.body.text("title"))


def _privacy(read: Reading) -> Told:
    confirmed, found = (_categories(read, name) for name in ("confirmed", "found"))
    if confirmed:
        return Told(f"{read.who} confirmed that this is not about a patient: {called(confirmed)}")
    if found:
        sure = "may identify a patient" if read.body.is_set("certain") else "may be about a patient"
        return Told(f"A message of {read.name('author')} {sure}: {called(found)}")
    return _other(read)


def _categories(read: Reading, name: str) -> list[Category]:
    return [Category(one) for one in read.body.texts(name) if one in set(Category)]


def _assigned(read: Reading) -> Told:
    user = read.body.text("to")
    if not user:
        return Told("Nobody could be found to own it", read.body.text("reason"))
    return Told(f"{read.name('to')} is asked to be the accountable owner", read.body.text("reason"), (user,))


def _accepted(read: Reading) -> Told:
    return Told(f"{read.who} accepted and is the accountable owner")


def _declined(read: Reading) -> Told:
    user = read.body.text("to")
    headline = f"{read.who} declined; {read.name('to')} is asked next" if user else f"{read.who} declined"
    return Told(headline, read.body.text("reason"), (user,))


def _handed_over(read: Reading) -> Told:
    headline = f"{read.who} handed it over to {read.name('to')}, who is asked to accept"
    return Told(headline, read.body.text("reason"), (read.body.text("to"),))


def _joined(read: Reading) -> Told:
    return Told(f"{read.who} joined")


def _added(read: Reading) -> Told:
    via = read.body.text("via")
    role = f" as {read.labels.role(via.removeprefix('role:'))}" if via.startswith("role:") else ""
    user = read.body.text("user")
    if via == "ladder":
        return Told(f"{read.name('user')} was reached by the ladder and can read along")
    who = "The ladder" if read.by_system and read.body.text("step") else read.who
    return Told(f"{who} added {read.name('user')}{role}", read.body.text("reason"), (user,))


def _left(read: Reading) -> Told:
    return Told(f"{read.who} left")


def _seated(read: Reading) -> Told:
    user = read.body.text("to")
    if not user:
        return Told(f"The seat of {read.seat} is empty", read.body.text("reason"))
    return Told(f"{read.name('to')} is now {read.seat}", read.body.text("reason"), (user,))


def _noted(read: Reading) -> Told:
    word = ENTRY[read.entry.kind].lower()
    return Told(f"{read.who} logged a {word}{read.from_message}", read.body.text("text"))


def _action(read: Reading) -> Told:
    if (item := read.body.number("noted")) is not None:
        return Told(f"{read.who} noted on item {item} of the checklist", read.body.text("text"))
    if read.body.number("extended") is None:
        return Told(f"{read.who} logged an action{read.from_message}", read.body.text("text"))
    what = f"the time for: {read.clock.lower()}," if read.body.text("kind") else "the time to resolve"
    right = f", as {RIGHT_OF[read.body.text('right')]}" if read.body.text("right") in RIGHT_OF else ""
    return Told(f"{read.who} extended {what} to {read.local('until')}{right}", read.body.text("reason"))


def _asked(read: Reading) -> Told:
    held = "; the ladder is held meanwhile" if read.body.details.get("held") else ""
    headline = f"{read.who} asks for more, and for an answer by {read.local('answer_by')}{held}"
    return Told(headline, read.body.text("text"), read.body.texts("asked"))


def _update(read: Reading) -> Told:
    workaround = read.body.text("workaround")
    stands = (
        f" (workaround: {WORKAROUND.get(workaround, workaround).lower()})"
        if workaround not in {"", "none"}
        else ""
    )
    return Told(f"{read.who} posted an update{stands}", read.body.text("text"))


def _evidence(read: Reading) -> Told:
    kinds = {kind: label for kind, label, _ in read.burst.evidence_kinds}
    kind = read.body.text("kind")
    number = read.body.number("number")
    if number is None:
        return Told(f"{read.who} logged evidence{read.from_message}", read.body.text("text"))
    if read.body.is_set("withdrawn"):
        return Told(
            f"{read.who} withdrew evidence {number} ({kinds.get(kind, kind)})", read.body.text("text")
        )
    files = len(read.body.texts("files"))
    given = f"({files} file{'s' if files > 1 else ''})" if files else ""
    parts = [part for part in (read.body.text("text"), read.body.text("link"), given) if part]
    headline = f"{read.who} added evidence {number}: {kinds.get(kind, kind)}{read.from_message}"
    return Told(headline, "\n".join(parts))


def _file(read: Reading) -> Told:
    number, name = read.body.number("evidence"), read.body.text("name") or "A file"
    lost, doubts = read.body.text("lost"), _categories(read, "doubts")
    if lost:
        return Told(f"{name} of evidence {number} could not be kept", lost)
    doubted = f"It may hold {called(doubts)}: the co-leads please look" if doubts else ""
    return Told(f"A copy of {name} of evidence {number} is kept", doubted or read.body.text("digest"))


def _correction(read: Reading) -> Told:
    number = read.body.number("entry")
    return (
        _other(read)
        if number is None
        else Told(f"{read.who} corrected entry {number}", read.body.text("text"))
    )


def _checklist(read: Reading) -> Told:
    number = read.body.number("item")
    item = next((item.text for item in read.burst.checklist if item.number == number), "")
    what = f"did item {number}" if read.body.is_set("done") else f"opened again item {number}"
    if read.body.details.get("applies") is False:
        what = f"says why this does not apply: item {number}"
    note = read.body.text("note")
    return Told(f"{read.who} {what} of the checklist", "\n".join(t for t in (item, note) if t))


def _severity(read: Reading) -> Told:
    inputs = f"impact {read.body.number('impact')}, urgency {read.body.number('urgency')}"
    moved = f"{read.body.text('from')} to {read.body.text('to')}"
    ended = [
        (ClockKind(kind), until)
        for one in map(Body, read.body.members("no_longer_extended"))
        if (kind := one.text("kind")) in set(ClockKind) and (until := one.moment("until")) is not None
    ]
    besides = f"; {ended_words(read.burst, ended)}" if ended else ""
    return Told(f"{read.who} changed the severity: {moved} ({inputs}){besides}", read.body.text("reason"))


def _rebased(read: Reading) -> Told:
    """Which clocks are due when now; the right under which it was done is part of what is told."""
    right = read.body.text("right")
    ends = [
        f"{CLOCK[ClockKind(kind)].lower()} due {local_time(at, site_zone(read.burst))}"
        for one in map(Body, read.body.members("moved"))
        if (kind := one.text("kind")) in set(ClockKind) and (at := one.moment("to")) is not None
    ]
    moved = "; ".join(ends) or "no clock moves"
    return Told(
        f"{read.who} gave it the programme's present policy ({right}): {moved}", read.body.text("reason")
    )


def _paused(read: Reading) -> Told:
    reason = read.body.text("reason")
    is_known = reason in set(PauseReason)
    why = f": {PAUSE[PauseReason(reason)].lower()}" if is_known else ""
    did = "extended the pause" if read.body.is_set("extended") else "paused the clock"
    headline = f"{read.who} {did} until {read.local('until')}{why}"
    return Told(headline, read.body.text("reference") if is_known else reason)


def _resumed(read: Reading) -> Told:
    if not read.by_system:
        return Told(f"{read.who} resumed the clock")
    why = "a sev1 never pauses" if read.body.text("why") else "the pause is over"
    return Told(f"The clock runs again: {why}{read.lateness}")


def _warned(read: Reading) -> Told:
    before = read.body.text("before")
    if before:
        return Told(f"{read.clock}: it is {Duration.parse(before).words} ahead{read.lateness}")
    return Told(f"{read.clock}: {read.body.number('percent')}% of the time is used{read.lateness}")


def _missed(read: Reading) -> Told:
    return Told(f"{read.clock}: the time was missed{read.lateness}")


def _escalated(read: Reading) -> Told:
    reached, brought = (
        ", ".join(read.labels.name(user) for user in read.body.texts(users))
        for users in ("reached", "brought")
    )
    start = "Escalated" if read.by_system else f"{read.who} escalated"
    again = ", said again" if read.body.number("repeat") else ""
    nobody = "" if brought else ", but nobody could be reached"
    to = f" to {reached}{again}" if reached else nobody
    bringing = f", bringing in {brought}" if brought else ""
    headline = f"{start}{to}{bringing} ({read.clock.lower()}){read.lateness}"
    return Told(headline, read.body.text("reason"))


def _taken_up(read: Reading) -> Told:
    return Told(f"{read.who} took the escalation up; its ladder is held")


def _resolved(read: Reading) -> Told:
    return Told(
        f"{read.who} says that it is fixed; the co-leads and the raiser are asked", read.body.text("fix")
    )


def _confirmed(read: Reading) -> Told:
    return Told(f"{read.who}: it {'works' if read.body.is_set('works') else 'does not work'} for me")


def _signed_off(read: Reading) -> Told:
    return Told(f"{read.who} signed off as {read.seat}")


def _voided(read: Reading) -> Told:
    return Told(f"The evidence changed: the sign-off of {read.name('user')} ({read.seat}) is void")


def _sent_back(read: Reading) -> Told:
    return Told(f"{read.who} sent it back to work", read.body.text("reason"))


def _cancelled(read: Reading) -> Told:
    other = read.body.number("duplicate_of")
    of = f" of BURST-{other}" if other is not None else ""
    return Told(f"{read.who} ended it. {_outcome(read)}{of}", read.body.text("reason"))


def _outcome(read: Reading) -> str:
    outcome = read.body.text("outcome")
    return OUTCOME[Outcome(outcome)] if outcome in set(Outcome) else outcome


def _closed(read: Reading) -> Told:
    if read.body.text("outcome") == Outcome.RESOLVED:
        return Told(f"Signed off and closed; the last to sign was {read.who}")
    return Told(f"Closed. {_outcome(read)}")


def _follow_up(read: Reading) -> Told:
    number = read.body.number("follow_up")
    if read.body.details.get("done"):
        return Told(f"{read.who} has done follow-up action {number}", read.body.text("text"))
    headline = f"Follow-up action {number} is {read.name('owner')}'s, by {read.local('until')}"
    return Told(headline, read.body.text("text"), (read.body.text("owner"),))


def _kept_open(read: Reading) -> Told:
    return Told(f"{read.who} keeps the channel open until {read.local('until')}")


def _archived(read: Reading) -> Told:
    return Told(
        "The channel was archived by hand" if read.body.is_set("by_hand") else "The channel is archived"
    )


def _reopened(read: Reading) -> Told:
    successor = read.body.number("successor")
    as_new = f" as BURST-{successor}" if successor is not None else ""
    return Told(f"{read.who} reopened it{as_new}", read.body.text("reason"))


def _linked(read: Reading) -> Told:
    same = read.body.number("same")
    if same is not None:
        return Told(f"{read.who} raised the same blocker at another site: BURST-{same}")
    held_up_by = read.body.number("held_up_by")
    if held_up_by is not None:
        return Told(f"{read.who} linked it: BURST-{held_up_by} holds it up")
    return Told(f"{read.who} linked it: it holds up BURST-{read.body.number('blocks')}")


def _channel(read: Reading) -> Told:
    where = "It has a channel" if read.body.is_set("ours") else "It lives in another channel"
    lost = read.body.details.get("channel") is None
    return Told("It has no channel any more" if lost else where, read.body.text("why"))


def _slack_refused(read: Reading) -> Told:
    return Told(f"Slack refused: {read.body.text('method')}, {read.body.text('code')}")


_WORDS: dict[EntryKind, Callable[[Reading], Told]] = {
    EntryKind.OPENED: _opened,
    EntryKind.ASSIGNED: _assigned,
    EntryKind.ACCEPTED: _accepted,
    EntryKind.DECLINED: _declined,
    EntryKind.HANDED_OVER: _handed_over,
    EntryKind.JOINED: _joined,
    EntryKind.ADDED: _added,
    EntryKind.LEFT: _left,
    EntryKind.SEATED: _seated,
    EntryKind.FACT: _noted,
    EntryKind.UPDATE: _update,
    **DECISIONS,
    EntryKind.EVIDENCE: _evidence,
    EntryKind.FILE: _file,
    EntryKind.ACTION: _action,
    EntryKind.CHECKLIST: _checklist,
    EntryKind.CORRECTION: _correction,
    EntryKind.SEVERITY: _severity,
    EntryKind.REBASED: _rebased,
    EntryKind.PAUSED: _paused,
    EntryKind.RESUMED: _resumed,
    EntryKind.WARNED: _warned,
    EntryKind.MISSED: _missed,
    EntryKind.ESCALATED: _escalated,
    EntryKind.TAKEN_UP: _taken_up,
    EntryKind.ASKED: _asked,
    EntryKind.RESOLVED: _resolved,
    EntryKind.CONFIRMED: _confirmed,
    EntryKind.SIGNED_OFF: _signed_off,
    EntryKind.SIGN_OFF_VOIDED: _voided,
    EntryKind.SENT_BACK: _sent_back,
    EntryKind.CANCELLED: _cancelled,
    EntryKind.CLOSED: _closed,
    EntryKind.FOLLOW_UP: _follow_up,
    EntryKind.KEPT_OPEN: _kept_open,
    EntryKind.ARCHIVED: _archived,
    EntryKind.REOPENED: _reopened,
    EntryKind.LINKED: _linked,
    EntryKind.PRIVACY: _privacy,
    EntryKind.CHANNEL: _channel,
    EntryKind.SLACK_REFUSED: _slack_refused,
}
