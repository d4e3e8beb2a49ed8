"""The watchdog's message to an administrator: promises that are missed in silence, or that it is over."""

from collections.abc import Mapping

from bot.slack.views.parts import Rendered, context, section
from bot.taskforce.auditing.watching import Alarm

_WORDS = {
    Alarm.NOT_FIRED: "should have been told and {} not",
    Alarm.NEVER_ARMED: "of which nobody would ever be reminded",
}


def alarm(subject: Mapping[str, str | int]) -> Rendered:
    """What was found, on which bursts; ``subject`` is the intent's: a count for each kind, and bursts by number."""
    counts = {kind: int(subject.get(kind.value, 0)) for kind in Alarm}
    if not any(counts.values()):
        words = "Watchdog: every promise is watched over again. Nothing is missed in silence any more."
        return Rendered(text=words, blocks=[section(f":white_check_mark: {words}")])
    found = [_found(kind, count) for kind, count in counts.items() if count]
    keys = ", ".join(f"BURST-{int(number)}" for number in str(subject.get("bursts", "")).split(",") if number)
    words = f"Watchdog: {' and '.join(found)}."
    blocks = [
        section(f":rotating_light: *{words}*"),
        section(
            f"First of them: {keys}.\nLook at `/healthz` and at the bot's log, and run `burst clocks verify`."
        ),
        context("The gauges `issue_burst_watchdog_findings` on `/metrics` say how it goes on."),
    ]
    return Rendered(text=words, blocks=blocks)


def _found(kind: Alarm, count: int) -> str:
    many = f"{count} promises" if count > 1 else "1 promise"
    return f"{many} {_WORDS[kind].format('were' if count > 1 else 'was')}"
