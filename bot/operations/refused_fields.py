"""Refusals of a form with several fields."""

from collections.abc import Mapping

from bot.errors import Refused


class RefusedFields(Refused):
    """Several fields are wrong at once; ``problems`` says by field id what is wrong and what is allowed."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        first = next(iter(problems))
        words = " ".join(f"{name}: {words}" for name, words in problems.items())
        super().__init__("intake", words, field=first)
        self.problems = dict(problems)
