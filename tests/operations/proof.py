"""What every story of an office must leave behind: rows that say what the log says."""

from bot.operations.office import Office
from bot.operations.told import accounts
from bot.taskforce.auditing.comparing import disagreements
from bot.taskforce.auditing.due_times import wrong_due_times
from bot.taskforce.lifecycle import facts_of


def proven(office: Office) -> None:
    """Every burst's state and clocks follow from its log, field by field."""
    with office.store.read() as unit:
        for account in accounts(unit, sorted(unit.log.tips())):
            now, facts = account.entries[-1].at, account.facts
            assert facts == facts_of(account.burst)
            assert facts is not None
            assert list(disagreements(account.burst, facts, now)) == []
            assert list(wrong_due_times(account.entries, account.policies)) == []
