"""A decision request in words: what is asked, what there is to choose from, and how it stands."""

from bot.reports.labels import Labels
from bot.reports.words import VERDICT
from bot.slack.views.parts import inline, person, quote
from bot.taskforce.burst import DecisionRequest

_IMPACT_SHOWN = 300


def question_words(request: DecisionRequest, labels: Labels, *, limit: int = 1200) -> str:
    """The whole question, safe for mrkdwn: options, recommendation, impacts, and who has answered."""
    lines = [quote(request.question, limit), *_options(request)]
    for side, impact in (("Clinical", request.clinical_impact), ("Technical", request.technical_impact)):
        if impact:
            lines.append(f"*{side} impact:* {inline(impact, _IMPACT_SHOWN)}")
    lines.append(f"*Right:* {inline(labels.right(request.right), 100)}")
    if request.quorum > 1:
        lines.append(f"{request.quorum} must agree{votes_words(request)}")
    return "\n".join(lines)


def votes_words(request: DecisionRequest) -> str:
    """Who has answered what, after a colon, safe for mrkdwn; that nobody has, after a comma."""
    if not request.votes:
        return ", nobody has answered yet"
    return ": " + ", ".join(
        f"{person(vote.by)} {VERDICT[vote.verdict]}{_chosen(vote.option)}" for vote in request.votes
    )


def _chosen(option: int | None) -> str:
    return f" option {option}" if option is not None else ""


def _options(request: DecisionRequest) -> list[str]:
    return [
        f"{number}. {inline(option, 160)}{' (recommended)' if number == request.recommended else ''}"
        for number, option in enumerate(request.options, start=1)
    ]
