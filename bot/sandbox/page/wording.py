"""What the client tells a person when the app does not answer, or not as Slack takes it."""

from collections.abc import Sequence

_WORDS = {
    "acknowledged": "",
    "incomplete": "",
    "refused": "",
    "operation_timeout": "The app did not answer in time. Please try again.",
    "dispatch_failed": "The app could not be reached.",
    "invalid_response": "The app answered in a way that Slack does not take.",
}


def outcome_words(outcome: str, problems: Sequence[str] | None = None) -> str:
    """Words for an outcome of an act, empty when all is well; with what was wrong, for whoever builds the app."""
    words = _WORDS.get(outcome, f"Slack did not take the app's answer: {outcome}.")
    return f"{words} ({'; '.join(problems)})" if problems else words
