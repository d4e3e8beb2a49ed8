"""To whoever marked a message for the log: what became of it, or why nothing did."""

from bot.slack.views.parts import Rendered, section
from bot.taskforce.burst import Burst
from bot.taskforce.marks import Fate

_WORDS = {
    Fate.LOGGED: (
        "That message is in the log of {key} as a fact: entry {entry}. If it is a decision, evidence or an action,"
        " add it as that with *Add to resolution log*."
    ),
    Fate.ALREADY: "That message was in the log of {key} already: entry {entry}.",
    Fate.TAKEN_BACK: (
        "Taking the pushpin off takes nothing out of the log of {key}: the message stays as entry {entry}."
        " `/burst correct {key} {entry}` and the right words say what it should have said."
    ),
    Fate.NOT_YOURS: (
        "The pushpin did nothing: only the task force of {key} adds to its log. Join it with `/burst join {key}`, or"
        " let somebody in it add you, and mark the message again."
    ),
    Fate.ENDED: "The pushpin did nothing: {key} has ended, and its log takes no more messages.",
    Fate.OURS: "The pushpin did nothing: Issue Burst wrote that message, and what it tells of is in the log of {key}.",
    Fate.EMPTY: "The pushpin did nothing: that message has no words that the log of {key} could keep.",
    Fate.UNREADABLE: (
        "The pushpin did nothing: Slack does not let Issue Burst read that message. Tell an administrator, and say in"
        " `/burst log {key} fact` what matters."
    ),
    Fate.GONE: "The pushpin did nothing: that message is gone, and the log of {key} has nothing of it.",
}


def marked(burst: Burst, fate: Fate, entry: int) -> Rendered:
    """One sentence or two; ``entry`` is the one that has the message, where one does."""
    words = _WORDS[fate].format(key=burst.key, entry=entry)
    return Rendered(text=words, blocks=[section(f":pushpin: {words}")])
