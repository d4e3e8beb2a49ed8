"""A decision request in words: what is asked, what there is to choose from, and how it stands."""

from bot.reports.labels import Labels
from bot.reports.words import VERDICT
from bot.slack.views.parts import inline, person, quote
from bot.taskforce.burst import DecisionRequest, Vote

_IMPACT_SHOWN = 300


def question_words(request: DecisionRequest, labels: Labels, *, limit: int = 1200) -> str:
    """The whole question, safe for mrkdwn: options, recommendation, impacts, and who has answered."""
    lines = [quote(request.question, limit), *_options(request)]
    if request.clinical_impact:
        lines.append(f"*Clinical impact:* {inline(request.clinical_impact, _IMPACT_SHOWN)}")
    if request.technical_impact:
        lines.append(f"*Technical impact:* {inline(request.technical_impact, _IMPACT_SHOWN)}")
    lines.append(f"*Right:* {inline(labels.right(request.right), 100)}")
    if request.quorum > 1:
        lines.append(f"{request.quorum} must agree{votes_words(request)}")
    return "\n".join(lines)


def votes_words(request: DecisionRequest) -> str:
    """Who has answered what, after a colon, safe for mrkdwn; that nobody has, after a comma."""
    if not request.votes:
        return ", nobody has answered yet"
    return ": " + ", ".join(
        f"{person(vote.by)} {VERDICT[vote.verdict]}{_chosen(vote)}" for vote in request.votes
    )


def _chosen(vote: Vote) -> str:
    return f" option {int(vote.option)}" if vote.option is not None else ""


def _options(request: DecisionRequest) -> list[str]:
    return [_option(request, number) for number in range(1, len(request.options) + 1)]


def _option(request: DecisionRequest, number: int) -> str:
    recommended = " (recommended)" if number == request.recommended else ""
    return f"{number}. {inline(request.option(number), 160)}{recommended}"
