"""What the programme would do with a blocker: the same rules that serve, asked ahead of time."""

from bot.programme.explaining.answer import explain
from bot.programme.explaining.explanation import Explanation
from bot.programme.explaining.question import Question

__all__ = ["Explanation", "Question", "explain"]
