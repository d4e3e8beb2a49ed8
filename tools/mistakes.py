"""What a seeded mistake is, and the tests that notice one in the domain."""

from dataclasses import dataclass

FORCE = "bot/taskforce/"
LIFE = "bot/taskforce/lifecycle/"
# The long property tests are left out: a mistake must be noticed by a test that names it.
DOMAIN = ("tests/unit/taskforce", "--ignore-glob=*/test_machine.py", "--ignore-glob=*/test_calendar.py")


@dataclass(frozen=True)
class Mutation:
    """One mistake: ``old`` becomes ``new`` in ``file``, and ``tests`` must notice."""

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = DOMAIN
